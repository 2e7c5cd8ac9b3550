// The data of the waterfall at an instant: the HTTP requests that have begun, their progress, and their cost so far. Later events are not
// included.

import {worldAt} from '../../account/entries.ts';
import {httpConnectionsIn} from '../../account/http/connections.ts';
import {type Exchange, exchangesIn, type Phase, type PhaseKind} from '../../account/http/exchanges.ts';
import {type StreamConnection, streamExchangesIn} from '../../account/http/stream-exchanges.ts';
import type {Language} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {grownPer, oncePer} from '../../wire/once-per.ts';
import {formatTime} from '../../words/format.ts';
import {totalTexts} from '../../words/waterfall.ts';
import {lastBefore, lastSeen, unlessAsked} from '../seen.ts';
import type {View} from '../view.ts';
import {mergedBehind, type Stretch} from './time-axis.ts';

/** The bar for one phase of an HTTP request in the waterfall; it has come to `toUs` by now and will end at `wholeUs`. */
export type Bar = {
  readonly kind: PhaseKind;
  readonly fromUs: number;
  readonly toUs: number;
  readonly wholeUs: number;
};

export type WaterfallRow = {
  readonly exchange: Exchange;
  /** The method and target of the HTTP request; empty while a capture has not shown them yet. */
  readonly name: string;
  /** The status code of the HTTP response; empty while it is unknown. */
  readonly status: string;
  readonly failed: boolean;
  readonly bars: readonly Bar[];
  /** The time in µs from the beginning of the HTTP request to the last byte of its response; undefined until that byte has arrived. */
  readonly tookUs?: number;
  /**
   * The number of segments on the connection that this HTTP request opened, including those for other requests; undefined if it opened
   * none.
   */
  readonly segments?: number;
  /** The unit in which `segments` counts: TCP segments or QUIC datagrams. */
  readonly unit: Unit;
  readonly selected: boolean;
  readonly changed: boolean;
};

/** The cost of all HTTP requests together so far: connections, segments and time. */
export type Cost = {
  readonly requests: number;
  readonly connections: number;
  /** The highest number of a connection with HTTP requests; 0 if there are no connections. */
  readonly lastConnection: number;
  /** The number of segments on all connections with HTTP requests, sent by both ends. */
  readonly segments: number;
  readonly unit: Unit;
  /**
   * The time in µs from the beginning of the first HTTP request to the last byte of the last response; while a response is missing, until
   * now.
   */
  readonly elapsedUs: number;
};

export type WaterfallScene = Cost & {
  /** The HTTP requests that have begun, one for each row of the waterfall. */
  readonly exchanges: readonly Exchange[];
  readonly nameOf: (exchange: Exchange) => string;
  /** The index of the HTTP request that is selected in the waterfall; -1 if none is. */
  readonly chosen: number;
  readonly rowOf: (exchange: Exchange) => WaterfallRow;
  readonly nowUs: number;
  /** The times up to now in which an HTTP request was in progress; for a capture, those of the whole capture. */
  readonly busy: readonly Stretch[];
  /**
   * The least length in µs of the waterfall's time axis if it grows with the run: two round trips over the slowest link; undefined if it
   * does not grow.
   */
  readonly leastUs: number | undefined;
  /** Formats a number; `?` if it answers an open question. */
  readonly number: (value: number) => string;
  /** Formats a length of time; `?` if it answers an open question in ms or µs. */
  readonly time: (us: number) => string;
};

const keyOf = ({on}: Exchange): string => `${on?.connection} ${on?.nth}`;

/** The exchanges that `joined` has made, by the exchange of the HTTP/2 stream. Each is used again while the HTTP/1 request is the same. */
const joinedBefore = new WeakMap<Exchange, {readonly before: Exchange; readonly whole: Exchange}>();

/** Returns one exchange made of an HTTP/1 request for an upgrade and the HTTP/2 stream with its response. */
const joined = (before: Exchange, stream: Exchange): Exchange => {
  const known = joinedBefore.get(stream);
  if (known?.before === before) return known.whole;
  const sent = before.phases.findIndex(({kind}) => kind === 'send');
  const packets = [...new Set([...before.packets, ...stream.packets])];
  const phases = [...before.phases.slice(0, sent), ...stream.phases];
  const whole = {...stream, packets, start: before.start, phases};
  joinedBefore.set(stream, {before, whole});
  return whole;
};

