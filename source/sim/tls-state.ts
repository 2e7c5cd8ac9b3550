// TLS of a host for those who may not reach into the stack: what its newest connection has come to.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import type {Host} from './world.ts';

export type TlsState = {
  /** Directions that have keys, 0 to 2. */
  readonly directions: number;
  /** Tickets that are kept for later connections. */
  readonly tickets: number;
  /** Of a server: recorded connections that its leaked key has opened. */
  readonly recovered: number;
  /** Octets of both programs that it has opened. */
  readonly recoveredBytes: number;
};

/** The newest connection on which the host has spoken TLS. */
export const newestOn = ({tls}: Host): ConnectionId | undefined => [...tls.connections.keys()].at(-1);

/** Of a server that has agreed to take early data: nothing of them has come so far (RFC 9846 §4.3.10). */
export const awaitsEarly = ({tls}: Host, connection: ConnectionId): boolean => {
  const read = tls.connections.get(connection)?.connection.channel.read;
  return read?.epoch === 'early' && read.protection.sequence === 0;
};

/** undefined: the host has never spoken TLS. */
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
