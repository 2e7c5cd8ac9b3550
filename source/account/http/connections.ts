// The TCP connections that carry HTTP/1, as their clients see them: what a client sends counts when it leaves, the rest when it comes.

import {type Connection, connectionsIn, other, type Side} from '../../observe/connections.ts';
import {type Exchange, readingAt} from '../../observe/http-exchanges.ts';
import {programStreamsIn} from '../../observe/program-streams.ts';
import {tlsSessionOf} from '../../observe/tls-sessions.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {grownPer, oncePer} from '../../wire/once-per.ts';
import {flagNames, isBareSyn, type TcpFlagName} from '../../wire/tcp.ts';
import {ipPacketOf, segmentOf} from '../packet.ts';
import {type Lookup, lookupsBefore, type Naming, namesAskedIn, namesLearntIn} from './lookups.ts';
import {type Message, messageOn, type Stamp, stampAt} from './messages.ts';

export type HttpConnection = {
  /** Of its connection of TCP. */
  readonly id: number;
  readonly client: string;
  readonly server: string;
  readonly lookup?: Lookup;
  /** SYN leaves; SYN,ACK comes. */
  readonly opened?: Stamp;
  readonly established?: Stamp;
  /** The ClientHello leaves: TLS begins. */
  readonly secured?: Stamp;
  /** The client sends FIN or RST, or gets one: no request follows. */
  readonly closing?: Stamp;
  /** Nothing comes any more. */
  readonly over?: Stamp;
  /** In the order of the requests, without interim responses (RFC 9110 §15.2). */
  readonly exchanges: readonly {readonly request: Message; readonly response: Message | undefined}[];
  /** Numbers of the events by which its segments left, from either end. */
  readonly segments: readonly number[];
};

/** A segment that opens or ends, as it leaves the one side, or comes to the other. */
type Turn = {
  readonly at: Stamp;
  readonly side: Side;
  readonly came: boolean;
  readonly flags: readonly TcpFlagName[];
};

/** Of one TCP connection, in the order of events. */
type Course = {readonly segments: number[]; readonly turns: Turn[]};

type Courses = {
  readonly byConnection: Map<number, Course>;
  readonly namings: Naming[];
  /** The event at which it had enough; undefined: it has read all there is. */
  readonly enough?: number;
};

/** A capture may be long, and nobody looks at requests by the thousand; in packets. */
const mostPackets = 20_000;

const note = (trace: Trace, courses: Courses, event: EventOf<'send' | 'arrive'>): void => {
  const {n, atUs, kind, packet} = event;
  const at = {n, atUs};
  const came = kind === 'arrive';
  const made = trace.packet(packet);
  if (came ? event.host !== made.to : event.hop > 0) return;
  const record = came && event.altered ? {...made, frame: event.altered} : made;
  courses.namings.push(...(came ? namesLearntIn(record, at) : namesAskedIn(record, at)));
  const segment = segmentOf(record);
  const carried = segment && connectionsIn(trace).carriedBy(packet);
  if (!carried) return;
  const {connection, side} = carried;
  const own = courses.byConnection.get(connection.id) ?? {segments: [], turns: []};
  courses.byConnection.set(connection.id, own);
  const {segments, turns} = own;
  if (!came) segments.push(n);
  const flags = flagNames(segment);
  if (!flags.some((flag) => flag === 'SYN' || flag === 'FIN' || flag === 'RST')) return;
  const address = isBareSyn(segment) && !came && turns.length === 0 ? ipPacketOf(record)?.dst : undefined;
  if (address) courses.namings.push({kind: 'opens', at, host: made.from, connection: connection.id, address});
  turns.push({at, side, came, flags});
};

/** On from behind the event. */
const noteOn = (trace: Trace, courses: Courses, behind: number): Courses => {
  for (const event of trace.events(behind + 1)) {
    if (event.kind !== 'send' && event.kind !== 'arrive') continue;
    if (event.packet > mostPackets) return {...courses, enough: event.n};
    if (event.packet >= 1) note(trace, courses, event);
  }
  return courses;
};