/** Returns all HTTP exchanges; an HTTP/1 request for an upgrade and the HTTP/2 stream that answers it become one (RFC 7540 §3.2). */
const withStreams = (before: readonly Exchange[], streams: readonly Exchange[]): readonly Exchange[] => {
  const byPlace = new Map(before.map((each) => [keyOf(each), each]));
  const upgraded = new Set<Exchange>();
  const all = streams.map((stream) => {
    const own = byPlace.get(keyOf(stream));
    if (!own) return stream;
    upgraded.add(own);
    return joined(own, stream);
  });
  return [...before.filter((each) => !upgraded.has(each)), ...all];
};

/** The HTTP exchanges of a capture, in order, as they were computed last. */
const orderedIn = oncePer((_: object): {all: readonly Exchange[]} => ({all: []}));

/**
 * Returns the HTTP exchanges in the order in which they begin. Those that were already in order last time are not sorted again, because
 * there may be thousands.
 */
const inOrder = ({growth}: Trace, all: readonly Exchange[]): readonly Exchange[] => {
  const before = orderedIn(growth?.capture ?? {});
  let at = 0;
  while (at < before.all.length && all[at] === before.all[at]) at += 1;
  while (at < all.length && (all[at - 1]?.start.n ?? 0) <= (all[at]?.start.n ?? 0)) at += 1;
  before.all = at === all.length ? all : [...all].sort((a, b) => a.start.n - b.start.n);
  return before.all;
};

const requestsIn = oncePer((trace: Trace): readonly Exchange[] => {
  const {exchanges} = streamExchangesIn(trace);
  const before = exchangesIn(trace);
  if (exchanges.length === 0) return before;
  return inOrder(trace, before.length === 0 ? exchanges : withStreams(before, exchanges));
});

/** Returns the connections that carry HTTP, in the order of their numbers. */
const connectionsIn = oncePer((trace: Trace): readonly StreamConnection[] => [
  ...httpConnectionsIn(trace),
  ...streamExchangesIn(trace).connections,
]);

/** Returns how many segments of a connection had been sent by event number `seen`. */
const sentBy = ({segments}: StreamConnection, seen: number): number =>
  (segments.at(-1) ?? 0) <= seen ? segments.length : segments.filter((n) => n <= seen).length;

type Unit = 'segments' | 'datagrams' | 'packets';

const unitOf = (connections: readonly StreamConnection[]): Unit => {
  const quic = connections.filter(({datagrams}) => datagrams).length;
  if (quic === 0) return 'segments';
  return quic === connections.length ? 'datagrams' : 'packets';
};

/**
 * Captures that are still being read and already have HTTP requests. They are remembered, so that their requests need not be listed again
 * to find that out.
 */
const having = new WeakSet<object>();

export const hasExchanges = ({input: {trace}}: View): boolean => {
  const {growth} = trace;
  if (growth && having.has(growth.capture)) return true;
  const has = speaksHttp(trace) && requestsIn(trace).length > 0;
  if (growth && has) having.add(growth.capture);
  return has;
};

/** Tells whether a run may have HTTP: any capture, or a simulated run with an HTTP application. */
const speaksHttp = (trace: Trace): boolean => {
  const world = worldAt(trace, 0);
  return world === undefined || Object.values(world.hosts).some(({apps}) => apps.get('http') !== undefined);
};

/** The cost of the first `count` HTTP requests of a capture, none of which will change any more. */
type Past = {
  readonly count: number;
  readonly opened: ReadonlySet<number>;
  readonly lastUs: number;
  readonly busy: readonly Stretch[];
};

const nothingPast: Past = {count: 0, opened: new Set(), lastUs: 0, busy: []};

/** The number of the newest HTTP requests that are computed again each time, because another request may still come between them. */
const mayChange = 64;

const isOver = ({phases, done, failed}: Exchange): boolean =>
  (done ?? failed) !== undefined && phases.every(({kind, to}) => kind === 'idle' || to !== undefined);

