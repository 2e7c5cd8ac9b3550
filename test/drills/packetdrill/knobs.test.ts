// Settings by the names of real systems, each in its unit. Oracle: FreeBSD's tcp(4), syncache(4), tuning(7); Linux's
// Documentation/networking/ip-sysctl and tcp(7).

import {describe, expect, test} from 'vitest';
import {
  type KnobValues,
  knobValue,
  ownKnobs,
  settingsFrom,
  suiteDefaults,
  withKnob,
} from '../../../source/drills/packetdrill/knobs.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';

const {rfc} = profiles;

const from = (values: Readonly<Record<string, string>>, base: TcpSettings = rfc) => {
  const knobs: KnobValues = new Map(Object.entries(values));
  return settingsFrom(base, knobs);
};

/** What a setting changes, or the sentence that refuses it. */
const changed = (values: Readonly<Record<string, string>>, base: TcpSettings = rfc): unknown => {
  const result = from(values, base);
  if (!result.ok) return result.error.message.en;
  const standard = new Map<string, unknown>(Object.entries(base));
  return Object.fromEntries(
    Object.entries(result.value).filter(([key, value]) => standard.get(key) !== value),
  );
};

// Milliseconds of FreeBSD, seconds of Linux; microseconds here.
test.each<[string, string, keyof TcpSettings, unknown]>([
  ['kern.ipc.soacceptqueue', '7', 'acceptQueue', 7],
  ['net.inet.tcp.sack.enable', '0', 'sackPermitted', false],
  ['net.inet.tcp.sack.enable', '1', 'sackPermitted', true],
  ['net.inet.tcp.sack.enable', '2', 'sackPermitted', true],
  ['net.inet.tcp.ecn.enable', '0', 'ecn', 'off'],
  ['net.inet.tcp.ecn.enable', '1', 'ecn', 'request'],
  ['net.inet.tcp.ecn.enable', '2', 'ecn', 'accept'],
  ['net.inet.tcp.ecn.maxretries', '3', 'ecnSynRetries', 3],
  ['net.inet.tcp.rexmit_initial', '700', 'initialRtoUs', 700_000],
  ['net.inet.tcp.rexmit_slop', '150', 'rtoSlopUs', 150_000],
  ['net.inet.tcp.rexmit_drop_options', '1', 'dropSynOptions', true],
  ['net.inet.tcp.keepinit', '5000', 'connectTimeoutUs', 5_000_000],
  ['net.inet.tcp.keepcnt', '3', 'keepAliveProbes', 3],
  ['net.inet.tcp.keepidle', '15000', 'keepAliveIdleUs', 15_000_000],
  ['net.inet.tcp.keepintvl', '16000', 'keepAliveIntervalUs', 16_000_000],
  ['net.inet.tcp.recvspace', '70000', 'rcvBufferBytes', 70_000],
  ['net.inet.tcp.sendspace', '40000', 'sndBufferBytes', 40_000],
  ['net.inet.tcp.insecure_rst', '1', 'insecureRst', true],
  ['net.inet.tcp.insecure_syn', '1', 'insecureSyn', true],
  ['net.inet.tcp.drop_synfin', '1', 'dropSynFin', true],
  ['net.inet.tcp.delacktime', '75', 'delayedAckUs', 75_000],
  ['net.inet.tcp.icmp_may_rst', '0', 'icmpMayReset', false],
  ['net.inet.tcp.tolerate_missing_ts', '1', 'tolerateMissingTimestamps', true],
  ['net.core.somaxconn', '8', 'acceptQueue', 8],
  ['net.ipv4.tcp_abort_on_overflow', '0', 'acceptOverflow', 'ignore'],
  ['net.ipv4.tcp_abort_on_overflow', '1', 'acceptOverflow', 'reset'],
  ['net.ipv4.tcp_dsack', '1', 'dsack', true],
  ['net.ipv4.tcp_ecn', '0', 'ecn', 'off'],
  ['net.ipv4.tcp_ecn', '1', 'ecn', 'request'],
  ['net.ipv4.tcp_ecn', '2', 'ecn', 'accept'],
  ['net.ipv4.tcp_fastopen_blackhole_timeout_sec', '60', 'fastOpenPauseUs', 60_000_000],
  ['net.ipv4.tcp_fastopen_key', '1-2-3-4', 'fastOpenKeys', '1-2-3-4'],
  ['net.ipv4.tcp_congestion_control', 'reno', 'congestion', 'reno'],
  ['net.ipv4.tcp_congestion_control', 'cubic', 'congestion', 'cubic'],
  ['net.ipv4.tcp_fin_timeout', '59', 'finTimeoutUs', 59_000_000],
  ['net.ipv4.tcp_early_retrans', '0', 'tailLossProbe', false],
  ['net.ipv4.tcp_early_retrans', '3', 'tailLossProbe', true],
  ['net.ipv4.tcp_frto', '2', 'frto', true],
  ['net.ipv4.tcp_invalid_ratelimit', '499', 'challengeAckIntervalUs', 499_000],
  ['net.ipv4.tcp_keepalive_intvl', '74', 'keepAliveIntervalUs', 74_000_000],
  ['net.ipv4.tcp_keepalive_probes', '5', 'keepAliveProbes', 5],
  ['net.ipv4.tcp_keepalive_time', '7100', 'keepAliveIdleUs', 7_100_000_000],
  ['net.ipv4.tcp_max_syn_backlog', '9', 'synQueue', 9],
  ['net.ipv4.tcp_recovery', '3', 'rackAdapts', false],
  ['net.ipv4.tcp_recovery', '5', 'rackDuplicates', false],
  ['net.ipv4.tcp_reordering', '4', 'reordering', 4],
  ['net.ipv4.tcp_retries2', '13', 'dataRetries', 13],
  ['net.ipv4.tcp_rfc1337', '0', 'timeWaitReset', 'ends'],
  ['net.ipv4.tcp_rfc1337', '1', 'timeWaitReset', 'ignored'],
  ['net.ipv4.tcp_sack', '1', 'sackPermitted', true],
  ['net.ipv4.tcp_slow_start_after_idle', '0', 'idleRestart', 'off'],
  ['net.ipv4.tcp_slow_start_after_idle', '1', 'idleRestart', 'halves'],
  ['net.ipv4.tcp_syn_linear_timeouts', '4', 'synLinearTimeouts', 4],
  ['net.ipv4.tcp_syn_retries', '2', 'synRetries', 2],
  ['net.ipv4.tcp_synack_retries', '1', 'synAckRetries', 1],
  ['net.ipv4.tcp_syncookies', '0', 'synCookies', 'off'],
  ['net.ipv4.tcp_syncookies', '1', 'synCookies', 'onOverflow'],
  ['net.ipv4.tcp_syncookies', '2', 'synCookies', 'always'],
  ['net.ipv4.tcp_thin_linear_timeouts', '1', 'thinLinearTimeouts', true],
  ['net.ipv4.tcp_timestamps', '1', 'timestamps', true],
])('%s=%s is %s', (name, value, setting, expected) => {
  const result = from({[name]: value});
  expect(result).toEqual({ok: true, value: {...rfc, [setting]: expected}});
});

