// Lays a run out in viewing time by the numbers of screens.md §3: one pass over its events, a few numbers a moment.
import {entriesBetween, entryAt} from '../../account/entries.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import type {Gap, Mark, Pacing, StateChange} from './pace.ts';

const leadMs = 300;
const flightMedianMs = 900;
const flightLeastMs = 400;
const flightMostMs = 1600;
const consequenceMs = 250;
/** Between instants of the same simulated time that do not follow from each other. */
const sameTimeMs = 40;
const gapLeastUs = 300_000;
const gapRoundTrips = 3;
/** Idle time that is no gap never takes longer than the shortest gap would. */
const idleMostMs = 700;
/** Where a run has no flight to measure (a capture seen from one end). */
const defaultDelayUs = 50_000;

/** ms of viewing time for a flight of `delayUs` in a run with that median delay. */
export const flightViewMs = (delayUs: number, medianUs: number): number =>
  Math.min(flightMostMs, Math.max(flightLeastMs, flightMedianMs * Math.sqrt(delayUs / medianUs)));

export const gapViewMs = (gapUs: number, rttUs: number): number => {
  let doublings = 0;
  for (let bound = rttUs * 2; bound <= gapUs && doublings < 8; bound *= 2) doublings++;
  return Math.min(2000, 500 + 200 * doublings);
};

/** A long run is measured by its first packets: each pass over a run simulates it again. */
const delaysMeasured = 1000;

const medianDelayUs = (trace: Trace): number => {
  const delays: number[] = [];
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind !== 'send' || event.packet <= 0 || event.lost || event.dueUs <= event.atUs) continue;
    if (delays.push(event.dueUs - event.atUs) >= delaysMeasured) break;
  }
  delays.sort((a, b) => a - b);
  return delays[delays.length >> 1] ?? defaultDelayUs;
};

const columns = ['viewMs', 'atUs', 'scaleMs', 'event', 'sent', 'flightMs'] as const;
type Column = (typeof columns)[number];

class Builder {
  readonly table: {readonly [column in Column]: number[]} = {
    viewMs: [0],
    atUs: [0],
    scaleMs: [0],
    event: [0],
    sent: [0],
    flightMs: [0],
  };
  readonly stops: number[] = [];
  readonly gaps: Gap[] = [];
  readonly marks: Mark[] = [];
  readonly changes: StateChange[] = [];
  readonly medianUs: number;
  #sent = 0;
  /** Packets that have left before one with a lower number. */
  readonly #early = new Set<number>();
  /** Delay of what is in the air, by packet and hop, and the order in which it left. */
  readonly #inAir = new Map<string, number>();
  #departures: string[] = [];
  /** Holds since time last moved on noticeably: each is half as long as the one before. */
  #crowd = 0;

  /** `fromUs`: when the run begins. */
  constructor(medianUs: number, fromUs: number) {
    this.medianUs = medianUs;
    this.table.atUs[0] = fromUs;
  }

  get moment(): number {
    return this.table.viewMs.length - 1;
  }

  /** The newest flight sets the pace; undefined: nothing flies. */
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

