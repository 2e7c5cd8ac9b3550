// The sysctl names of Linux and FreeBSD that packetdrill scripts set, mapped to the stack's TCP settings.

import {type Problem, problemWith, unknownWord} from '../../lesson/problem.ts';
import {keysOf} from '../../stack/tcp/fast-open-cookie.ts';
import {LEAST_MEMORY} from '../../stack/tcp/receive-memory.ts';
import type {AckPoint, TcpSettings} from '../../stack/tcp/settings.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {mostShift} from '../../wire/tcp.ts';
import {packetdrillKnobsSentences} from '../../words/catalogue/drills-packetdrill.ts';

export type Unit = 'ms' | 's' | 'number' | 'switch' | readonly string[];

/** A setting of the stack to which a sysctl or socket option of a real system belongs, and the unit of the system's value. */
export type Knob = {readonly setting: keyof TcpSettings; readonly unit: Unit};

/** Sysctl names that scripts may set without effect, because they change nothing about the segments of this stack. */
const idle = [
  'net.inet.tcp.hostcache.purgenow',
  'net.ipv4.tcp_autocorking',
  'net.ipv4.tcp_limit_output_bytes',
  'net.ipv4.tcp_no_metrics_save',
  'net.ipv4.tcp_pacing_ca_ratio',
  'net.ipv4.tcp_pacing_ss_ratio',
  'net.ipv4.tcp_tso_win_divisor',
];

/** Sysctl names that limit how much a program may write; the runner applies them: see send-memory.ts. */
const writers = ['net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_wmem'];

/** Sysctl names for which the stack has only one behaviour, with the value that means it; any other value fails. */
const fixed: Readonly<Record<string, string>> = {
  'net.inet.tcp.blackhole': '0',
};

const knobs: Readonly<Record<string, Knob>> = {
  'kern.ipc.soacceptqueue': {setting: 'acceptQueue', unit: 'number'},
  'net.inet.tcp.sack.enable': {setting: 'sackPermitted', unit: 'switch'},
  'net.inet.tcp.ecn.enable': {setting: 'ecn', unit: ['off', 'request', 'accept']},
  'net.inet.tcp.ecn.maxretries': {setting: 'ecnSynRetries', unit: 'number'},
  'net.inet.tcp.rexmit_initial': {setting: 'initialRtoUs', unit: 'ms'},
  'net.inet.tcp.rexmit_slop': {setting: 'rtoSlopUs', unit: 'ms'},
  'net.inet.tcp.rexmit_drop_options': {setting: 'dropSynOptions', unit: 'switch'},
  'net.inet.tcp.keepinit': {setting: 'connectTimeoutUs', unit: 'ms'},
  'net.inet.tcp.keepcnt': {setting: 'keepAliveProbes', unit: 'number'},
  'net.inet.tcp.keepidle': {setting: 'keepAliveIdleUs', unit: 'ms'},
  'net.inet.tcp.keepintvl': {setting: 'keepAliveIntervalUs', unit: 'ms'},
  'net.inet.tcp.recvspace': {setting: 'rcvBufferBytes', unit: 'number'},
  'net.inet.tcp.sendspace': {setting: 'sndBufferBytes', unit: 'number'},
  'net.inet.tcp.insecure_rst': {setting: 'insecureRst', unit: 'switch'},
  'net.inet.tcp.insecure_syn': {setting: 'insecureSyn', unit: 'switch'},
  'net.inet.tcp.drop_synfin': {setting: 'dropSynFin', unit: 'switch'},
  'net.inet.tcp.delacktime': {setting: 'delayedAckUs', unit: 'ms'},
  'net.inet.tcp.icmp_may_rst': {setting: 'icmpMayReset', unit: 'switch'},
  'net.inet.tcp.tolerate_missing_ts': {setting: 'tolerateMissingTimestamps', unit: 'switch'},
  'net.core.somaxconn': {setting: 'acceptQueue', unit: 'number'},
  'net.ipv4.tcp_abort_on_overflow': {setting: 'acceptOverflow', unit: ['ignore', 'reset']},
  'net.ipv4.tcp_dsack': {setting: 'dsack', unit: 'switch'},
  'net.ipv4.tcp_ecn': {setting: 'ecn', unit: ['off', 'request', 'accept']},
  'net.ipv4.tcp_fastopen': {setting: 'fastOpen', unit: 'number'},
  'net.ipv4.tcp_fastopen_blackhole_timeout_sec': {setting: 'fastOpenPauseUs', unit: 's'},
  'net.ipv4.tcp_congestion_control': {setting: 'congestion', unit: ['reno', 'cubic']},
  'net.ipv4.tcp_fin_timeout': {setting: 'finTimeoutUs', unit: 's'},
  'net.ipv4.tcp_frto': {setting: 'frto', unit: 'switch'},
  'net.ipv4.tcp_invalid_ratelimit': {setting: 'challengeAckIntervalUs', unit: 'ms'},
  'net.ipv4.tcp_keepalive_intvl': {setting: 'keepAliveIntervalUs', unit: 's'},
  'net.ipv4.tcp_keepalive_probes': {setting: 'keepAliveProbes', unit: 'number'},
  'net.ipv4.tcp_keepalive_time': {setting: 'keepAliveIdleUs', unit: 's'},
  'net.ipv4.tcp_max_syn_backlog': {setting: 'synQueue', unit: 'number'},
  'net.ipv4.tcp_moderate_rcvbuf': {setting: 'rcvMemoryGrows', unit: 'switch'},
  'net.ipv4.tcp_reordering': {setting: 'reordering', unit: 'number'},
  'net.ipv4.tcp_retries2': {setting: 'dataRetries', unit: 'number'},
  'net.ipv4.tcp_rfc1337': {setting: 'timeWaitReset', unit: ['ends', 'ignored']},
  'net.ipv4.tcp_sack': {setting: 'sackPermitted', unit: 'switch'},
  'net.ipv4.tcp_slow_start_after_idle': {setting: 'idleRestart', unit: ['off', 'halves']},
  'net.ipv4.tcp_stdurg': {setting: 'urgentByte', unit: ['before-pointer', 'at-pointer']},
  'net.ipv4.tcp_syn_linear_timeouts': {setting: 'synLinearTimeouts', unit: 'number'},
  'net.ipv4.tcp_syn_retries': {setting: 'synRetries', unit: 'number'},
  'net.ipv4.tcp_synack_retries': {setting: 'synAckRetries', unit: 'number'},
  'net.ipv4.tcp_syncookies': {setting: 'synCookies', unit: ['off', 'onOverflow', 'always']},
  'net.ipv4.tcp_thin_linear_timeouts': {setting: 'thinLinearTimeouts', unit: 'switch'},
  'net.ipv4.tcp_timestamps': {setting: 'timestamps', unit: 'switch'},
};

