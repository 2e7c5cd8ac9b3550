// The TCP connections that carry HTTP/1, as their clients see them: a client's messages count when they are sent, the server's when they
// arrive.

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
  /** The number of the TCP connection. */
  readonly id: number;
  readonly client: string;
  readonly server: string;
  readonly lookup?: Lookup;
  /** The times at which the client sends its SYN and at which the SYN,ACK arrives. */
  readonly opened?: Stamp;
  readonly established?: Stamp;
  /** The time at which the client sends its ClientHello and TLS begins. */
  readonly secured?: Stamp;
  /** The time at which the client sends a FIN or RST, or receives one: no request follows on the connection. */
  readonly closing?: Stamp;
  /** The time after which nothing arrives any more on the connection. */
  readonly over?: Stamp;
  /** The requests with their responses in the order of the requests, without interim responses (RFC 9110 §15.2). */
  readonly exchanges: readonly {readonly request: Message; readonly response: Message | undefined}[];
  /** The numbers of the events that send the connection's segments, from either end. */
  readonly segments: readonly number[];
};

/** A TCP segment that opens or closes its connection (SYN, FIN or RST), as it is sent or, if `came`, as it arrives. */
type Turn = {
  readonly at: Stamp;
  readonly side: Side;
  readonly came: boolean;
  readonly flags: readonly TcpFlagName[];
};

/** The events that send segments of one TCP connection, and the segments that open or close it, in order. */
type Course = {readonly segments: number[]; readonly turns: Turn[]};

type Courses = {
  readonly byConnection: Map<number, Course>;
  readonly namings: Naming[];
  /** The event at which reading stopped because there were enough packets; undefined if everything was read. */
  readonly enough?: number;
};

/** The most packets that are read for HTTP connections: a capture may be long, and nobody looks at thousands of requests. */
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

/** Continues reading a run for HTTP connections after the event `behind`. */
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
  // A capture that still grows is not read again if it is longer than the limit.
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

/** `raw` is the connection as TCP carries it; `client` is the side that sends requests. */
type Ends = {readonly raw: Connection; readonly client: Side};

/** Returns when a TCP connection opened and how it ended, as its client sees it. */
const toldOf = (trace: Trace, {segments, turns}: Course, {raw, client}: Ends) => {
  const first = (of: readonly Turn[], flag: TcpFlagName): Stamp | undefined =>
    of.find(({flags}) => flags.includes(flag))?.at;
  const left = turns.filter(({side, came}) => side === client && !came);
  const came = turns.filter((turn) => turn.side !== client && turn.came);
  const opened = first(left, 'SYN');
  const established = first(came, 'SYN');
  const end = raw.arrived.find(({side, piece}) => side !== client && piece.kind === 'end');
  // The end of the server's stream usually coincides with the arrival of a FIN, so its time is taken from there.
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

/** Returns the time at which the client sends its ClientHello; undefined without TLS that the Trace can decrypt. */
const helloOn = (trace: Trace, {raw, client}: Ends): Stamp | undefined => {
  const hello = tlsSessionOf(trace, raw)?.messages.find(({side}) => side === client);
  return hello && stampAt(trace, hello.event);
};

/** Returns the messages of HTTP exchanges. While a capture grows they stay the same as long as nothing happens on their connection. */
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

/** Returns the TCP connections of a run that carry HTTP/1, in the order in which they were opened. */
export const httpConnectionsIn = oncePer((trace: Trace): readonly HttpConnection[] =>
  programStreamsIn(trace).all.flatMap((connection) => connectionOn(trace, connection)),
);