const pastWith = (past: Past, all: readonly Exchange[]): Past => {
  const last = Math.max(past.count, all.length - mayChange);
  let count = past.count;
  for (let each = all[count]; count < last && each && isOver(each); each = all[count]) count += 1;
  if (count === past.count) return past;
  const more = all.slice(past.count, count);
  const ends = more.map(({done, failed}) => (done ?? failed)?.atUs ?? 0);
  return {
    count,
    opened: new Set([...past.opened, ...more.flatMap(({on}) => on?.connection ?? [])]),
    lastUs: ends.reduce((most, us) => Math.max(most, us), past.lastUs),
    busy: mergedBehind(past.busy, stretchesOf(busyPhases(more))),
  };
};

const beginsWith = (all: readonly Exchange[], earlier: readonly Exchange[], count: number): boolean => {
  for (let at = 0; at < count; at++) if (all[at] !== earlier[at]) return false;
  return true;
};

type Grown = {readonly past: Past; readonly all: readonly Exchange[]};

/**
 * Returns a function that keeps the cost of the first HTTP requests of a growing capture. It adds further requests as long as the first
 * ones stay the same.
 */
const pastOf = () =>
  grownPer<Trace, Grown>((trace, before) => {
    const all = requestsIn(trace);
    const {past, all: earlier} = before?.value ?? {past: nothingPast, all};
    return {all, past: pastWith(beginsWith(all, earlier, past.count) ? past : nothingPast, all)};
  });

const [pastClosed, pastOpened] = [pastOf(), pastOf()];

const pastIn = (trace: Trace): Past => {
  if (!trace.growth) return nothingPast;
  return (trace.tls || trace.quic ? pastOpened(trace) : pastClosed(trace)).past;
};

/** Returns those phases of HTTP requests in which something happens or is awaited, without the idle ones. */
const busyPhases = (requests: readonly Exchange[]): readonly Phase[] =>
  requests.flatMap(({phases}) => phases.filter(({kind}) => kind !== 'idle'));

/** Returns the intervals of time of those phases of HTTP requests that have ended. */
const stretchesOf = (phases: readonly Phase[]): readonly Stretch[] =>
  phases.flatMap(({from, to}) => (to ? [{fromUs: from.atUs, toUs: to.atUs}] : []));

/**
 * Returns when HTTP requests were in progress in a capture: the intervals of phases that ended (`over`), and the beginnings of those that
 * last until its end (`lasting`).
 */
const busyAtAll = oncePer((trace: Trace) => {
  const past = pastIn(trace);
  const phases = busyPhases(requestsIn(trace).slice(past.count));
  return {
    over: mergedBehind(past.busy, stretchesOf(phases)),
    lasting: phases.flatMap(({from, to}) => (to ? [] : [from.atUs])),
  };
});

const busyIn = (trace: Trace, now: Now): readonly Stretch[] => {
  if (worldAt(trace, 0)) return busyPhases(requestsIn(trace)).flatMap((phase) => barOf(phase, now));
  const {over, lasting} = busyAtAll(trace);
  return [...over, ...lasting.map((fromUs) => ({fromUs, toUs: Math.max(fromUs, trace.durationUs)}))];
};

/** The present instant of a run for drawing the waterfall; `before` is the last event before that instant. */
type Now = {
  readonly seen: number;
  readonly nowUs: number;
  readonly endUs: number;
  readonly before: number;
};

const barOf = ({kind, from, to}: Phase, {seen, nowUs, endUs}: Now): readonly Bar[] => {
  if (from.n > seen) return [];
  const wholeUs = to?.atUs ?? endUs;
  const toUs = to && to.n <= seen ? to.atUs : Math.max(from.atUs, Math.min(nowUs, wholeUs));
  return [{kind, fromUs: from.atUs, toUs, wholeUs}];
};

/**
 * Returns the method and target of an HTTP request. In a simulated run they are known from the beginning, because the programs were given
 * them; in a capture they are empty until the request was sent.
 */
const nameOf = ({input: {trace}}: View, {method, target, phases}: Exchange, seen: number): string => {
  const sent = phases.find(({kind}) => kind === 'send')?.from;
  return worldAt(trace, 0) || sent === undefined || sent.n <= seen ? `${method} ${target}` : '';
};

const isSelected = (packet: number | undefined, {packets}: Exchange): boolean =>
  packet !== undefined && packets.includes(packet);