test.each([
  ['net.inet.tcp.keepidle', 'soon'],
  ['net.inet.tcp.keepidle', ''],
  ['net.ipv4.tcp_sack', ''],
  ['net.inet.tcp.ecn.enable', '3'],
  ['net.inet.tcp.ecn.enable', '-1'],
  ['net.ipv4.tcp_ecn', '0.5'],
  ['net.ipv4.tcp_rfc1337', '2'],
  ['net.ipv4.tcp_fastopen_key', '1-2-3'],
])('%s cannot be “%s”', (name, value) => {
  expect(from({[name]: value})).toEqual({
    ok: false,
    error: {
      message: everywhere({en: `${name} cannot be “${value}”`, zh: `${name} 不能是「${value}」`}),
      remedy: everywhere({en: 'write a value that this setting accepts', zh: '写一个这项设置接受的值'}),
    },
  });
});

test.each([['net.inet.tcp.blackhole', '0', '1']])('%s is %s and nothing else', (name, only, other) => {
  expect(changed({[name]: only})).toEqual({});
  const refused = from({[name]: other});
  expect(refused).toMatchObject({
    ok: false,
    error: {
      message: {en: `needs ${name}=${other}`},
      remedy: {en: `the stack only knows ${name}=${only}`},
      needs: `setting ${name}`,
    },
  });
});

test.each([
  'net.inet.tcp.hostcache.purgenow',
  'net.ipv4.tcp_autocorking',
  'net.ipv4.tcp_limit_output_bytes',
  'net.ipv4.tcp_no_metrics_save',
  'net.ipv4.tcp_pacing_ca_ratio',
  'net.ipv4.tcp_pacing_ss_ratio',
  'net.ipv4.tcp_tso_win_divisor',
  'packet_tutor.profile',
  'packet_tutor.read',
])('%s changes nothing about segments', (name) => {
  expect(changed({[name]: 'whatever'})).toEqual({});
});

