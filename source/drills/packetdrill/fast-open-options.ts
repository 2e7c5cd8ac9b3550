// The socket options of TCP Fast Open: when they are refused, and the key of a server's cookies (Linux, do_tcp_setsockopt).
import {isClient} from '../../stack/tcp/fast-open.ts';
import {keysText} from '../../stack/tcp/fast-open-cookie.ts';
import {type CallContext, failed, missing, type Outcome, returned} from './calls.ts';
import type {Expression} from './script.ts';
import type {SocketRecord} from './socket.ts';

type Setting = {readonly name: string; readonly value: number};

/** Returns the error of an option; undefined if it is valid. */
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

/** Sets the Fast Open keys of a socket, one of 16 octets or two, and returns the outcome of the call; anything else fails with EINVAL. */
export const setKeys = (socket: SocketRecord, argument: Expression | undefined): Outcome => {
  if (argument?.kind !== 'string') return missing('argument', 'setsockopt TCP_FASTOPEN_KEY');
  const keys = keysText(octetsOf(argument.value));
  if (keys === undefined) return failed('EINVAL');
  socket.fastOpenKeys = keys;
  return returned(0);
};

/** Returns the octets of a quoted text with C's escapes. */
const octetsOf = (text: string): Uint8Array =>
  Uint8Array.from(
    [...text.matchAll(/\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|([^\\])/g)].map(
      ([, hexadecimal, octal, plain = '']) => {
        if (hexadecimal !== undefined) return Number.parseInt(hexadecimal, 16);
        return octal === undefined ? plain.charCodeAt(0) : Number.parseInt(octal, 8);
      },
    ),
  );
