// The fates of a capture's packets, by their numbers, and what follows from them for when things happened: what answers a packet left
// after that had arrived, what was lost died somewhere behind the place where it was seen, and what nobody knows has no end.
import type {DeducedFate} from '../sim/trace.ts';
import type {Change} from './capture-timeline.ts';
import type {Side} from './connections.ts';
import {type FateColumns, meaningOf, Verdict} from './fate-columns.ts';
import type {Flights} from './flights.ts';
import type {ObservedConnection} from './observed-connection.ts';

/** Packets behind one that did not come: further ones are not looked at. */
const mostSearched = 4000;

type Seen = {
  readonly frame: number;
  readonly atUs: number;
  readonly forMany: boolean;
  readonly connection: ObservedConnection | undefined;
  readonly side: Side;
};

export class CapturedFates {
  readonly #columns: FateColumns;
  readonly #places: readonly Seen[];

  constructor(columns: FateColumns, places: readonly Seen[]) {
    this.#columns = columns;
    this.#places = places;
  }

  verdict(packet: number): Verdict {
    const place = this.#places[packet - 1];
    if (place === undefined || place.forMany) return Verdict.unknown;
    return this.#columns.verdict(place.frame);
  }

  of(packet: number): DeducedFate {
    return {...meaningOf(this.verdict(packet)), shownBy: this.#shownBy(packet)};
  }

  /** Packets; empty where what shows it is not among them. */
  #shownBy(packet: number): readonly number[] {
    const frames = this.#columns.shownBy(this.#places[packet - 1]?.frame ?? 0);
    return frames.flatMap((frame) => this.#packetOf(frame) ?? []);
  }

  #packetOf(frame: number): number | undefined {
    const places = this.#places;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.frame ?? 0) < frame) low = middle + 1;
      else high = middle;
    }
    return places[low]?.frame === frame ? low + 1 : undefined;
  }

  /** What a packet tells of its receiver shows with the next one of its sender that came, where it did not come itself. */
  movedOn(changes: readonly Change[]): readonly Change[] {
    return changes.flatMap((change) => {
      if (!change.arrives || this.#hasCome(change.packet)) return [change];
      const packet = this.#nextToCome(change.packet);
      return packet === undefined ? [] : [{...change, packet}];
    });
  }

  #hasCome(packet: number): boolean {
    return meaningOf(this.verdict(packet)).what === 'delivered';
  }

  #nextToCome(packet: number): number | undefined {
    const place = this.#places[packet - 1];
    const last = Math.min(this.#places.length, packet + mostSearched);
    for (let next = packet + 1; next <= last; next++) {
      const {connection, side} = this.#places[next - 1] ?? {};
      if (connection === place?.connection && side === place?.side && this.#hasCome(next)) return next;
    }
    return undefined;
  }

  /** An estimate may have an answer leave before what it answers has come: both then happen between the two. */
  inOrder({departUs, arriveUs, guesses}: Flights): Flights {
    for (const [index, {atUs}] of this.#places.entries()) {
      const [answer] = this.#shownBy(index + 1);
      const arrives = arriveUs[index] ?? 0;
      if (answer === undefined || !((departUs[answer - 1] ?? arrives) < arrives)) continue;
      const metUs = Math.max(atUs, departUs[answer - 1] ?? 0);
      arriveUs[index] = metUs;
      departUs[answer - 1] = metUs;
    }
    return {departUs, arriveUs, guesses};
  }

  /** By packet: when its way ended; NaN: it has no end. */
  ends({arriveUs}: Flights): Float64Array {
    return arriveUs.map((us, index) => {
      const verdict = this.verdict(index + 1);
      if (verdict === Verdict.unknown) return Number.NaN;
      const isLost = verdict === Verdict.lost || verdict === Verdict.presumedLost;
      return isLost ? Math.floor((us + (this.#places[index]?.atUs ?? us)) / 2) : us;
    });
  }
}
