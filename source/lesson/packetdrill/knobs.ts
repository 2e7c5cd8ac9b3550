// Settings of real systems by the names that scripts use, and what they are called in the stack's settings.
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import type {Text} from '../lesson.ts';
import type {Problem} from '../problem.ts';
import {text, unknownWord} from '../problem.ts';

type Unit = 'ms' | 's' | 'number' | 'switch' | readonly string[];

/** `standard`: the value at which a stack that has no such setting behaves as it always does. */
export type Knob = {readonly setting: string; readonly unit: Unit; readonly standard?: number};

/** What a script may set that changes nothing about segments. */
const idle = [
  'net.inet.tcp.hostcache.purgenow',
  'net.ipv4.tcp_tso_win_divisor',
  'net.ipv4.tcp_min_tso_segs',
  'net.ipv4.tcp_limit_output_bytes',
  'net.ipv4.tcp_no_metrics_save',
  'net.ipv4.tcp_fastopen',
  'net.ipv4.tcp_pacing_ss_ratio',
  'net.ipv4.tcp_pacing_ca_ratio',
] as const;

const knobs: Readonly<Record<string, Knob>> = {
  'net.inet.tcp.blackhole': {setting: 'blackhole', unit: 'number', standard: 0},
  'net.inet.tcp.sack.enable': {setting: 'sackPermitted', unit: 'switch'},
  'net.inet.tcp.ecn.enable': {setting: 'ecn', unit: ['off', 'request', 'accept'], standard: 2},
  'net.inet.tcp.ecn.maxretries': {setting: 'ecnSynRetries', unit: 'number', standard: 1},
  'net.inet.tcp.rexmit_initial': {setting: 'initialRtoUs', unit: 'ms'},
  'net.inet.tcp.rexmit_slop': {setting: 'rtoSlopUs', unit: 'ms', standard: 200},
  'net.inet.tcp.rexmit_drop_options': {setting: 'dropSynOptions', unit: 'switch', standard: 0},
  'net.inet.tcp.keepinit': {setting: 'connectTimeoutUs', unit: 'ms', standard: 75_000},
  'net.inet.tcp.keepcnt': {setting: 'keepAliveProbes', unit: 'number', standard: 8},
  'net.inet.tcp.keepidle': {setting: 'keepAliveIdleUs', unit: 'ms', standard: 7_200_000},
  'net.inet.tcp.keepintvl': {setting: 'keepAliveIntervalUs', unit: 'ms', standard: 75_000},
  'net.inet.tcp.recvspace': {setting: 'rcvBufferBytes', unit: 'number'},
  'net.inet.tcp.sendspace': {setting: 'sndBufferBytes', unit: 'number', standard: 32_768},
  'net.inet.tcp.insecure_rst': {setting: 'insecureRst', unit: 'switch', standard: 0},
  'net.inet.tcp.insecure_syn': {setting: 'insecureSyn', unit: 'switch', standard: 0},
  'net.inet.tcp.drop_synfin': {setting: 'dropSynFin', unit: 'switch', standard: 0},
  'net.inet.tcp.delacktime': {setting: 'delayedAckUs', unit: 'ms'},
  'net.inet.tcp.icmp_may_rst': {setting: 'icmpMayReset', unit: 'switch', standard: 1},
  'net.inet.tcp.syncookies': {setting: 'synCookies', unit: 'switch', standard: 1},
  'net.inet.tcp.syncookies_only': {setting: 'synCookiesOnly', unit: 'switch', standard: 0},
  'net.inet.tcp.tolerate_missing_ts': {setting: 'tolerateMissingTimestamps', unit: 'switch', standard: 1},
  'net.ipv4.tcp_sack': {setting: 'sackPermitted', unit: 'switch'},
  'net.ipv4.tcp_ecn': {setting: 'ecn', unit: ['off', 'request', 'accept'], standard: 2},
  'net.ipv4.tcp_syn_retries': {setting: 'synRetries', unit: 'number'},
  'net.ipv4.tcp_synack_retries': {setting: 'synAckRetries', unit: 'number'},
  'net.ipv4.tcp_retries2': {setting: 'dataRetries', unit: 'number'},
  'net.ipv4.tcp_fin_timeout': {setting: 'finTimeoutUs', unit: 's'},
  'net.ipv4.tcp_syn_linear_timeouts': {setting: 'synLinearTimeouts', unit: 'number'},
};