/** Sysctl names that only have a meaning together, or that set several settings of the stack: see `derive`. */
const derived = [
  'net.inet.tcp.rfc1323',
  'net.inet.tcp.syncookies',
  'net.inet.tcp.syncookies_only',
  'kern.ipc.maxsockbuf',
  'net.ipv4.tcp_early_retrans',
  'net.ipv4.tcp_min_tso_segs',
  'net.ipv4.tcp_orphan_retries',
  'net.ipv4.tcp_recovery',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_window_scaling',
];

/** The prefix with which a script sets any setting of the stack by its own name, as exported scripts do. */
const ownPrefix = 'packet_tutor.tcp.';

export type KnobValues = ReadonlyMap<string, string>;

type Value = number | boolean | string | readonly AckPoint[];

/** The problem with a sysctl setting of a script: no such name, an invalid value, or a value that the stack does not support (`needs`). */
export type KnobProblem = Problem & {readonly needs?: string};

const knownNames = (): readonly string[] => [
  ...Object.keys(knobs),
  ...Object.keys(fixed),
  ...derived,
  ...idle,
  'net.ipv4.tcp_fastopen_key',
  ...writers,
];

const unitUs = {ms: 1000, s: 1_000_000} as const;

const inUnit = (unit: Unit, value: number): Value | undefined => {
  if (unit === 'ms' || unit === 's') return value * unitUs[unit];
  if (unit === 'switch') return value !== 0;
  return unit === 'number' ? value : unit[value];
};

/** Returns the value of a stack's setting in the unit in which the real system reports it. */
export const knobValue = (settings: Partial<TcpSettings>, {setting, unit}: Knob): number => {
  const value = settings[setting];
  if (unit === 'ms' || unit === 's') return Number(value) / unitUs[unit];
  return typeof unit === 'object' ? unit.indexOf(`${value}`) : Number(value);
};

/** Returns the stack's settings with one changed to a value in the real system's unit; undefined if the value is invalid. */
export const withKnob = (
  settings: TcpSettings,
  {setting, unit}: Knob,
  value: number,
): TcpSettings | undefined => {
  const converted = Number.isNaN(value) ? undefined : inUnit(unit, value);
  return converted === undefined ? undefined : {...settings, [setting]: converted};
};

const badValue = (name: string, value: string): KnobProblem =>
  problemWith(packetdrillKnobsSentences.badValue, {name, value});

const fixedValue = (name: string, value: string): KnobProblem => ({
  ...problemWith(packetdrillKnobsSentences.fixedValue, {name, value, fixed: fixed[name] ?? ''}),
  needs: `setting ${name}`,
});

