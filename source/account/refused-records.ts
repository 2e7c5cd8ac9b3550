// TLS records that arrived and were not taken: the receiver's authenticated encryption found them changed (RFC 9846 §5.2, RFC 5246
// §6.2.3.3), and nothing behind them was looked at any more.
import type {Connection, Side} from '../observe/connections.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsArrivedOn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';

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
  // Captures show one end of the way only; without secrets everything stays closed.
  if (trace.tls === undefined || trace.stateAt(0) === undefined) return [];
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

const known = new WeakMap<Trace, Map<Connection, readonly RefusedRecord[]>>();

export const refusedRecordsOn = (trace: Trace, session: TlsSession): readonly RefusedRecord[] => {
  const all = known.get(trace) ?? new Map<Connection, readonly RefusedRecord[]>();
  known.set(trace, all);
  const refused = all.get(session.connection) ?? find(trace, session);
  all.set(session.connection, refused);
  return refused;
};
