// Finds TLS records that arrived and were not accepted, because the record was changed or the two ends have different keys: its tag did not
// fit (RFC 9846 §5.2, RFC 5246 §6.2.3.3). The receiver does not read anything that follows.
import {type Connection, connectionsIn, type Side} from '../observe/connections.ts';
import {type TlsSession, tlsArrivedOn, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf, entryAt} from './entries.ts';
import {eyesOf, seenThrough} from './eyes.ts';

export type RefusedRecord = {
  /** The offset at which the refused TLS record begins in the stream of its direction. */
  readonly start: number;
  readonly side: Side;
  /** The host that refused the TLS record, and the number of the event with which the record had arrived. */
  readonly by: string;
  readonly event: number;
  /** The number of the event with which the receiver sends the alert that refuses the TLS record. */
  readonly alert: number;
  /** True if the TLS record was not read because it follows the one that was refused. */
  readonly unread: boolean;
};

/** Maps host and time to the event of the bad_record_mac alert that the host sends then: a receiver sends it at once. */
const refusalsIn = oncePer((trace: Trace): ReadonlyMap<string, number> => {
  const all = new Map<string, number>();
  for (const {host, atUs, what, n} of entriesOf(trace, 'tls'))
    if (what.kind === 'alert' && what.op === 'sent' && what.name === 'bad_record_mac')
      all.set(`${host} ${atUs}`, n);
  return all;
});

type Place = Pick<RefusedRecord, 'start' | 'side'>;

/**
 * Tells whether the receiver can decrypt the TLS record. `own` is the Trace as the receiver sees it, whose secrets may differ from the
 * sender's.
 */
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
    // Only the host that refuses a TLS record knows of it.
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

/** Returns the TLS records that their receivers refused, by connection; none if the viewer is on the path. */
const refusedIn = oncePer((trace: Trace): ReadonlyMap<Connection, readonly RefusedRecord[]> => {
  const eyes = eyesOf(trace);
  // Nobody on the path can see which TLS records an end refuses.
  if (eyes === 'eavesdropper' || eyes === 'thief' || refusalsIn(trace).size === 0) return new Map();
  const all = tlsSessionsIn(trace).map((session) => [session.connection, find(trace, session)] as const);
  return new Map(all.filter(([, refused]) => refused.length > 0));
});

/** Tells whether in this run an end refuses a TLS record, because its tag does not fit. */
export const hasRefusedRecords = (trace: Trace): boolean => refusedIn(trace).size > 0;

const none: readonly RefusedRecord[] = [];

export const refusedRecordsOn = (trace: Trace, connection: Connection): readonly RefusedRecord[] =>
  refusedIn(trace).get(connection) ?? none;

/** Tells whether a packet carries octets of a TLS record that its receiver did not accept; nobody has read what they say. */
export const carriesRefused = (trace: Trace, packet: number): boolean => {
  if (!hasRefusedRecords(trace)) return false;
  const carried = connectionsIn(trace).carriedBy(packet);
  if (!carried) return false;
  const {connection, side, start, end} = carried;
  const first = refusedRecordsOn(trace, connection).find((each) => each.side === side);
  return first !== undefined && start < end && first.start < end;
};