const rowOf = (view: View, exchange: Exchange, now: Now): WaterfallRow => {
  const {trace} = view.input;
  const {seen} = now;
  const shown = unlessAsked(view);
  const {on, status, done, failed, start, phases} = exchange;
  const connection = on?.nth === 1 ? connectionsIn(trace)[on.connection - 1] : undefined;
  const end = done && done.n <= seen ? done : undefined;
  const lost = failed !== undefined && failed.n <= seen;
  const isNow = (n: number | undefined): boolean => n !== undefined && n <= seen && n > now.before;
  return {
    exchange,
    name: shown(nameOf(view, exchange, seen)),
    status: status && status.known.n <= seen ? shown(String(status.code)) : '',
    failed: lost,
    bars: phases.flatMap((each) => barOf(each, now)),
    ...(end && {tookUs: end.atUs - start.atUs}),
    ...(connection && {segments: sentBy(connection, seen)}),
    unit: connection?.datagrams ? 'datagrams' : 'segments',
    selected: isSelected(view.input.playback.selection.packet, exchange),
    changed: isNow(status?.known.n) || isNow(done?.n) || isNow(failed?.n),
  };
};

const begunIn = (trace: Trace, seen: number): readonly Exchange[] => {
  const all = requestsIn(trace);
  return all.slice(
    0,
    bisect(all.length, (index) => (all[index]?.start.n ?? 0) > seen),
  );
};

const costAt = (trace: Trace, seen: number, nowUs: number): Cost => {
  const all = connectionsIn(trace);
  const past = seen === trace.length ? pastIn(trace) : nothingPast;
  const opened = new Set(past.opened);
  let [requests, lastUs] = [past.count, past.lastUs];
  for (const {start, done, failed, on} of requestsIn(trace).slice(past.count)) {
    if (start.n > seen) break;
    requests += 1;
    if (on) opened.add(on.connection);
    const end = done ?? failed;
    lastUs = Math.max(lastUs, end && end.n <= seen ? end.atUs : nowUs);
  }
  const connections = [...opened].flatMap((number) => all[number - 1] ?? []);
  return {
    requests,
    connections: opened.size,
    lastConnection: [...opened].reduce((most, number) => Math.max(most, number), 0),
    segments: connections.reduce((sum, each) => sum + sentBy(each, seen), 0),
    unit: unitOf(connections),
    elapsedUs: lastUs - (requests > 0 ? (requestsIn(trace)[0]?.start.atUs ?? 0) : 0),
  };
};

/** Returns what all HTTP requests of a whole run cost; undefined if it has none. */
export const costOf = (trace: Trace): Cost | undefined =>
  speaksHttp(trace) && requestsIn(trace).length > 0
    ? costAt(trace, trace.length, trace.durationUs)
    : undefined;

export const waterfallScene = (view: View): WaterfallScene => {
  const {trace} = view.input;
  const {nowUs} = view;
  const seen = lastSeen(view);
  const now: Now = {seen, nowUs, endUs: trace.durationUs, before: lastBefore(view)};
  const shown = unlessAsked(view);
  const number = (value: number): string => shown(String(value));
  const exchanges = begunIn(trace, seen);
  const {packet} = view.input.playback.selection;
  return {
    ...costAt(trace, seen, nowUs),
    ...{
      exchanges,
      chosen: packet === undefined ? -1 : exchanges.findIndex((each) => isSelected(packet, each)),
    },
    nameOf: (exchange) => shown(nameOf(view, exchange, seen)),
    rowOf: (exchange) => rowOf(view, exchange, now),
    nowUs,
    busy: busyIn(trace, now),
    leastUs: worldAt(trace, 0) && 4 * Math.max(0, ...trace.header.links.map(({delayUs}) => delayUs)),
    number,
    time: (us) => (number(us) === '?' || number(us / 1000) === '?' ? '?' : formatTime(us)),
  };
};

/** Returns the texts on the totals of the HTTP requests in the waterfall: requests, connections, segments, and time. */
export const totalsOf = (scene: WaterfallScene, language: Language): readonly string[] => {
  const {requests, connections, segments, unit, elapsedUs, number, time} = scene;
  const counts = {
    ...{requests: number(requests), connections: number(connections)},
    ...{segments: number(segments), unit},
  };
  return [...totalTexts(counts, language), time(elapsedUs)];
};
