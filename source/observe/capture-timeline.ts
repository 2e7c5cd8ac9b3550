// The events of a capture in the order of time: each frame leaves one end and reaches the other, and what that tells of the
// states of the ends comes with the one or the other.
import type {TcpState} from '../stack/tcp/states.ts';

/** What one end of a packet's way tells of the state of the host there. */
export type Change = {
  readonly packet: number;
  readonly arrives: boolean;
  /** Which end of which connection: twice its number, and one more for side 1. */
  readonly end: number;
  readonly connection: number;
  readonly from: TcpState;
  readonly to: TcpState;
};

export type Times = {
  /** By packet, the first at index 0. */
  readonly departUs: Float64Array;
  /** NaN: it arrives at no one place, so that nothing is told of it. */
  readonly arriveUs: Float64Array;
};

/** An event by its number: an end of a packet's way, or the change of state that comes with it. */
export type Happened = {
  readonly packet: number;
  readonly arrives: boolean;
  /** Number of the event of the way itself. */
  readonly event: number;
  /** Present: the event asked for is this change. */
  readonly change: Change | undefined;
};

const slotOf = (packet: number, arrives: boolean): number => 2 * (packet - 1) + (arrives ? 1 : 0);

const orderOf = ({departUs, arriveUs}: Times): Uint32Array => {
  const all = Uint32Array.from({length: 2 * departUs.length}, (_, slot) => slot);
  const order = all.filter((slot) => slot % 2 === 0 || !Number.isNaN(arriveUs[slot >> 1]));
  const timeOf = (slot: number): number => (slot % 2 === 0 ? departUs : arriveUs)[slot >> 1] ?? 0;
  let [sorted, last] = [true, Number.NEGATIVE_INFINITY];
  for (const slot of order) {
    const us = timeOf(slot);
    sorted &&= us >= last;
    last = us;
  }
  return sorted ? order : order.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
};

/**
 * Each end goes through its states in the order in which they were deduced. Where flights cross, the estimate has an end do
 * something before it got what was captured earlier: then both show at the later instant, as one change.
 */
const placedChanges = (changes: Iterable<Change>, rank: Uint32Array): ReadonlyMap<number, Change> => {
  const placed = new Map<number, Change>();
  const newest = new Map<number, number>();
  for (const change of changes) {
    const slot = slotOf(change.packet, change.arrives);
    const before = newest.get(change.end);
    const earlier = before === undefined ? undefined : placed.get(before);
    if (before !== undefined && earlier && (rank[slot] ?? 0) <= (rank[before] ?? 0)) {
      placed.set(before, {...earlier, to: change.to});
      continue;
    }
    placed.set(slot, change);
    newest.set(change.end, slot);
  }
  for (const [slot, {from, to}] of placed) if (from === to) placed.delete(slot);
  return placed;
};

export class CaptureTimeline {
  /** Number of events. */
  readonly length: number;
  /** By the number of an event, the first at index 0. */
  readonly #slots: Uint32Array;
  /** By slot: the number of the event of the way; 0: it has none. */
  readonly #events: Uint32Array;
  readonly #changes: ReadonlyMap<number, Change>;

  constructor(times: Times, changes: Iterable<Change>) {
    const order = orderOf(times);
    const rank = new Uint32Array(2 * times.departUs.length);
    for (const [at, slot] of order.entries()) rank[slot] = at;
    this.#changes = placedChanges(changes, rank);
    this.#slots = new Uint32Array(order.length + this.#changes.size);
    this.#events = rank.fill(0);
    let n = 0;
    for (const slot of order) {
      this.#slots[n++] = slot;
      this.#events[slot] = n;
      if (this.#changes.has(slot)) this.#slots[n++] = slot;
    }
    this.length = n;
  }

  /** The number of the event with which a packet leaves. */
  leaving(packet: number): number {
    return this.#events[slotOf(packet, false)] ?? 0;
  }

  /** undefined: it arrives at no one place. */
  arriving(packet: number): number | undefined {
    return this.#events[slotOf(packet, true)] || undefined;
  }

  at(n: number): Happened {
    const slot = this.#slots[n - 1];
    if (slot === undefined || n > this.length)
      throw new RangeError(`no event ${n}: there are ${this.length}`);
    const event = this.#events[slot] ?? 0;
    const change = n === event ? undefined : this.#changes.get(slot);
    return {packet: (slot >> 1) + 1, arrives: slot % 2 === 1, event, change};
  }
}