test.each([
  ['net.inet.tcp.keepidel', 'net.inet.tcp.keepidle'],
  ['net.inet.tcp.blackhol', 'net.inet.tcp.blackhole'],
  ['net.inet.tcp.rfc1324', 'net.inet.tcp.rfc1323'],
  ['net.ipv4.tcp_autocorkin', 'net.ipv4.tcp_autocorking'],
  ['packet_tutor.tcp.nodelay', 'noDelay'],
])('%s: %s is what was meant', (name, near) => {
  const result = from({[name]: '0'});
  expect(result.ok ? '' : result.error.remedy.en).toContain(near);
});

describe('the stack’s own names', () => {
  test.each<[string, string, unknown]>([
    ['noDelay', 'true', {noDelay: true}],
    ['noDelay', 'false', {}],
    ['noDelay', '1', 'packet_tutor.tcp.noDelay cannot be “1”'],
    ['mss', '700', {mss: 700}],
    ['ecn', '7', 'packet_tutor.tcp.ecn cannot be “7”'],
    ['synCookies', '1', 'packet_tutor.tcp.synCookies cannot be “1”'],
    ['mss', 'off', 'packet_tutor.tcp.mss cannot be “off”'],
    ['mss', '-700', 'packet_tutor.tcp.mss cannot be “-700”'],
    ['mss', '7x', 'packet_tutor.tcp.mss cannot be “7x”'],
    ['mss', 'x7', 'packet_tutor.tcp.mss cannot be “x7”'],
    ['mss', 'large', 'packet_tutor.tcp.mss cannot be “large”'],
    ['ecn', 'accept', {ecn: 'accept'}],
    ['timeWaitReset', '1', 'packet_tutor.tcp.timeWaitReset cannot be “1”'],
    ['acknowledging', '1448:0,2896:40000', {acknowledging: [1448, 2896]}],
    ['acknowledging', '1448:0,2896', 'packet_tutor.tcp.acknowledging cannot be “1448:0,2896”'],
    ['acknowledging', 'x1448:0', 'packet_tutor.tcp.acknowledging cannot be “x1448:0”'],
    ['acknowledging', '1448:0x', 'packet_tutor.tcp.acknowledging cannot be “1448:0x”'],
  ])('%s=%s', (name, value, expected) => {
    const wanted =
      name === 'acknowledging' && typeof expected === 'object'
        ? {
            acknowledging: [
              {octets: 1448, waitUs: 0},
              {octets: 2896, waitUs: 40_000},
            ],
          }
        : expected;
    expect(changed({[`packet_tutor.tcp.${name}`]: value})).toEqual(wanted);
  });
  test('a number in place of “off”, and “off” again', () => {
    const off = {...rfc, windowScale: 'off'} as const;
    expect(changed({'packet_tutor.tcp.windowScale': '3'}, off)).toEqual({windowScale: 3});
    const on = {...rfc, windowScale: 3} as const;
    expect(changed({'packet_tutor.tcp.windowScale': 'off'}, on)).toEqual({windowScale: 'off'});
  });
});

