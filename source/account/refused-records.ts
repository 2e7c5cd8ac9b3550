// TLS records that arrived and were not taken: the receiver's authenticated encryption found them changed (RFC 9846 §5.2, RFC 5246
// §6.2.3.3), and nothing behind them was looked at any more.
import {type Connection, connectionsIn, type Side} from '../observe/connections.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsArrivedOn, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';

export type RefusedRecord = {
  /** Where it begins in the stream of its direction. */
  readonly start: number;
  readonly side: Side;
  /** Who refused it, and with which event it had come. */
  readonly by: string;
  readonly event: number;
  /** It came behind the one that was refused. */
  readonly unread: boolean;
};

const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** It was sent so that it could be opened, and arrived so that it cannot. */
const isRefused = (came: TlsContent, sent: TlsContent | undefined): boolean =>
  came.encrypted && came.content === undefined && sent?.content !== undefined;

const find = (trace: Trace, session: TlsSession): readonly RefusedRecord[] => {
  const sent = new Map(session.contents.map((each) => [`${each.seen.side} ${each.seen.start}`, each]));
  const refused: RefusedRecord[] = [];
  for (const came of tlsArrivedOn(trace, session)) {
    const {side, start, event} = came.seen;
    const unread = refused.some((each) => each.side === side);
    if (!unread && !isRefused(came, sent.get(`${side} ${start}`))) continue;
    refused.push({start, side, by: session.connection.ends[other(side)].host, event, unread});
  }
  return refused;
};

/** By the connections on which anything was refused. */
const refusedIn = oncePer((trace: Trace): ReadonlyMap<Connection, readonly RefusedRecord[]> => {
  // Captures show one end of the way only; without secrets everything stays closed.
  if (trace.tls === undefined || trace.stateAt(0) === undefined) return new Map();
  const all = tlsSessionsIn(trace).map((session) => [session.connection, find(trace, session)] as const);
  return new Map(all.filter(([, refused]) => refused.length > 0));
});

const none: readonly RefusedRecord[] = [];

export const refusedRecordsOn = (trace: Trace, connection: Connection): readonly RefusedRecord[] =>
  refusedIn(trace).get(connection) ?? none;

/** Does it carry octets of a record that its receiver did not take? What they say nobody has read. */
export const carriesRefused = (trace: Trace, packet: number): boolean => {
  if (refusedIn(trace).size === 0) return false;
  const carried = connectionsIn(trace).carriedBy(packet);
  if (!carried) return false;
  const {connection, side, start, end} = carried;
  const first = refusedRecordsOn(trace, connection).find((each) => each.side === side);
  return first !== undefined && start < end && first.start < end;
};
