// Orders the events of a capture by time: each frame leaves one end and reaches the other, and the TCP state changes that it shows happen
// at one of these two instants.

import type {TcpState} from '../stack/tcp/states.ts';
import {bisect, type GrowingList, items, type SharedList, words} from '../wire/growing-list.ts';

/** A change of a host's TCP state that is deduced from a packet which leaves or reaches the host. */
export type Change = {
  readonly packet: number;
  readonly arrives: boolean;
  /** The number of the host's end: twice the connection's number, plus one for side 1. */
  readonly end: number;
  readonly connection: number;
  readonly from: TcpState | undefined;
  readonly to: TcpState;
};

/** Describes event number n of a capture: a packet leaves, arrives or is lost, or a state changes at that instant. */
export type Happened = {
  readonly packet: number;
  readonly arrives: boolean;
  /** The number of the event at which the packet itself leaves, arrives or is lost. */
  readonly event: number;
  /** The change of TCP state if the event is one; otherwise undefined. */
  readonly change: Change | undefined;
};

const slotOf = (packet: number, arrives: boolean): number => 2 * (packet - 1) + (arrives ? 1 : 0);

/**
 * Returns the time in µs at which a packet leaves (slot `2 * (packet - 1)`), or arrives or is lost (the next slot; NaN if that is not
 * known).
 */
type SlotUs = (slot: number) => number;

type Placed = ReadonlyMap<number, Change>;

/** The order of all events of a capture as one look found it; later looks don't change it. */
export class CaptureTimeline {
  /** The number of events in the capture so far. */
  readonly length: number;
  /** The slot of each event: event n is at index n − 1. Slots are even where a packet leaves, odd where it arrives or is lost. */
  readonly #slots: SharedList<number>;
  /** The number of the event at which each slot's packet leaves, arrives or is lost; 0 if there is none. */
  readonly #events: SharedList<number>;
  /** The numbers of the events that are state changes, in rising order, and in the next list those changes. */
  readonly #changed: SharedList<number>;
  readonly #changes: SharedList<Change>;

  constructor(
    slots: SharedList<number>,
    events: SharedList<number>,
    changed: SharedList<number>,
    changes: SharedList<Change>,
  ) {
    this.length = slots.length;
    this.#slots = slots;
    this.#events = events;
    this.#changed = changed;
    this.#changes = changes;
  }

  /** Returns the number of the event with which a captured packet leaves. */
  leaving(packet: number): number {
    return this.#events.at(slotOf(packet, false)) ?? 0;
  }

  /**
   * Returns the number of the event with which a captured packet arrives or is lost; undefined if its fate is unknown, as that of a
   * broadcast.
   */
  arriving(packet: number): number | undefined {
    return this.#events.at(slotOf(packet, true)) || undefined;
  }

  at(n: number): Happened {
    const slot = this.#slots.at(n - 1);
    if (slot === undefined) throw new RangeError(`no event ${n}: there are ${this.length}`);
    const event = this.#events.at(slot) ?? 0;
    const change = n === event ? undefined : this.#changes.at(firstFrom(this.#changed, n));
    return {packet: (slot >> 1) + 1, arrives: slot % 2 === 1, event, change};
  }
}

/** Returns the first index at which the rising list `rising` has a value of `n` or more. */
const firstFrom = (rising: SharedList<number> | GrowingList<number>, n: number): number =>
  bisect(rising.length, (index) => !((rising.at(index) ?? 0) < n));

/** The changes in a capture since the previous look. */
export type News = {
  /** The number of packets in the capture by now. */
  readonly packets: number;
  /** The packets known at the previous look whose times have changed since. */
  readonly moved: ReadonlySet<number>;
  /** The time in µs before which no packet's times have changed. */
  readonly sinceUs: number;
  /** All deduced state changes of each connection that has something new, in the order in which they were deduced. */
  readonly changes: ReadonlyMap<number, readonly Change[]>;
};

/**
 * Orders the events of a capture that is still being written: events before all changes keep their numbers, and the others are ordered
 * anew.
 */
export class GrowingTimeline {
  readonly #slotUs: SlotUs;
  readonly #slots = words();
  readonly #events = words();
  readonly #changed = words();
  readonly #changes = items<Change>();
  /** The state changes of each connection by slot, and in the next map those of all connections. */
  readonly #placed = new Map<number, Placed>();
  readonly #bySlot = new Map<number, Change>();
  #packets = 0;

  constructor(slotUs: SlotUs) {
    this.#slotUs = slotUs;
  }

