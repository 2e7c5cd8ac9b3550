// Lays a run out in viewing time: it reads the events once and computes when each becomes visible in the player.

import {entriesBetween, entryAt, instantsFrom} from '../../account/entries.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {bisect, floats, type GrowingList, items, words} from '../../wire/growing-list.ts';
import {type Before, grownPer} from '../../wire/once-per.ts';
import {at, type Gap, type Pacing, type StateChange} from './pace.ts';

const leadMs = 300;
const flightMedianMs = 900;
const flightLeastMs = 400;
const flightMostMs = 1600;
const consequenceMs = 250;
/**
 * The viewing time in ms between instants of the same simulated time that do not cause each other; then the least idle time that the player
 * skips, in µs and in round trips.
 */
const sameTimeMs = 40;
const gapLeastUs = 300_000;
const gapRoundTrips = 3;
/** The most viewing time in ms that idle time takes if the player does not skip it, as much as the shortest skipped idle time. */
const idleMostMs = 700;
/** The one-way delay in µs that is assumed if no packet's delay can be measured, as in a capture taken at one end. */
const defaultDelayUs = 50_000;

/** Returns the viewing time in ms that the flight of a packet with the delay `delayUs` takes, in a run whose median delay is `medianUs`. */
export const flightViewMs = (delayUs: number, medianUs: number): number =>
  Math.min(flightMostMs, Math.max(flightLeastMs, flightMedianMs * Math.sqrt(delayUs / medianUs)));

export const gapViewMs = (gapUs: number, rttUs: number): number => {
  let doublings = 0;
  for (let bound = rttUs * 2; bound <= gapUs && doublings < 8; bound *= 2) doublings++;
  return Math.min(2000, 500 + 200 * doublings);
};

/**
 * The number of packets from the start of the run by which the median delay is measured, because each pass over a long run simulates it
 * again.
 */
const delaysMeasured = 1000;

/** The delays in µs of the run's first packets, and the number of the event at which each was sent. */
type Delays = {readonly us: number[]; readonly events: number[]; read: number};

const delaysIn = grownPer<Trace, Delays>((trace, before) => {
  const {value: delays, unchanged} = before ?? {value: {us: [], events: [], read: 0}, unchanged: 0};
  const kept = bisect(delays.events.length, (at) => (delays.events[at] ?? 0) > unchanged);
  delays.events.length = kept;
  delays.us.length = kept;
  const from = Math.min(delays.read, unchanged) + 1;
  if (kept >= delaysMeasured) return delays;
  for (const event of entriesBetween(trace, from)) {
    delays.read = event.n;
    if (event.kind !== 'send' || event.packet <= 0 || event.lost || event.dueUs <= event.atUs) continue;
    delays.events.push(event.n);
    if (delays.us.push(event.dueUs - event.atUs) >= delaysMeasured) break;
  }
  return delays;
});

const medianDelayUs = (trace: Trace): number => {
  const delays = delaysIn(trace).us.toSorted((a, b) => a - b);
  return delays[delays.length >> 1] ?? defaultDelayUs;
};

/** The table of a run's layout in viewing time: it has a row for each moment and a list for each column. */
class Table {
  readonly viewMs = floats();
  readonly atUs = floats();
  readonly scaleMs = floats();
  readonly event = words();
  readonly sent = words();
  readonly flightMs = floats();

  push(row: {
    readonly viewMs: number;
    readonly atUs: number;
    readonly scaleMs: number;
    readonly event: number;
  }): void {
    this.viewMs.push(row.viewMs);
    this.atUs.push(row.atUs);
    this.scaleMs.push(row.scaleMs);
    this.event.push(row.event);
    this.sent.push(0);
    this.flightMs.push(0);
  }

  get lists() {
    const {viewMs, atUs, scaleMs, event, sent, flightMs} = this;
    return [viewMs, atUs, scaleMs, event, sent, flightMs];
  }

