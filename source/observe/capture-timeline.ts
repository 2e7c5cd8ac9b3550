// The events of a capture in the order of time: each frame leaves one end and reaches the other, and the changes of state that it shows
// happen at one of these two instants.

import type {TcpState} from '../stack/tcp/states.ts';
import {bisect, type GrowingList, items, type SharedList, words} from '../wire/growing-list.ts';

/** A change of a host's state, which is deduced from a packet that leaves or reaches the host. */
export type Change = {
  readonly packet: number;
  readonly arrives: boolean;
  /** The number of the host's end: twice the connection's number, plus one for side 1. */
  readonly end: number;
  readonly connection: number;
  readonly from: TcpState | undefined;
  readonly to: TcpState;
};

/** An event by its number: one end of a packet's way, or the change of state that happens there. */
export type Happened = {
  readonly packet: number;
  readonly arrives: boolean;
  /** The number of the event at which the packet itself leaves or ends. */
  readonly event: number;
  /** The change of state if the event is one; otherwise undefined. */
  readonly change: Change | undefined;
};

const slotOf = (packet: number, arrives: boolean): number => 2 * (packet - 1) + (arrives ? 1 : 0);

/** Returns the time at which a packet leaves (slot `2 * (packet - 1)`) or ends (the next slot; NaN if its end is not told). */
type SlotUs = (slot: number) => number;

type Placed = ReadonlyMap<number, Change>;

/** The order of events as one look finds it; later looks don't change it. */
export class CaptureTimeline {
  /** The number of events. */
  readonly length: number;
  /** The slots by the number of the event; the first one has index 0. */
  readonly #slots: SharedList<number>;
  /** The number of each slot's own event, by slot; 0 if it has none. */
  readonly #events: SharedList<number>;
  /** The numbers of the events that are changes, in rising order, and those changes. */
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

  /** Returns the number of the event with which a packet leaves. */
  leaving(packet: number): number {
    return this.#events.at(slotOf(packet, false)) ?? 0;
  }

  /** Returns the number of the event with which a packet arrives; undefined if it arrives at no single place. */
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

/** Returns the first index at which `rising` has reached `n`. */
const firstFrom = (rising: SharedList<number> | GrowingList<number>, n: number): number =>
  bisect(rising.length, (index) => !((rising.at(index) ?? 0) < n));

/** The changes since the previous look. */
export type News = {
  /** The number of packets by now. */
  readonly packets: number;
  /** The older packets whose times have changed. */
  readonly moved: ReadonlySet<number>;
  /** The time in µs before which nothing has changed. */
  readonly sinceUs: number;
  /** The changes of each connection that has something new, in the order in which they were deduced. */
  readonly changes: ReadonlyMap<number, readonly Change[]>;
};

/** The order of events in a capture that is still being written: settled events stay, and new ones are added after them. */
export class GrowingTimeline {
  readonly #slotUs: SlotUs;
  readonly #slots = words();
  readonly #events = words();
  readonly #changed = words();
  readonly #changes = items<Change>();
  /** The changes by connection, and all changes by slot. */
  readonly #placed = new Map<number, Placed>();
  readonly #bySlot = new Map<number, Change>();
  #packets = 0;

  constructor(slotUs: SlotUs) {
    this.#slotUs = slotUs;
  }

  /** Returns the order of events by now. */
  get timeline(): CaptureTimeline {
    return new CaptureTimeline(
      this.#slots.shared,
      this.#events.shared,
      this.#changed.shared,
      this.#changes.shared,
    );
  }

  /** Adds what is new; returns how many of the first events have not changed. */
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

  /** Tells whether a slot comes after another one. Of two slots at the same time, the one with the lower number comes first. */
  #isBehind(slot: number, before: number): boolean {
    const [us, beforeUs] = [this.#slotUs(slot), this.#slotUs(before)];
    return us > beforeUs || (us === beforeUs && slot > before);
  }

  /**
   * Places the changes of a connection so that each end goes through its states in the order in which they were deduced. When flights
   * cross, the estimated times would have an end react before it got what was captured earlier; then both changes show at the later
   * instant, as one.
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

  /** Places the changes of a connection; returns the time in µs from which on they differ from before. */
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

  /** Returns how many events were before that time. Events without a time (NaN) do not count as before it. */
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
