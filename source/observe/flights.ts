// Estimates when each packet of a capture left and arrived, from the time when it was captured, the distances of the ends and its fate. If
// the capture is still being written, times are kept, and estimated again where more is known by now.

import {floats, octets, type SharedList, words} from '../wire/growing-list.ts';
import {mostWorkUs} from './bounds.ts';
import type {CapturedFates} from './captured-fates.ts';
import type {Place} from './captured-place.ts';
import {meaningOf} from './fate-columns.ts';
import type {ObservedConnection} from './observed-connection.ts';
import {type Bearing, bearingOf, Vantage} from './vantage.ts';

/** Tells which of a packet's two times are guesses, one bit each; `untimed` means that nothing tells when the packet was at the far end. */
export const Guess = {departure: 1, arrival: 2, untimed: 4} as const;

/** The times of the packets of a capture; the first packet has index 0. */
export type Flights = {
  /** The time in µs, counted from the first frame, at which each packet left; below 0 for what had left when the capture began. */
  readonly departUs: SharedList<number>;
  /** The time in µs at which each packet arrives, or would have; NaN for a packet to many receivers, which arrives at no one time. */
  readonly arriveUs: SharedList<number>;
  /** The time in µs at which each packet arrived or was lost; NaN if its fate is unknown. */
  readonly endUs: SharedList<number>;
  /** The bits of `Guess` for each captured packet. */
  readonly guesses: SharedList<number>;
};

type Seen = Pick<
  Place,
  'frame' | 'atUs' | 'from' | 'to' | 'connection' | 'side' | 'isIp' | 'forMany' | 'conversation'
>;

/** The changes to the times of known packets since the previous look at a growing capture. */
export type Moved = {
  /** The packets known before whose times changed, or whose fate changed to or from lost. */
  readonly packets: ReadonlySet<number>;
  /** The earliest of those packets' times, before and after the change, and of all times of new packets, in µs. */
  readonly sinceUs: number;
};

const addressesOf = ({ends: [a, b]}: ObservedConnection) => [a.address, b.address] as const;

/**
 * Returns the distances of a connection's ends from the capture point; undefined if both ends are on one machine or too little was
 * measured.
 */
const bearingIn = (connection: ObservedConnection): Bearing | undefined => {
  const [a, b] = addressesOf(connection);
  return a === b ? undefined : bearingOf(connection.flightTimes.rounds);
};

const isSame = (a: Bearing | undefined, b: Bearing | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    ([0, 1] as const).every(
      (end) => a.distanceUs[end] === b.distanceUs[end] && a.exact[end] === b.exact[end],
    ));

const everything = -1;

export class GrowingFlights {
  readonly #places: readonly Seen[];
  readonly #vantage = new Vantage();
  readonly #bearings = new Map<ObservedConnection, Bearing>();
  /** The hosts whose answers pass the capture point within `mostWorkUs`, so that no link lies between. */
  readonly #prompt = new Set<string>();
  /** The packets of each conversation of the capture, in rising order; key 0 is for packets that belong to none. */
  readonly #packets = new Map<number, number[]>();
  /** The conversations without distances of their own, which use those of another between the same hosts, by pair of hosts. */
  readonly #borrowers = new Map<string, Set<number>>();
  readonly #departUs = floats();
  readonly #arriveUs = floats();
  readonly #endUs = floats();
  readonly #guesses = octets();
  /** 1 for each captured packet that was lost, otherwise 0. */
  readonly #lost = octets();
  /** The packet that answers each captured packet or shows its fate in another way; 0 if there is none. */
  readonly #answers = words();
  #count = 0;

  constructor(places: readonly Seen[]) {
    this.#places = places;
  }

  /** The host on which the capture was taken; undefined if that cannot be told. */
  get host(): string | undefined {
    return this.#vantage.host;
  }