  /** Returns the order of events by now, which later growth does not change. */
  get timeline(): CaptureTimeline {
    return new CaptureTimeline(
      this.#slots.shared,
      this.#events.shared,
      this.#changed.shared,
      this.#changes.shared,
    );
  }

  /** Adds what is new in the capture; returns how many of the first events have not changed. */
  grow({packets, moved, sinceUs, changes}: News): number {
    let settledUs = sinceUs;
    for (const [connection, own] of changes) settledUs = Math.min(settledUs, this.#deduce(connection, own));
    const kept = this.#countBefore(settledUs);
    const tail = this.#tail(kept, moved);
    for (let packet = this.#packets + 1; packet <= packets; packet++) this.#add(tail, packet);
    for (const packet of moved) {
      this.#events.set(slotOf(packet, false), 0);
      this.#events.set(slotOf(packet, true), 0);
      this.#add(tail, packet);
    }
    this.#packets = packets;
    this.#write(kept, this.#sorted(tail));
    return kept;
  }

  #add(tail: number[], packet: number): void {
    const end = slotOf(packet, true);
    tail.push(slotOf(packet, false));
    if (!Number.isNaN(this.#slotUs(end))) tail.push(end);
  }

  /** Tells whether one slot comes after another in time; at equal times, the one with the higher number does. */
  #isBehind(slot: number, before: number): boolean {
    const [us, beforeUs] = [this.#slotUs(slot), this.#slotUs(before)];
    return us > beforeUs || (us === beforeUs && slot > before);
  }

  /**
   * Assigns the state changes of a connection to slots, so that each end goes through its states in the deduced order. If the estimated
   * times of crossing packets contradict that order, both changes become one at the later instant.
   */
  #place(changes: readonly Change[]): Placed {
    const placed = new Map<number, Change>();
    const newest = new Map<number, number>();
    for (const change of changes) {
      const slot = slotOf(change.packet, change.arrives);
      const before = newest.get(change.end);
      const earlier = before === undefined ? undefined : placed.get(before);
      if (before !== undefined && earlier && !this.#isBehind(slot, before)) {
        placed.set(before, {...earlier, to: change.to});
        continue;
      }
      placed.set(slot, change);
      newest.set(change.end, slot);
    }
    for (const [slot, {from, to}] of placed) if (from === to) placed.delete(slot);
    return placed;
  }

  /** Assigns the state changes of a connection to slots anew; returns the time in µs from which on they differ from before. */
  #deduce(connection: number, changes: readonly Change[]): number {
    const before = this.#placed.get(connection) ?? new Map<number, Change>();
    const after = this.#place(changes);
    this.#placed.set(connection, after);
    let sinceUs = Number.POSITIVE_INFINITY;
    for (const slot of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(slot), after.get(slot)];
      if (was && is && was.from === is.from && was.to === is.to) continue;
      if (is) this.#bySlot.set(slot, is);
      else this.#bySlot.delete(slot);
      const us = this.#slotUs(slot);
      if (us < sinceUs) sinceUs = us;
    }
    return sinceUs;
  }

  /** Returns how many events were before a time in µs. Events without a time (NaN) do not count as before it. */
  #countBefore(us: number): number {
    return bisect(this.#slots.length, (index) => !(this.#slotUs(this.#slots.at(index) ?? 0) < us));
  }

  /** Returns the slots after the first `kept` events, without those of packets that have moved. */
  #tail(kept: number, moved: ReadonlySet<number>): number[] {
    const tail: number[] = [];
    for (let at = kept; at < this.#slots.length; at++) {
      const slot = this.#slots.at(at) ?? 0;
      if (this.#events.at(slot) === at + 1 && !moved.has((slot >> 1) + 1)) tail.push(slot);
    }
    return tail;
  }

  #sorted(tail: number[]): readonly number[] {
    return tail.sort((a, b) => this.#slotUs(a) - this.#slotUs(b) || a - b);
  }

  #write(kept: number, tail: readonly number[]): void {
    const places = firstFrom(this.#changed, kept + 1);
    this.#changed.cut(places);
    this.#changes.cut(places);
    this.#slots.cut(kept);
    let n = kept;
    for (const slot of tail) {
      this.#slots.set(n++, slot);
      this.#events.set(slot, n);
      const change = this.#bySlot.get(slot);
      if (!change) continue;
      this.#slots.set(n++, slot);
      this.#changed.push(n);
      this.#changes.push(change);
    }
  }
}