/** Settings that several others are worked out from: see `settingsFrom`. */
const derived = [
  'net.inet.tcp.rfc1323',
  'kern.ipc.maxsockbuf',
  'net.ipv4.tcp_window_scaling',
  'net.ipv4.tcp_timestamps',
] as const;

/** Any setting of the stack by its own name; what `export` writes. */
const ownPrefix = 'packet_tutor.tcp.';

export type KnobValues = ReadonlyMap<string, string>;

type Value = number | boolean | string;

/** What went wrong with a setting: no such name, no such value, or the stack does not have it. */
export type KnobProblem = Problem & {readonly needs?: string};

const knownNames = (): readonly string[] => [...Object.keys(knobs), ...derived, ...idle];

const inUnit = (unit: Unit, value: number): Value | undefined => {
  if (unit === 'ms') return value * 1000;
  if (unit === 's') return value * 1_000_000;
  if (unit === 'switch') return value !== 0;
  return unit === 'number' ? value : unit[value];
};

const badValue = (name: string, value: string): KnobProblem => ({
  message: text(`${name} cannot be “${value}”`, `${name} 不能是「${value}」`),
  remedy: text('write a number that this setting knows', '写一个它认识的数'),
});

const missingSetting = (name: string, setting: string, value: string): KnobProblem => ({
  message: text(
    `needs the setting ${setting} (${name}=${value})`,
    `需要设置项 ${setting}（${name}=${value}）`,
  ),
  remedy: text('the stack has no such setting', '协议栈还没有这个设置项'),
  needs: `setting ${setting}`,
});

const set = (settings: TcpSettings, key: string, value: Value): TcpSettings => ({...settings, [key]: value});

const ownValue = (settings: TcpSettings, key: string, value: string): Value => {
  const before: unknown = Object.entries(settings).find(([name]) => name === key)?.[1];
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof before === 'string' && !/^\d+$/.test(value)
    ? value
    : Number.isNaN(Number(value))
      ? value
      : Number(value);
};

const setOwn = (settings: TcpSettings, name: string, value: string): Result<TcpSettings, KnobProblem> => {
  const key = name.slice(ownPrefix.length);
  if (!(key in settings)) return err(unknownWord(text('setting', '设置项'), key, Object.keys(settings)));
  return ok(set(settings, key, ownValue(settings, key, value)));
};

const setKnob = (settings: TcpSettings, name: string, value: string): Result<TcpSettings, KnobProblem> => {
  const knob = knobs[name];
  if (knob === undefined) return err(unknownWord(text('setting', '设置项'), name, knownNames()));
  const number = Number(value);
  const converted = inUnit(knob.unit, number);
  if (value === '' || Number.isNaN(number) || converted === undefined) return err(badValue(name, value));
  if (knob.setting in settings) return ok(set(settings, knob.setting, converted));
  return number === knob.standard ? ok(settings) : err(missingSetting(name, knob.setting, value));
};

const largestShift = 14;

/** The least shift with which 65535 covers the largest buffer (FreeBSD tcp_input.c, tcp_usrreq.c). */
const shiftFor = (bufferBytes: number): number => {
  let shift = 0;
  while (shift < largestShift && 65_535 << shift < bufferBytes) shift++;
  return shift;
};

const derive = (settings: TcpSettings, values: KnobValues): TcpSettings => {
  const number = (name: string): number | undefined => {
    const value = values.get(name);
    return value === undefined ? undefined : Number(value);
  };
  let result = settings;
  const buffer = number('kern.ipc.maxsockbuf');
  if (buffer !== undefined && settings.windowScale !== 'off')
    result = set(result, 'windowScale', shiftFor(buffer));
  if (number('net.inet.tcp.rfc1323') === 0 || number('net.ipv4.tcp_window_scaling') === 0)
    result = set(result, 'windowScale', 'off');
  const stamps = number('net.inet.tcp.rfc1323') ?? number('net.ipv4.tcp_timestamps');
  return stamps !== undefined && 'timestamps' in result ? set(result, 'timestamps', stamps !== 0) : result;
};