  /** Returns views of the table's columns, which do not change when rows are added later. */
  get columns() {
    return {
      viewMs: this.viewMs.shared,
      atUs: this.atUs.shared,
      scaleMs: this.scaleMs.shared,
      event: this.event.shared,
      sent: this.sent.shared,
      flightMs: this.flightMs.shared,
    };
  }
}

/** The state of the computation of a run's layout before the instant that begins after `event`, to which the computation can return. */
type Checkpoint = {
  readonly event: number;
  readonly lengths: readonly number[];
  readonly sent: number;
  readonly early: ReadonlySet<number>;
  readonly inAir: ReadonlyMap<string, number>;
  readonly departures: readonly string[];
  readonly crowd: number;
};

class Builder {
  readonly table = new Table();
  readonly stops = words();
  readonly gaps = items<Gap>();
  /** The moments at which the timeline has marks, by kind of mark. */
  readonly marks = {state: words(), lost: words(), again: words()};
  readonly changes = items<StateChange>();
  readonly medianUs: number;
  #sent = 0;
  /** The numbers of packets that were sent before a packet with a lower number. */
  #early = new Set<number>();
  /** The delay of each packet in flight, by packet and hop; and the packets in the order in which they were sent. */
  #inAir = new Map<string, number>();
  #departures: string[] = [];
  /** The number of waits in viewing time since simulated time last moved on noticeably; each wait is half as long as the one before. */
  #crowd = 0;
  #isLed = false;

  /** Begins a run's layout in viewing time; `fromUs` is the time in µs at which the run begins. */
  constructor(medianUs: number, fromUs: number) {
    this.medianUs = medianUs;
    this.table.push({viewMs: 0, atUs: fromUs, scaleMs: 0, event: 0});
  }

