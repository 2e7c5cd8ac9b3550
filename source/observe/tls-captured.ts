// The TLS sessions of a capture that was read in one pass: from the bytes that were kept of each connection, with the secrets
// that are there at its end.
import type {TlsKeys} from '../stack/tls/recorded/lock.ts';
import type {Connection, Side, Told} from './connections.ts';
import {HttpTransactions} from './http-transactions.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {programBytesOf} from './tls-plaintext.ts';
import {type TlsSession, tlsSessionOn} from './tls-sessions.ts';

/** `session` undefined: on TLS's port, and not TLS from its beginning. `http`: what was inside. */
export type CapturedTls = {
  readonly observed: ObservedConnection;
  readonly session: TlsSession | undefined;
  readonly http: HttpTransactions;
};

/** With the client as side 0, whoever was seen first. */
const asConnection = (observed: ObservedConnection): Connection => {
  const {client, ends, id, streams} = observed;
  const turned = (side: Side): Side => (client === 0 ? side : side === 0 ? 1 : 0);
  const [near, far] = client === 0 ? ends : [ends[1], ends[0]];
  const told: readonly Told[] = (streams?.told ?? []).map((each) => ({...each, side: turned(each.side)}));
  const host = ({address, port}: (typeof ends)[number]) => ({host: address, port});
  return {id, ends: [host(near), host(far)], sent: told, arrived: told};
};

const httpInside = (session: TlsSession | undefined): HttpTransactions => {
  const http = new HttpTransactions();
  for (const {side, piece, event} of (session && programBytesOf(session)) ?? [])
    http.take(side, piece, event);
  return http;
};

/** In the order of the connections. */
export const capturedTls = (
  connections: readonly ObservedConnection[],
  keys: TlsKeys | undefined,
): readonly CapturedTls[] =>
  connections.flatMap((observed) => {
    if (observed.streams?.spoken !== 'tls' && !observed.streams?.unclearTls) return [];
    const session = tlsSessionOn(asConnection(observed), keys);
    return [{observed, session, http: httpInside(session)}];
  });