describe('names that go together', () => {
  const scaled = {...rfc, windowScale: 6, timestamps: true, synCookies: 'onOverflow'} as const;
  // FreeBSD tcp_usrreq.c: the first shift, of 14 at most, with which 65535 reaches the buffer.
  test.each([
    [1, 0],
    [65_535, 0],
    [65_536, 1],
    [131_070, 1],
    [131_071, 2],
    [2_097_152, 6],
    [65_535 * 2 ** 13, 13],
    [65_535 * 2 ** 13 + 1, 14],
    [2 ** 32 - 1, 14],
  ])('a largest buffer of %i bytes: a shift of %i', (bytes, shift) => {
    const result = from({'kern.ipc.maxsockbuf': `${bytes}`}, scaled);
    expect(result.ok && result.value.windowScale).toBe(shift);
  });
  test.each<[Readonly<Record<string, string>>, Partial<TcpSettings>]>([
    [{'net.inet.tcp.rfc1323': '0'}, {windowScale: 'off', timestamps: false}],
    [{'net.inet.tcp.rfc1323': '1'}, {}],
    [
      {'net.inet.tcp.rfc1323': '0', 'kern.ipc.maxsockbuf': '65536'},
      {windowScale: 'off', timestamps: false},
    ],
    [{'net.ipv4.tcp_window_scaling': '0'}, {windowScale: 'off'}],
    [{'net.ipv4.tcp_window_scaling': '1'}, {}],
    [{'net.inet.tcp.syncookies': '0'}, {synCookies: 'off'}],
    [{'net.inet.tcp.syncookies': '1'}, {}],
    [{'net.inet.tcp.syncookies_only': '1'}, {synCookies: 'always'}],
    [{'net.inet.tcp.syncookies_only': '0'}, {}],
    // syncache(4): the second has no effect where the first is off.
    [{'net.inet.tcp.syncookies': '0', 'net.inet.tcp.syncookies_only': '1'}, {synCookies: 'off'}],
    [{'net.inet.tcp.syncookies': '1', 'net.inet.tcp.syncookies_only': '1'}, {synCookies: 'always'}],
  ])('%j', (values, change) => {
    expect(from(values, scaled)).toEqual({ok: true, value: {...scaled, ...change}});
  });
  test('what is off stays off, however large the buffer; what is on starts from off', () => {
    const off = {...rfc, windowScale: 'off', timestamps: false, synCookies: 'off'} as const;
    expect(changed({'kern.ipc.maxsockbuf': '65536'}, off)).toEqual({});
    expect(changed({'net.inet.tcp.rfc1323': '1'}, off)).toEqual({timestamps: true});
    expect(changed({'net.inet.tcp.syncookies': '1'}, off)).toEqual({synCookies: 'onOverflow'});
    expect(changed({'net.inet.tcp.syncookies_only': '1'}, off)).toEqual({});
  });
});

test.each([
  [{setting: 'keepAliveIdleUs', unit: 's'}, {keepAliveIdleUs: 90_000_000}, 90],
  [{setting: 'keepAliveIdleUs', unit: 'ms'}, {keepAliveIdleUs: 90_000_000}, 90_000],
  [{setting: 'mss', unit: 'number'}, {mss: 1000}, 1000],
  [{setting: 'noDelay', unit: 'switch'}, {noDelay: true}, 1],
  [{setting: 'noDelay', unit: 'switch'}, {noDelay: false}, 0],
  [{setting: 'ecn', unit: ['off', 'request', 'accept']}, {ecn: 'accept'}, 2],
] as const)('%j of %j is told as %i', (knob, settings, told) => {
  expect(knobValue(settings, knob)).toBe(told);
  const {[knob.setting]: before} = {...rfc, ...settings};
  expect(withKnob(rfc, knob, told)?.[knob.setting]).toBe(before);
  expect(withKnob(rfc, knob, Number.NaN)).toBeUndefined();
});

test('several settings in a row, the first that is refused ends it', () => {
  expect(changed({'net.ipv4.tcp_sack': '1', 'net.ipv4.tcp_fin_timeout': '5'})).toEqual({
    sackPermitted: true,
    finTimeoutUs: 5_000_000,
  });
  expect(changed({'net.ipv4.tcp_sack': '', 'net.ipv4.tcp_rfc1337': '2'})).toBe(
    'net.ipv4.tcp_sack cannot be “”',
  );
});

test('what differs from a profile is written so that it can be read', () => {
  expect(ownKnobs(rfc, rfc)).toEqual([]);
  const settings = {
    ...rfc,
    mss: 700,
    noDelay: true,
    acknowledging: [
      {octets: 10, waitUs: 0},
      {octets: 20, waitUs: 5},
    ],
  };
  const written = ownKnobs(rfc, settings);
  expect(written.toSorted()).toEqual([
    'packet_tutor.tcp.acknowledging=10:0,20:5',
    'packet_tutor.tcp.mss=700',
    'packet_tutor.tcp.noDelay=true',
  ]);
  const values = new Map(
    written.map((knob): [string, string] => [knob.split('=')[0] ?? '', knob.split('=')[1] ?? '']),
  );
  expect(settingsFrom(rfc, values)).toEqual({ok: true, value: settings});
});

test('Google’s suite has receive buffers that need a shift of 8', () => {
  expect(suiteDefaults({...rfc, windowScale: 7})).toEqual({
    ...rfc,
    windowScale: 8,
    rcvMemoryMaxBytes: 15_728_640,
    ...{idleRestart: 'off', synRetries: 5, synAckRetries: 5, ecn: 'off'},
  });
});