const isOneOf = (names: readonly string[], name: string): boolean => names.includes(name);

/** The profile's settings with everything that the script has set so far. */
export const settingsFrom = (base: TcpSettings, values: KnobValues): Result<TcpSettings, KnobProblem> => {
  let settings = base;
  for (const [name, value] of values) {
    if (isOneOf(derived, name) || isOneOf(idle, name) || isRunnerKnob(name)) continue;
    const next = name.startsWith(ownPrefix) ? setOwn(settings, name, value) : setKnob(settings, name, value);
    if (!next.ok) return next;
    settings = next.value;
  }
  return ok(derive(settings, values));
};

/** Settings of the runner itself: which profile, and whether programs read at once. */
const runnerKnobs = ['packet_tutor.profile', 'packet_tutor.read'];
const isRunnerKnob = (name: string): boolean => runnerKnobs.includes(name);

/** A script setting that differs from the profile, in the notation that any script may use. */
export const ownKnobs = (base: TcpSettings, settings: TcpSettings): readonly string[] => {
  const standard = new Map<string, Value>(Object.entries(base));
  return Object.entries(settings)
    .filter(([key, value]) => standard.get(key) !== value)
    .map(([key, value]) => `${ownPrefix}${key}=${value}`);
};

/** Options of a single socket that change the stack's settings for it. `knob`: where its standard value stands. */
export type SocketOption = Knob & {readonly knob?: string; readonly knobUnitPerUnit?: number};

export const socketOptions: Readonly<Record<string, SocketOption>> = {
  TCP_MAXSEG: {setting: 'mss', unit: 'number'},
  TCP_NOOPT: {setting: 'noOptions', unit: 'switch', standard: 0},
  TCP_NODELAY: {setting: 'noDelay', unit: 'switch', standard: 0},
  TCP_KEEPINIT: {
    setting: 'connectTimeoutUs',
    unit: 's',
    standard: 75,
    knob: 'net.inet.tcp.keepinit',
    knobUnitPerUnit: 1000,
  },
  TCP_KEEPIDLE: {
    setting: 'keepAliveIdleUs',
    unit: 's',
    standard: 7200,
    knob: 'net.inet.tcp.keepidle',
    knobUnitPerUnit: 1000,
  },
  TCP_KEEPINTVL: {
    setting: 'keepAliveIntervalUs',
    unit: 's',
    standard: 75,
    knob: 'net.inet.tcp.keepintvl',
    knobUnitPerUnit: 1000,
  },
  TCP_KEEPCNT: {setting: 'keepAliveProbes', unit: 'number', standard: 8, knob: 'net.inet.tcp.keepcnt'},
  SO_KEEPALIVE: {setting: 'keepAlive', unit: 'switch', standard: 0},
  SO_RCVBUF: {setting: 'rcvBufferBytes', unit: 'number'},
  SO_SNDBUF: {setting: 'sndBufferBytes', unit: 'number'},
};

/** The settings of one socket: the host's, and what was set on the socket. */
export const withSocketOptions = (
  settings: TcpSettings,
  options: ReadonlyMap<string, number>,
): TcpSettings => {
  let result = settings;
  for (const [name, value] of options) {
    const option = socketOptions[name];
    const converted = option && inUnit(option.unit, value);
    if (option !== undefined && converted !== undefined && option.setting in settings)
      result = set(result, option.setting, converted);
  }
  return result;
};

/** What a socket option changes that the stack cannot do; undefined where all is well. */
export const lackingOption = (settings: TcpSettings, name: string, value: number): Text | undefined => {
  const option = socketOptions[name];
  if (option === undefined || option.setting in settings || option.standard === value) return undefined;
  return missingSetting(name, option.setting, `${value}`).message;
};

/** What the common settings of Google's suite change: receive buffers of 15 MiB at most. */
export const suiteDefaults = (settings: TcpSettings): TcpSettings => ({...settings, windowScale: 8});