  /** What became visible up to `event`; `holdMs` if no simulated time has passed. */
  add(event: TraceEvent, holdMs: number): void {
    const {table, moment} = this;
    const beforeUs = table.atUs[moment] ?? 0;
    const elapsedUs = Math.max(0, event.atUs - beforeUs);
    if (elapsedUs * 10 >= this.medianUs) this.#crowd = 0;
    const idle = this.#paceUs() === undefined;
    const waitMs =
      elapsedUs > 0 ? this.#waitMs(elapsedUs) : Math.max(1, holdMs >> Math.min(9, this.#crowd++));
    if (elapsedUs > 0 && idle && elapsedUs > this.medianUs * 2 * gapRoundTrips && elapsedUs > gapLeastUs)
      this.gaps.push({fromUs: beforeUs, toUs: event.atUs, moment});
    table.viewMs.push((table.viewMs[moment] ?? 0) + waitMs);
    table.scaleMs.push((table.scaleMs[moment] ?? 0) + (elapsedUs > 0 ? waitMs : 0));
    table.atUs.push(event.atUs);
    table.event.push(event.n);
    table.sent.push(this.#sent);
    table.flightMs.push(0);
  }

  /** Departures and landings of an instant, before its moment is added (`end`) and after (`start`). */
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

  /** Packets are counted in their order: in a capture an estimate may have a later one leave first. */
  #leave(packet: number): void {
    if (packet > this.#sent) this.#early.add(packet);
    while (this.#early.delete(this.#sent + 1)) this.#sent += 1;
  }

  closeMoment(): void {
    const delay = this.#paceUs();
    this.table.flightMs[this.moment] = delay === undefined ? 0 : flightViewMs(delay, this.medianUs);
    this.table.sent[this.moment] = this.#sent;
  }
}

const isWay = (event: TraceEvent): boolean =>
  event.kind === 'send' || event.kind === 'arrive' || event.kind === 'drop';

/** A crash takes the record along, whatever state it was in. */
const stateLeftBy = ({changes}: Builder, event: TraceEvent): TcpState | undefined => {
  if (event.kind === 'state') return event.to;
  if (event.kind !== 'call' || event.call !== 'crash') return undefined;
  const last = changes.findLast(({host}) => host === event.host);
  return last === undefined || last.state === 'CLOSED' ? undefined : 'CLOSED';
};

const noteMarks = (builder: Builder, instant: readonly TraceEvent[]): void => {
  const {moment} = builder;
  const quiet = !instant.some(isWay);
  for (const event of instant) {
    if (event.kind === 'drop' && event.reason !== 'discarded') builder.marks.push({kind: 'lost', moment});
    if (event.kind === 'send' && event.retransmission) builder.marks.push({kind: 'again', moment});
    const state = stateLeftBy(builder, event);
    if (state === undefined) continue;
    builder.marks.push({kind: 'state', moment});
    const {connection = ''} = event;
    builder.changes.push({host: event.host, connection, state, event: event.n, moment, quiet});
  }
};

/** What is meant for many has no way that is seen: nothing is in the air after it. */
const departs = (event: TraceEvent): boolean => event.kind === 'send' && event.packet > 0 && !event.forMany;

/** An arrival and what it causes are two moments; everything else is one. Steps end where nothing has just departed. */
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

/** Moves everything so that the first packet leaves `leadMs` after the opening. */
const shiftToLead = (viewMs: number[], sent: readonly number[]): void => {
  const firstSend = Math.max(
    1,
    sent.findIndex((count) => count > 0),
  );
  const shift = Math.max(0, leadMs - (viewMs[firstSend] ?? 0));
  for (let index = 1; index < viewMs.length; index++) viewMs[index] = (viewMs[index] ?? 0) + shift;
};

export const pacing = (trace: Trace): Pacing => {
  // What a capture shows may have left before its first frame was captured, which is its 0.
  const beginUs = trace.length > 0 ? Math.min(0, entryAt(trace, 1).atUs) : 0;
  const builder = new Builder(medianDelayUs(trace), beginUs);
  let instant: TraceEvent[] = [];
  for (const event of entriesBetween(trace, 1)) {
    if (instant[0] && instant[0].instant !== event.instant) {
      addInstant(builder, instant);
      instant = [];
    }
    instant.push(event);
  }
  addInstant(builder, instant);
  const {table, stops, gaps, marks, changes} = builder;
  shiftToLead(table.viewMs, table.sent);
  const {moment} = builder;
  if (stops[stops.length - 1] !== moment && moment > 0) stops.push(moment);
  return {
    durationMs: table.viewMs[moment] ?? 0,
    moments: moment + 1,
    viewMs: Float64Array.from(table.viewMs),
    atUs: Float64Array.from(table.atUs),
    scaleMs: Float64Array.from(table.scaleMs),
    event: Uint32Array.from(table.event),
    sent: Uint32Array.from(table.sent),
    flightMs: Float64Array.from(table.flightMs),
    stops: Uint32Array.from(stops),
    gaps,
    marks,
    changes,
  };
};