/** Parses the times at which a receiver acknowledges, such as `1448:0,2896:40000`: up to which octet, and how many µs after its arrival. */
const ackPoints = (value: string): readonly AckPoint[] | undefined => {
  const points = value.split(',').map((point) => /^(\d+):(\d+)$/.exec(point));
  if (points.includes(null)) return undefined;
  return points.map((point) => ({octets: Number(point?.[1]), waitUs: Number(point?.[2])}));
};

const ownText = (value: Value): string =>
  typeof value === 'object' ? value.map(({octets, waitUs}) => `${octets}:${waitUs}`).join(',') : `${value}`;

/** Settings of the stack whose value is a number or `off`; in other settings `off` is one of several words. */
const numberOrOff: readonly string[] = [
  'windowScale',
  'synCache',
  'rcvMemoryBytes',
  'fastOpen',
  'fastOpenQueue',
] satisfies (keyof TcpSettings)[];

const valueLike = (key: string, before: Value, value: string): Value | undefined => {
  if (typeof before === 'object') return ackPoints(value);
  if (typeof before === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined;
  const maybeOff = numberOrOff.includes(key);
  if (/^\d+$/.test(value)) return typeof before === 'number' || maybeOff ? Number(value) : undefined;
  if (key === 'fastOpenKeys') return value === '' || keysOf(value) !== undefined ? value : undefined;
  return maybeOff ? (value === 'off' ? value : undefined) : typeof before === 'string' ? value : undefined;
};

const setOwn = (settings: TcpSettings, name: string, value: string): Result<TcpSettings, KnobProblem> => {
  const key = name.slice(ownPrefix.length);
  const before = new Map<string, Value>(Object.entries(settings)).get(key);
  if (before === undefined)
    return err(unknownWord(packetdrillKnobsSentences.setOwn, key, Object.keys(settings)));
  const converted = valueLike(key, before, value);
  return converted === undefined ? err(badValue(name, value)) : ok({...settings, [key]: converted});
};

const setKnob = (settings: TcpSettings, name: string, value: string): Result<TcpSettings, KnobProblem> => {
  if (name.startsWith(ownPrefix)) return setOwn(settings, name, value);
  if (name === 'net.ipv4.tcp_fastopen_key')
    return keysOf(value) === undefined ? err(badValue(name, value)) : ok({...settings, fastOpenKeys: value});
  if (Object.hasOwn(fixed, name)) return fixed[name] === value ? ok(settings) : err(fixedValue(name, value));
  const knob = Object.hasOwn(knobs, name) ? knobs[name] : undefined;
  if (knob === undefined) return err(unknownWord(packetdrillKnobsSentences.setKnob, name, knownNames()));
  const {unit} = knob;
  const place = typeof unit === 'object' ? unit.indexOf(value) : -1;
  const changed = value === '' ? undefined : withKnob(settings, knob, place < 0 ? Number(value) : place);
  return changed === undefined ? err(badValue(name, value)) : ok(changed);
};

/** Returns the smallest window shift with which a window of 65535 covers a receive buffer (FreeBSD tcp_input.c, tcp_usrreq.c). */
const shiftFor = (bufferBytes: number): number => {
  let shift = 0;
  while (shift < mostShift && 65_535 << shift < bufferBytes) shift++;
  return shift;
};

/** The bits of net.ipv4.tcp_recovery that switch parts of RACK off: the adaptive reordering window, and the use of duplicate ACKs. */
const staticWindow = 2;
const noDuplicates = 4;

const repairs = (
  {tailLossProbe, rackAdapts, rackDuplicates, orphanRetries}: TcpSettings,
  number: (name: string) => number | undefined,
): Partial<TcpSettings> => {
  const early = number('net.ipv4.tcp_early_retrans');
  const recovery = number('net.ipv4.tcp_recovery');
  return {
    // A net.ipv4.tcp_orphan_retries of 0 keeps the profile's value, because in Linux it means the default of eight.
    orphanRetries: number('net.ipv4.tcp_orphan_retries') || orphanRetries,
    tailLossProbe: early === undefined ? tailLossProbe : early === 3 || early === 4,
    rackAdapts: recovery === undefined ? rackAdapts : (recovery & staticWindow) === 0,
    rackDuplicates: recovery === undefined ? rackDuplicates : (recovery & noDuplicates) === 0,
  };
};

const derive = (settings: TcpSettings, values: KnobValues): TcpSettings => {
  const number = (name: string): number | undefined => {
    const value = values.get(name);
    return value === undefined ? undefined : Number(value);
  };
  let {windowScale, timestamps, synCookies, push} = settings;
  const buffer = number('kern.ipc.maxsockbuf');
  if (buffer !== undefined && windowScale !== 'off') windowScale = shiftFor(buffer);
  const rfc1323 = number('net.inet.tcp.rfc1323');
  if (rfc1323 === 0 || number('net.ipv4.tcp_window_scaling') === 0) windowScale = 'off';
  if (rfc1323 !== undefined) timestamps = rfc1323 !== 0;
  const cookies = number('net.inet.tcp.syncookies');
  if (cookies !== undefined) synCookies = cookies === 0 ? 'off' : 'onOverflow';
  if (number('net.inet.tcp.syncookies_only') === 1 && synCookies !== 'off') synCookies = 'always';
  // The sysctl net.ipv4.tcp_min_tso_segs=1 gives each packet one segment, which the network card does not cut, so every send sets PSH.
  const packetSegments = number('net.ipv4.tcp_min_tso_segs') ?? settings.packetSegments;
  if (packetSegments === 1) push = 'send';
  return withMemory(
    {...settings, windowScale, timestamps, synCookies, push, packetSegments, ...repairs(settings, number)},
    values.get('net.ipv4.tcp_rmem'),
  );
};

/**
 * Returns the window scale that Linux announces for the largest window that it can offer (Linux tcp_output.c, tcp_select_initial_window).
 */
const linuxShift = (windowBytes: number): number =>
  Math.min(mostShift, Math.max(0, 16 - Math.clz32(windowBytes)));

/** Returns the settings with net.ipv4.tcp_rmem applied: the initial and the largest receive buffer, and the window scale for it. */
const withMemory = (settings: TcpSettings, rmem: string | undefined): TcpSettings => {
  const [, usual, most] = rmem?.trim().split(/\s+/).map(Number) ?? [];
  if (settings.rcvMemoryBytes === 'off' || usual === undefined || most === undefined) return settings;
  const windowScale = settings.windowScale === 'off' ? 'off' : linuxShift(Math.max(most, rmemMaxBytes));
  return {...settings, rcvMemoryBytes: usual, rcvMemoryMaxBytes: most, windowScale};
};

/** The value of net.core.rmem_max in Linux 6.18, in bytes. */
const rmemMaxBytes = 4_194_304;

/**
 * Returns the settings with SO_RCVBUF of that many octets. Linux doubles it for the overhead of packets, and the buffer then no longer
 * grows (socket(7)).
 */
export const withReceiveBuffer = (settings: TcpSettings, bytes: number): TcpSettings => {
  if (settings.rcvMemoryBytes === 'off') return {...settings, rcvBufferBytes: bytes};
  const rcvMemoryBytes = Math.max(2 * Math.min(bytes, rmemMaxBytes), LEAST_MEMORY);
  const windowScale = settings.windowScale === 'off' ? 'off' : linuxShift(rcvMemoryBytes / 2);
  return {...settings, rcvMemoryBytes, rcvMemoryLocked: true, windowScale};
};

/** Returns the TCP settings of the profile with all sysctl settings that the script has made so far, or the problem with one of them. */
export const settingsFrom = (base: TcpSettings, values: KnobValues): Result<TcpSettings, KnobProblem> => {
  let settings = base;
  for (const [name, value] of values) {
    if ([...derived, ...idle, ...writers, ...runnerKnobs].includes(name)) continue;
    const next = setKnob(settings, name, value);
    if (!next.ok) return next;
    settings = next.value;
  }
  return ok(derive(settings, values));
};

/** Sysctl names for the runner of scripts itself: the profile, and whether programs read at once. */
const runnerKnobs = ['packet_tutor.profile', 'packet_tutor.read'];

/** Returns the settings that differ from the profile, as `packet_tutor.tcp.NAME=VALUE`, which any script may set. */
export const ownKnobs = (base: TcpSettings, settings: TcpSettings): readonly string[] => {
  const standard = new Map<string, Value>(Object.entries(base));
  return Object.entries(settings)
    .filter(([key, value]) => standard.get(key) !== value)
    .map(([key, value]) => `${ownPrefix}${key}=${ownText(value)}`);
};

/** The initial send buffer (tcp_wmem) with which the scripts of Google's packetdrill suite begin, in bytes. */
export const suiteSendBytes = 262_144;

/**
 * Returns the settings with which all scripts of Google's packetdrill suite begin: receive buffers up to 15 MiB, no restart after idle
 * time, five retransmissions of SYN and SYN,ACK, Fast Open with a fixed key, no ECN.
 */
export const suiteDefaults = (settings: TcpSettings): TcpSettings => ({
  ...settings,
  windowScale: 8,
  ...(settings.rcvMemoryBytes === 'off' ? {} : {rcvMemoryBytes: 540_000}),
  rcvMemoryMaxBytes: 15_728_640,
  ...(settings.fastOpen === 'off'
    ? {}
    : {fastOpen: 0x7_0403, fastOpenKeys: 'a1a1a1a1-b2b2b2b2-c3c3c3c3-d4d4d4d4'}),
  idleRestart: 'off',
  synRetries: 5,
  synAckRetries: 5,
  ecn: 'off',
});
