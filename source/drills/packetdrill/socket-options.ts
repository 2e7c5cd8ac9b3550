// The socket options that change the stack's settings for one socket, by the names and in the units of setsockopt().
import type {SocketOptions} from '../../stack/tcp/effect.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {type Knob, knobValue, withKnob, withReceiveBuffer} from './knobs.ts';

const socketOptions: Readonly<Record<string, Knob>> = {
  SO_KEEPALIVE: {setting: 'keepAlive', unit: 'switch'},
  SO_RCVBUF: {setting: 'rcvBufferBytes', unit: 'number'},
  SO_SNDBUF: {setting: 'sndBufferBytes', unit: 'number'},
  TCP_CONGESTION: {setting: 'congestion', unit: ['reno', 'cubic']},
  TCP_CORK: {setting: 'cork', unit: 'switch'},
  TCP_FASTOPEN: {setting: 'fastOpenQueue', unit: 'number'},
  TCP_FASTOPEN_NO_COOKIE: {setting: 'fastOpenWithoutCookie', unit: 'switch'},
  TCP_KEEPCNT: {setting: 'keepAliveProbes', unit: 'number'},
  TCP_KEEPIDLE: {setting: 'keepAliveIdleUs', unit: 's'},
  TCP_KEEPINIT: {setting: 'connectTimeoutUs', unit: 's'},
  TCP_KEEPINTVL: {setting: 'keepAliveIntervalUs', unit: 's'},
  TCP_LINGER2: {setting: 'finTimeoutUs', unit: 's'},
  TCP_MAXSEG: {setting: 'mss', unit: 'number'},
  TCP_NODELAY: {setting: 'noDelay', unit: 'switch'},
  TCP_NOOPT: {setting: 'noOptions', unit: 'switch'},
  TCP_QUICKACK: {setting: 'quickAck', unit: 'switch'},
  TCP_SYNCNT: {setting: 'synRetries', unit: 'number'},
  TCP_USER_TIMEOUT: {setting: 'userTimeoutUs', unit: 'ms'},
};

/** Returns the stack's setting that a socket option sets, with the option's unit; undefined if the name is not that of an option. */
export const socketOption = (name: string): Knob | undefined =>
  Object.hasOwn(socketOptions, name) ? socketOptions[name] : undefined;

type OfSocket = {readonly options: ReadonlyMap<string, number>; readonly fastOpenKeys: string | undefined};

/** Returns the TCP settings of one socket: the host's, with the options that were set on the socket. */
export const withSocketOptions = (settings: TcpSettings, {options, fastOpenKeys}: OfSocket): TcpSettings => {
  let result = fastOpenKeys === undefined ? settings : {...settings, fastOpenKeys};
  for (const [name, value] of options) {
    const knob = socketOption(name);
    if (name === 'SO_RCVBUF') result = withReceiveBuffer(result, value);
    // On a system that counts memory, SO_SNDBUF does not change the stack's send buffer, because the program is stopped before the stack
    // would.
    else if (name === 'SO_SNDBUF' && result.rcvMemoryBytes !== 'off') continue;
    else result = (knob && withKnob(result, knob, value)) ?? result;
  }
  return result;
};

const open: readonly (keyof SocketOptions)[] = [
  'keepAlive',
  'keepAliveIdleUs',
  'keepAliveIntervalUs',
  'keepAliveProbes',
  'noDelay',
  'cork',
  'quickAck',
  'userTimeoutUs',
  'finTimeoutUs',
];

/** Returns what a socket option changes in a connection that is already open; empty if it affects only new connections. */
export const changesByOption = (name: string, value: number, settings: TcpSettings): SocketOptions => {
  const knob = socketOption(name);
  const key = open.find((each) => each === knob?.setting);
  const changed = knob && withKnob(settings, knob, value);
  return key === undefined || changed === undefined ? {} : {[key]: changed[key]};
};

/** Returns the script lines of the setsockopt() calls that set these options on a descriptor. */
export const setsockopts = (descriptor: number, options: SocketOptions): readonly string[] =>
  Object.entries(socketOptions)
    .filter(([, {setting}]) => setting in options)
    .map(([name, knob]) => {
      const level = name.startsWith('SO_') ? 'SOL_SOCKET' : 'IPPROTO_TCP';
      return `setsockopt(${descriptor}, ${level}, ${name}, [${knobValue(options, knob)}], 4) = 0`;
    });