  /** The host on which the capture was taken, if its answers are so quick that no link lies between; otherwise undefined. */
  get #here(): string | undefined {
    const {host} = this;
    return host !== undefined && this.#prompt.has(host) ? host : undefined;
  }

  /** Returns the captured packets of a conversation, in rising order. */
  packetsOf(conversation: number): readonly number[] {
    return this.#packets.get(conversation) ?? [];
  }

  /** The times of all packets by now; later looks don't change what this returns. */
  get flights(): Flights {
    return {
      departUs: this.#departUs.shared,
      arriveUs: this.#arriveUs.shared,
      endUs: this.#endUs.shared,
      guesses: this.#guesses.shared,
    };
  }

  /** Returns the time in µs at which a captured packet leaves (slot `2 * (packet - 1)`), or arrives or is lost (the next slot). */
  slotUs(slot: number): number {
    return (slot % 2 === 0 ? this.#departUs : this.#endUs).at(slot >> 1) ?? 0;
  }

  /**
   * Adds the frames that are new, and estimates times again where distances or fates have changed; returns the changes. `judged` are older
   * packets whose fate has changed.
   */
  grow(fates: CapturedFates, judged: readonly number[]): Moved {
    const [first, count] = [this.#count + 1, this.#places.length];
    const again = this.#heard(first, count);
    fates.host = this.#here;
    for (const packet of judged)
      if (this.#isOtherwise(fates, packet, first)) again.add(this.#conversation(packet));
    const anew = this.#packetsIn(again, first);
    const old = [...new Set([...anew, ...judged])];
    const before = old.map((packet) => this.#timesOf(packet));
    for (const packet of anew) this.#place(packet);
    for (let packet = first; packet <= count; packet++) this.#place(packet);
    this.#count = count;
    for (const packet of old) this.#answer(fates, packet);
    for (let packet = first; packet <= count; packet++) this.#answer(fates, packet);
    let sinceUs = Number.POSITIVE_INFINITY;
    const note = (times: readonly number[]): void => {
      for (const us of times.slice(0, 3)) if (us < sinceUs) sinceUs = us;
    };
    const packets = new Set<number>();
    for (const [index, packet] of old.entries()) {
      this.#end(fates, packet);
      const [was = [], is] = [before[index], this.#timesOf(packet)];
      if (is.every((each, at) => Object.is(each, was[at]))) continue;
      packets.add(packet);
      note(was);
      note(is);
    }
    for (let packet = first; packet <= count; packet++) {
      this.#end(fates, packet);
      note(this.#timesOf(packet));
    }
    return {packets, sinceUs};
  }

  /** Returns a captured packet's times of departure, arrival and end, and 1 if it was lost. */
  #timesOf(packet: number): readonly number[] {
    const at = packet - 1;
    const columns = [this.#departUs, this.#arriveUs, this.#endUs, this.#lost];
    return columns.map((column) => column.at(at) ?? 0);
  }

  #conversation(packet: number): number {
    return this.#places[packet - 1]?.conversation ?? 0;
  }

  /** Files the new packets under their conversations; returns the conversations whose distances have changed, or `everything`. */
  #heard(first: number, count: number): Set<number> {
    const {host} = this;
    const here = this.#here;
    const touched = new Set<ObservedConnection>();
    for (let packet = first; packet <= count; packet++) {
      const {conversation = 0, connection} = this.#places[packet - 1] ?? {};
      const own = this.#packets.get(conversation);
      if (own) own.push(packet);
      else this.#packets.set(conversation, [packet]);
      if (connection) touched.add(connection);
    }
    const again = new Set<number>();
    for (const connection of touched) this.#bear(connection, again);
    if (this.host !== host || this.#here !== here) again.add(everything);
    return again;
  }

  #bear(connection: ObservedConnection, again: Set<number>): void {
    for (const end of [0, 1] as const)
      if ((connection.flightTimes.rounds[end] ?? Infinity) < mostWorkUs)
        this.#prompt.add(connection.ends[end].address);
    const bearing = bearingIn(connection);
    if (isSame(bearing, this.#bearings.get(connection))) return;
    const ends = addressesOf(connection);
    const before = this.#vantage.between(ends);
    if (bearing) this.#bearings.set(connection, bearing);
    else this.#bearings.delete(connection);
    this.#vantage.hear(connection.id, ends, bearing);
    again.add(connection.id);
    if (isSame(before, this.#vantage.between(ends))) return;
    for (const key of [`${ends[0]} ${ends[1]}`, `${ends[1]} ${ends[0]}`])
      for (const conversation of this.#borrowers.get(key) ?? []) again.add(conversation);
  }

  #packetsIn(conversations: ReadonlySet<number>, first: number): number[] {
    const all = conversations.has(everything) ? this.#packets.keys() : conversations;
    const packets = [...all].flatMap((each) => this.packetsOf(each).filter((packet) => packet < first));
    return packets.sort((a, b) => a - b);
  }

  /** Returns the distances of a packet's sender and receiver from the capture point; undefined if they are not known. */
  #bearingFor({connection, side, from, to, isIp, forMany, conversation}: Seen): Bearing | undefined {
    if (!isIp || forMany) return undefined;
    const own = connection && this.#bearings.get(connection);
    if (!own) {
      const key = `${from} ${to}`;
      const borrowers = this.#borrowers.get(key) ?? new Set();
      this.#borrowers.set(key, borrowers.add(conversation));
      return this.#vantage.between([from, to]);
    }
    const {distanceUs, exact} = this.#vantage.sharpened(addressesOf(connection), own);
    return side === 0
      ? {distanceUs, exact}
      : {distanceUs: [distanceUs[1], distanceUs[0]], exact: [exact[1], exact[0]]};
  }

  /** Estimates when a captured packet left and arrived by the distances of its ends alone. */
  #place(packet: number): void {
    const at = packet - 1;
    const seen = this.#places[at];
    if (!seen) return;
    const bearing = this.#bearingFor(seen);
    if (!bearing) {
      // If no distances are known, the packet gets the time of its capture at both ends, and is marked as untimed.
      this.#departUs.set(at, seen.atUs);
      this.#arriveUs.set(at, seen.forMany ? Number.NaN : seen.atUs);
      this.#guesses.set(at, Guess.untimed | (seen.to === this.host ? Guess.departure : Guess.arrival));
      return;
    }
    const {distanceUs, exact} = bearing;
    this.#departUs.set(at, seen.atUs - distanceUs[0]);
    this.#arriveUs.set(at, seen.atUs + distanceUs[1]);
    this.#guesses.set(at, (exact[0] ? 0 : Guess.departure) | (exact[1] ? 0 : Guess.arrival));
  }

  /** Tells whether the packet that answers has changed among known packets, so that the conversation's times have to be estimated again. */
  #isOtherwise(fates: CapturedFates, packet: number, first: number): boolean {
    const [before, now] = [this.#answers.at(packet - 1) ?? 0, this.#answerTo(fates, packet)];
    return now !== before && (before !== 0 || now < first);
  }

  /**
   * Returns the packet that answers a captured packet; 0 if there is none, or for a frame without IP, because no times are estimated for
   * it.
   */
  #answerTo(fates: CapturedFates, packet: number): number {
    return this.#places[packet - 1]?.isIp ? fates.answerTo(packet) : 0;
  }

  /** Corrects the estimates if an answer would leave before the packet that it answers arrives: both get the same time between the two. */
  #answer(fates: CapturedFates, packet: number): void {
    const at = packet - 1;
    const answer = this.#answerTo(fates, packet);
    this.#answers.set(at, answer);
    const arrives = this.#arriveUs.at(at) ?? 0;
    const departs = this.#departUs.at(answer - 1) ?? arrives;
    if (answer === 0 || !(departs < arrives)) return;
    const metUs = Math.max(this.#places[at]?.atUs ?? 0, departs);
    this.#arriveUs.set(at, metUs);
    this.#departUs.set(answer - 1, metUs);
  }

  /**
   * Sets when the packet's way ends: its arrival, for a lost packet half way between capture point and arrival, NaN if its fate is unknown.
   */
  #end(fates: CapturedFates, packet: number): void {
    const at = packet - 1;
    const {what} = meaningOf(fates.verdict(packet));
    const us = this.#arriveUs.at(at) ?? 0;
    const isLost = what === 'lost';
    const diedUs = Math.floor((us + (this.#places[at]?.atUs ?? us)) / 2);
    this.#lost.set(at, isLost ? 1 : 0);
    this.#endUs.set(at, what === 'unknown' ? Number.NaN : isLost ? diedUs : us);
  }
}