  get #lists(): readonly Pick<GrowingList<number>, 'length' | 'cut'>[] {
    const {table, stops, gaps, marks, changes} = this;
    return [...table.lists, stops, gaps, ...Object.values(marks), changes];
  }

  /** Returns the state of the layout's computation between two instants, for a later return to it. */
  checkpoint(event: number): Checkpoint {
    // Packets that have arrived no longer influence how fast viewing time passes, so they are forgotten.
    this.#departures = this.#departures.filter((each) => this.#inAir.has(each));
    return {
      event,
      lengths: this.#lists.map(({length}) => length),
      sent: this.#sent,
      early: new Set(this.#early),
      inAir: new Map(this.#inAir),
      departures: [...this.#departures],
      crowd: this.#crowd,
    };
  }

  rewind({lengths, sent, early, inAir, departures, crowd}: Checkpoint): void {
    for (const [index, list] of this.#lists.entries()) list.cut(lengths[index] ?? 0);
    this.#sent = sent;
    this.#early = new Set(early);
    this.#inAir = new Map(inAir);
    this.#departures = [...departures];
    this.#crowd = crowd;
  }

  get moment(): number {
    return this.table.viewMs.length - 1;
  }

  /**
   * Returns the delay in µs of the newest packet in flight, which decides how fast viewing time passes; undefined if no packet is in
   * flight.
   */
  #paceUs(): number | undefined {
    for (;;) {
      const newest = this.#departures[this.#departures.length - 1];
      if (newest === undefined) return undefined;
      const delay = this.#inAir.get(newest);
      if (delay !== undefined) return delay;
      this.#departures.pop();
    }
  }

  #waitMs(elapsedUs: number): number {
    const delay = this.#paceUs();
    if (delay !== undefined) return (elapsedUs * flightViewMs(delay, this.medianUs)) / delay;
    const rttUs = this.medianUs * 2;
    if (elapsedUs > rttUs * gapRoundTrips && elapsedUs > gapLeastUs) return gapViewMs(elapsedUs, rttUs);
    return Math.max(1, Math.min(idleMostMs, (elapsedUs * flightMedianMs) / this.medianUs));
  }

  /** Adds a moment at which everything up to `event` becomes visible; `holdMs` is the wait before it if no simulated time has passed. */
  add(event: TraceEvent, holdMs: number): void {
    const {table, moment} = this;
    const beforeUs = at(table.atUs, moment);
    const elapsedUs = Math.max(0, event.atUs - beforeUs);
    if (elapsedUs * 10 >= this.medianUs) this.#crowd = 0;
    const idle = this.#paceUs() === undefined;
    const waitMs =
      elapsedUs > 0 ? this.#waitMs(elapsedUs) : Math.max(1, holdMs >> Math.min(9, this.#crowd++));
    if (elapsedUs > 0 && idle && elapsedUs > this.medianUs * 2 * gapRoundTrips && elapsedUs > gapLeastUs)
      this.gaps.push({fromUs: beforeUs, toUs: event.atUs, moment});
    table.push({
      viewMs: at(table.viewMs, moment) + waitMs,
      atUs: event.atUs,
      scaleMs: at(table.scaleMs, moment) + (elapsedUs > 0 ? waitMs : 0),
      event: event.n,
    });
  }

  /**
   * Records that a packet has arrived or was lost. This is called after an instant's moment is added and before its sent packets are
   * recorded.
   */
  land(event: TraceEvent): void {
    if (event.kind === 'arrive' || (event.kind === 'drop' && event.reason !== 'discarded'))
      this.#inAir.delete(`${event.packet}.${event.hop}`);
  }

  depart(event: TraceEvent): void {
    if (event.kind !== 'send' || event.packet <= 0) return;
    this.#leave(event.packet);
    if (event.dueUs <= event.atUs) return;
    const key = `${event.packet}.${event.hop}`;
    this.#inAir.set(key, event.dueUs - event.atUs);
    this.#departures.push(key);
  }

  /**
   * Counts sent packets in the order of their numbers, because estimated times in a capture may make a packet with a higher number leave
   * first.
   */
  #leave(packet: number): void {
    if (packet > this.#sent) this.#early.add(packet);
    while (this.#early.delete(this.#sent + 1)) this.#sent += 1;
  }

  closeMoment(): void {
    const delay = this.#paceUs();
    const {table, moment} = this;
    table.flightMs.set(moment, delay === undefined ? 0 : flightViewMs(delay, this.medianUs));
    table.sent.set(moment, this.#sent);
    if (this.#sent > 0) this.lead(moment);
  }

  get hasSent(): boolean {
    return this.#sent > 0;
  }

  /** Shifts all moments so that the first packet, which is sent at `moment`, leaves at least `leadMs` of viewing time after the opening. */
  lead(moment: number): void {
    if (this.#isLed) return;
    this.#isLed = true;
    const {viewMs} = this.table;
    const shift = Math.max(0, leadMs - at(viewMs, moment));
    for (let index = 1; index < viewMs.length; index++) viewMs.set(index, at(viewMs, index) + shift);
  }
}

const isWay = (event: TraceEvent): boolean =>
  event.kind === 'send' || event.kind === 'arrive' || event.kind === 'drop';

/** Returns the TCP state into which an event brings a host; undefined if it changes none. A crash leads to CLOSED from any other state. */
const stateLeftBy = ({changes}: Builder, event: TraceEvent): TcpState | undefined => {
  if (event.kind === 'state') return event.to;
  if (event.kind !== 'call' || event.call !== 'crash') return undefined;
  const last = changes.shared.findLast(({host}) => host === event.host);
  return last === undefined || last.state === 'CLOSED' ? undefined : 'CLOSED';
};

const noteMarks = (builder: Builder, instant: readonly TraceEvent[]): void => {
  const {moment} = builder;
  const quiet = !instant.some(isWay);
  for (const event of instant) {
    if (event.kind === 'drop' && event.reason !== 'discarded') builder.marks.lost.push(moment);
    if (event.kind === 'send' && event.retransmission) builder.marks.again.push(moment);
    const state = stateLeftBy(builder, event);
    if (state === undefined) continue;
    builder.marks.state.push(moment);
    const {connection = ''} = event;
    builder.changes.push({host: event.host, connection, state, event: event.n, moment, quiet});
  }
};

/** Tells whether an event puts a packet in flight on the ladder; a packet for many receivers is not shown in flight. */
const departs = (event: TraceEvent): boolean => event.kind === 'send' && event.packet > 0 && !event.forMany;

/**
 * Adds an instant to a run's layout. An arrival and the packets sent because of it are two moments; every other instant is one. The
 * player's steps can end where nothing has just been sent.
 */
const addInstant = (builder: Builder, instant: readonly TraceEvent[]): void => {
  const first = instant[0];
  const last = instant[instant.length - 1];
  if (!first || !last) return;
  const firstSend = instant.findIndex((event) => event.kind === 'send' && event.packet > 0);
  const lands = first.kind === 'arrive' || first.kind === 'drop';
  const cause = firstSend > 0 && lands ? instant[firstSend - 1] : undefined;
  if (cause) {
    builder.add(cause, sameTimeMs);
    for (const event of instant) builder.land(event);
    builder.closeMoment();
    builder.stops.push(builder.moment);
    noteMarks(builder, instant);
    builder.add(last, consequenceMs);
  } else {
    builder.add(last, sameTimeMs);
    for (const event of instant) builder.land(event);
    if (!instant.some(departs)) builder.stops.push(builder.moment);
    noteMarks(builder, instant);
  }
  for (const event of instant) builder.depart(event);
  builder.closeMoment();
};

/** The number of events between two checkpoints while a capture is being read, and how many checkpoints are kept. */
const checkpointEvery = 256;
const checkpointsKept = 64;

type Layout = {readonly builder: Builder; readonly fromUs: number; readonly checkpoints: Checkpoint[]};

/** Adds the instants after event `from` to a run's layout, which does not contain them yet. */
const addBehind = ({builder, checkpoints}: Layout, trace: Trace, from: number): void => {
  let before = from;
  for (const instant of instantsFrom(trace, from + 1)) {
    if (trace.growth && builder.hasSent && before >= (checkpoints.at(-1)?.event ?? 0) + checkpointEvery)
      checkpoints.push(builder.checkpoint(before));
    addInstant(builder, instant);
    before += instant.length;
  }
  checkpoints.splice(0, checkpoints.length - checkpointsKept);
};

const layout = (trace: Trace, before?: Before<Layout>): Layout => {
  // A captured packet may have been sent before the first frame was captured, whose time is 0.
  const fromUs = trace.length > 0 ? Math.min(0, entryAt(trace, 1).atUs) : 0;
  const medianUs = medianDelayUs(trace);
  if (before && before.value.fromUs === fromUs && before.value.builder.medianUs === medianUs) {
    const {builder, checkpoints} = before.value;
    // New packets of a capture may belong to the last instant that was laid out, so the layout returns to a checkpoint before it.
    checkpoints.length = bisect(
      checkpoints.length,
      (at) => (checkpoints[at]?.event ?? 0) >= before.unchanged,
    );
    const last = checkpoints.at(-1);
    if (last) {
      builder.rewind(last);
      addBehind(before.value, trace, last.event);
      return before.value;
    }
  }
  const fresh = {builder: new Builder(medianUs, fromUs), fromUs, checkpoints: []};
  addBehind(fresh, trace, 0);
  return fresh;
};

const grownLayout = grownPer(layout);

export const pacing = (trace: Trace): Pacing => {
  const {builder} = trace.growth ? grownLayout(trace) : layout(trace);
  // The first moment of a run without packets comes `leadMs` after the opening.
  builder.lead(1);
  const {table, gaps, marks, changes, stops, moment} = builder;
  return {
    ...(trace.growth && {growth: trace.growth}),
    durationMs: at(table.viewMs, moment),
    moments: moment + 1,
    ...table.columns,
    stops: stops.shared,
    gaps: gaps.shared,
    marks: {state: marks.state.shared, lost: marks.lost.shared, again: marks.again.shared},
    changes: changes.shared,
  };
};
