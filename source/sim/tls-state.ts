// Reads a host's TLS for layers that may not import the stack, such as the expressions of lessons: the keys of its newest TLS connection,
// and the host's numbers of tickets and of recorded connections decrypted with a leaked key.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import type {Host} from './world.ts';

export type TlsState = {
  /** The number of directions of the newest TLS connection that have keys, 0 to 2. */
  readonly directions: number;
  /** The number of TLS tickets that the host keeps for later connections. */
  readonly tickets: number;
  /** The number of recorded TLS connections that were decrypted with this server's leaked key. */
  readonly recovered: number;
  /** The number of octets that a leaked key has decrypted, from both programs of the recorded connections. */
  readonly recoveredBytes: number;
};

/** Returns the newest connection on which the host has used TLS; undefined if there is none. */
export const newestOn = ({tls}: Host): ConnectionId | undefined => [...tls.connections.keys()].at(-1);

/** Tells whether a TLS server that accepted early data has not yet received any (RFC 9846 §4.3.10). */
export const awaitsEarly = ({tls}: Host, connection: ConnectionId): boolean => {
  const read = tls.connections.get(connection)?.connection.channel.read;
  return read?.epoch === 'early' && read.protection.sequence === 0;
};

/** Returns the TLS state of the host's newest connection that used it; undefined if the host has never used TLS. */
export const tlsOn = ({tls}: Host): TlsState | undefined => {
  const newest = [...tls.connections.values()].at(-1);
  if (!newest) return undefined;
  const {read, write} = newest.connection.channel;
  return {
    directions: [read, write].filter((keys) => keys !== undefined).length,
    tickets: tls.sessions.size,
    recovered: tls.recovered,
    recoveredBytes: tls.recoveredBytes,
  };
};
