// The socket options of TCP Fast Open in packetdrill scripts: when setsockopt() refuses them, and the keys of a server's cookies (Linux,
// do_tcp_setsockopt).
import {isClient} from '../../stack/tcp/fast-open.ts';
import {keysText} from '../../stack/tcp/fast-open-cookie.ts';
import {type CallContext, failed, missing, type Outcome, returned} from './calls.ts';
import type {Expression} from './script.ts';
import type {SocketRecord} from './socket.ts';

type Setting = {readonly name: string; readonly value: number};

/** Returns the error with which setsockopt() refuses a TCP Fast Open option on a socket; undefined if the option may be set. */
export const fastOpenErrno = (
  {settings}: CallContext,
  {role}: SocketRecord,
  {name, value}: Setting,
): string | undefined => {
  const isSwitch = value === 0 || value === 1;
  switch (name) {
    case 'TCP_FASTOPEN':
      return value >= 0 && role !== 'connection' ? undefined : 'EINVAL';
    case 'TCP_FASTOPEN_NO_COOKIE':
      return isSwitch && role !== 'connection' ? undefined : 'EINVAL';
    case 'TCP_FASTOPEN_CONNECT':
      if (!isSwitch) return 'EINVAL';
      if (!isClient(settings())) return 'EOPNOTSUPP';
      return role === 'idle' ? undefined : 'EINVAL';
    default:
      return undefined;
  }
};

/** Returns how many Fast Open connections may wait at a listener for the end of their handshakes. */
export const mostEarly = ({host, settings}: CallContext, {id, options}: SocketRecord): number => {
  const asked = options.get('TCP_FASTOPEN');
  if (asked !== undefined) return Math.min(asked, settings().acceptQueue);
  return (id === undefined ? undefined : host.tcp.listeners.get(id)?.fastOpen.most) ?? 0;
};

/**
 * Sets TCP_FASTOPEN_KEY of a socket to one key of 16 octets or two, and returns the outcome of setsockopt(); another length fails with
 * EINVAL.
 */
export const setKeys = (socket: SocketRecord, argument: Expression | undefined): Outcome => {
  if (argument?.kind !== 'string') return missing('argument', 'setsockopt TCP_FASTOPEN_KEY');
  const keys = keysText(octetsOf(argument.value));
  if (keys === undefined) return failed('EINVAL');
  socket.fastOpenKeys = keys;
  return returned(0);
};

/** Returns the octets of a string in a script, in which C's escapes such as `\x1f` and `\037` stand for one octet each. */
const octetsOf = (text: string): Uint8Array =>
  Uint8Array.from(
    [...text.matchAll(/\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|([^\\])/g)].map(
      ([, hexadecimal, octal, plain = '']) => {
        if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
        return octal === undefined ? plain.charCodeAt(0) : Number.parseInt(octal, 8);
      },
    ),
  );