const forget = <Each>(list: Each[], nOf: (each: Each) => number, behind: number): void => {
  list.length = bisect(list.length, (index) => {
    const each = list[index];
    return each !== undefined && nOf(each) > behind;
  });
};

const coursesIn = grownPer<Trace, Courses>((trace, before) => {
  if (!before) return noteOn(trace, {byConnection: new Map(), namings: []}, 0);
  const {value, unchanged} = before;
  const {byConnection, namings, enough} = value;
  // Of a capture in the making that is longer than that nothing is read again.
  if (enough !== undefined && enough <= unchanged) return value;
  forget(namings, ({at}) => at.n, unchanged);
  for (const {segments, turns} of byConnection.values()) {
    forget(segments, (n) => n, unchanged);
    forget(turns, ({at}) => at.n, unchanged);
  }
  return noteOn(trace, {byConnection, namings}, unchanged);
});

const namesBefore = oncePer((trace: Trace) => lookupsBefore(coursesIn(trace).namings));

const earliest = (...stamps: readonly (Stamp | undefined)[]): Stamp | undefined =>
  stamps.reduce((first, each) => (each && (!first || each.n < first.n) ? each : first), undefined);

/** `raw`: as TCP carries it; `client`: the side that asks. */
type Ends = {readonly raw: Connection; readonly client: Side};

/** How it came about, and what became of it. */
const toldOf = (trace: Trace, {segments, turns}: Course, {raw, client}: Ends) => {
  const first = (of: readonly Turn[], flag: TcpFlagName): Stamp | undefined =>
    of.find(({flags}) => flags.includes(flag))?.at;
  const left = turns.filter(({side, came}) => side === client && !came);
  const came = turns.filter((turn) => turn.side !== client && turn.came);
  const opened = first(left, 'SYN');
  const established = first(came, 'SYN');
  const end = raw.arrived.find(({side, piece}) => side !== client && piece.kind === 'end');
  // As a rule its FIN comes in its place: of a capture in the making nothing is asked for again.
  const ended = end && (came.find(({at}) => at.n === end.event)?.at ?? stampAt(trace, end.event));
  const over = earliest(first(left, 'RST'), first(came, 'RST'), ended);
  const closing = earliest(first(left, 'FIN'), over);
  return {
    segments: [...segments],
    ...(opened && {opened}),
    ...(established && {established}),
    ...(closing && {closing}),
    ...(over && {over}),
  };
};

/** The ClientHello, where the Trace can open what is inside. */
const helloOn = (trace: Trace, {raw, client}: Ends): Stamp | undefined => {
  const hello = tlsSessionOf(trace, raw)?.messages.find(({side}) => side === client);
  return hello && stampAt(trace, hello.event);
};

/** Of a capture in the making the same ones as long as nothing happens on their connection. */
const askedIn = oncePer((exchanges: readonly Exchange[], trace: Trace) =>
  exchanges.flatMap(({connection, request: asked, response: answer}) => {
    const request = asked && messageOn(trace, connection, asked);
    if (!request || (request.packets[0] ?? 0) > mostPackets) return [];
    return {client: asked.side, request, response: answer && messageOn(trace, connection, answer)};
  }),
);

const connectionOn = (trace: Trace, connection: Connection): readonly HttpConnection[] => {
  const course = coursesIn(trace).byConnection.get(connection.id);
  const raw = connectionsIn(trace).all[connection.id - 1];
  if (!course || !raw) return [];
  const asking = askedIn(readingAt(connection, trace.length).exchanges, trace);
  const [first] = asking;
  if (!first) return [];
  const {client} = first;
  const lookup = namesBefore(trace).get(connection.id);
  const secured = raw === connection ? undefined : helloOn(trace, {raw, client});
  return [
    {
      id: connection.id,
      client: connection.ends[client].host,
      server: connection.ends[other(client)].host,
      ...toldOf(trace, course, {raw, client}),
      ...(lookup && {lookup}),
      ...(secured && {secured}),
      exchanges: asking,
    },
  ];
};

/** In the order in which they were opened. */
export const httpConnectionsIn = oncePer((trace: Trace): readonly HttpConnection[] =>
  programStreamsIn(trace).all.flatMap((connection) => connectionOn(trace, connection)),
);
