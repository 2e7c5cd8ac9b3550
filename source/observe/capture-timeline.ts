// The events of a capture in the order of time: each frame leaves one end and reaches the other, and what that tells of the
// states of the ends comes with the one or the other.

import type {TcpState} from '../stack/tcp/states.ts';
import {bisect, type GrowingList, items, type SharedList, words} from '../wire/growing-list.ts';

/** What one end of a packet's way tells of the state of the host there. */
export type Change = {
  readonly packet: number;
  readonly arrives: boolean;
  /** Which end of which connection: twice its number, and one more for side 1. */
  readonly end: number;
  readonly connection: number;
  readonly from: TcpState | undefined;
  readonly to: TcpState;
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

/** How things stand: when a packet leaves (`2 * (packet - 1)`) or ends (one more; NaN: nothing is told of it). */
type SlotUs = (slot: number) => number;

type Placed = ReadonlyMap<number, Change>;

/** What one look sees of the order; later looks don't change it. */
export class CaptureTimeline {
  /** Number of events. */
  readonly length: number;
  /** By the number of an event, the first at index 0. */
  readonly #slots: SharedList<number>;
  /** By slot: the number of the event of the way; 0: it has none. */
  readonly #events: SharedList<number>;
  /** Numbers of the events that are changes, rising, and what they are. */
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

  /** The number of the event with which a packet leaves. */
  leaving(packet: number): number {
    return this.#events.at(slotOf(packet, false)) ?? 0;
  }

  /** undefined: it arrives at no one place. */
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

/** The first place at which `rising` has reached `n`. */
const firstFrom = (rising: SharedList<number> | GrowingList<number>, n: number): number =>
  bisect(rising.length, (index) => !((rising.at(index) ?? 0) < n));

/** What is new since the look before. */
export type News = {
  /** How many packets there are by now. */
  readonly packets: number;
  /** Those of before with other times. */
  readonly moved: ReadonlySet<number>;
  /** What happens before that is as it was. */
  readonly sinceUs: number;
  /** By connection of which anything is new: its changes, in the order in which they were deduced. */
  readonly changes: ReadonlyMap<number, readonly Change[]>;
};

/** The order of a capture that is being made: what is settled stays, what is new is put behind it. */
export class GrowingTimeline {
  readonly #slotUs: SlotUs;
  readonly #slots = words();
  readonly #events = words();
  readonly #changed = words();
  readonly #changes = items<Change>();
  /** By connection, and of all. */
  readonly #placed = new Map<number, Placed>();
  readonly #bySlot = new Map<number, Change>();
  #packets = 0;

  constructor(slotUs: SlotUs) {
    this.#slotUs = slotUs;
  }

  /** What it is by now. */
  get timeline(): CaptureTimeline {
    return new CaptureTimeline(
      this.#slots.shared,
      this.#events.shared,
      this.#changed.shared,
      this.#changes.shared,
    );
  }

  /** Returns how many of the first events are as they were. */
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

  /** A slot comes before another one of the same time by its number. */
  #isBehind(slot: number, before: number): boolean {
    const [us, beforeUs] = [this.#slotUs(slot), this.#slotUs(before)];
    return us > beforeUs || (us === beforeUs && slot > before);
  }

  /**
   * Each end goes through its states in the order in which they were deduced. Where flights cross, the estimate has an end do
   * something before it got what was captured earlier: then both show at the later instant, as one change.
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

  /** Places the changes of a connection; returns from when on they are otherwise than before. */
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

  /** How many events were before that; what has no time (NaN) is not before it. */
  #countBefore(us: number): number {
    return bisect(this.#slots.length, (index) => !(this.#slotUs(this.#slots.at(index) ?? 0) < us));
  }

  /** Each way behind those, but for those of packets that have moved. */
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
