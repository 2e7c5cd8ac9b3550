// TLS records that arrived and were not taken: the tag did not fit under the keys of their receiver (RFC 9846 §5.2, RFC 5246
// §6.2.3.3), be it that the record was changed or that the two have different keys. Nothing behind them was looked at any more.
import {type Connection, connectionsIn, type Side} from '../observe/connections.ts';
import {type TlsSession, tlsArrivedOn, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf, entryAt} from './entries.ts';
import {eyesOf, seenThrough} from './eyes.ts';

export type RefusedRecord = {
  /** Where it begins in the stream of its direction. */
  readonly start: number;
  readonly side: Side;
  /** Who refused it, and with which event it had come. */
  readonly by: string;
  readonly event: number;
  /** The event with which its receiver says so. */
  readonly alert: number;
  /** It came behind the one that was refused. */
  readonly unread: boolean;
};

/** A receiver says it at once: by host and time, the event of the alert. */
const refusalsIn = oncePer((trace: Trace): ReadonlyMap<string, number> => {
  const all = new Map<string, number>();
  for (const {host, atUs, what, n} of entriesOf(trace, 'tls'))
    if (what.kind === 'alert' && what.op === 'sent' && what.name === 'bad_record_mac')
      all.set(`${host} ${atUs}`, n);
  return all;
});

type Place = Pick<RefusedRecord, 'start' | 'side'>;

/** `own`: as its receiver sees it, whose secrets are not always the sender's. */
const isOpened = (own: Trace, {connection}: TlsSession, {start, side}: Place): boolean => {
  const session = tlsSessionsIn(own).find((each) => each.connection.id === connection.id);
  const came = session ? tlsArrivedOn(own, session) : [];
  return came.some(({seen, content}) => seen.side === side && seen.start === start && content !== undefined);
};

const find = (trace: Trace, session: TlsSession): readonly RefusedRecord[] => {
  const eyes = eyesOf(trace);
  const refused: RefusedRecord[] = [];
  for (const {seen, encrypted} of tlsArrivedOn(trace, session)) {
    const {side, start, event} = seen;
    const {host: by, atUs} = entryAt(trace, event);
    // Nobody but who refuses it knows.
    if (typeof eyes !== 'string' && eyes.host !== by) continue;
    const before = refused.find((each) => each.side === side);
    const alert = before?.alert ?? (encrypted ? refusalsIn(trace).get(`${by} ${atUs}`) : undefined);
    if (alert === undefined) continue;
    const unread = before !== undefined;
    if (unread || !isOpened(seenThrough(trace, {host: by}, alert), session, {start, side}))
      refused.push({start, side, by, event, alert, unread});
  }
  return refused;
};

/** By the connections on which anything was refused. */
const refusedIn = oncePer((trace: Trace): ReadonlyMap<Connection, readonly RefusedRecord[]> => {
  const eyes = eyesOf(trace);
  // What an end refuses, nobody on the path can see.
  if (eyes === 'eavesdropper' || eyes === 'thief' || refusalsIn(trace).size === 0) return new Map();
  const all = tlsSessionsIn(trace).map((session) => [session.connection, find(trace, session)] as const);
  return new Map(all.filter(([, refused]) => refused.length > 0));
});

/** Does an end find that a tag does not fit? */
export const hasRefusedRecords = (trace: Trace): boolean => refusedIn(trace).size > 0;

const none: readonly RefusedRecord[] = [];

export const refusedRecordsOn = (trace: Trace, connection: Connection): readonly RefusedRecord[] =>
  refusedIn(trace).get(connection) ?? none;

/** Does it carry octets of a record that its receiver did not take? What they say nobody has read. */
export const carriesRefused = (trace: Trace, packet: number): boolean => {
  if (!hasRefusedRecords(trace)) return false;
  const carried = connectionsIn(trace).carriedBy(packet);
  if (!carried) return false;
  const {connection, side, start, end} = carried;
  const first = refusedRecordsOn(trace, connection).find((each) => each.side === side);
  return first !== undefined && start < end && first.start < end;
};
