// The fates of a capture's packets (arrived, lost, unknown) by packet number.

import type {DeducedFate} from '../sim/trace.ts';
import {bisect} from '../wire/growing-list.ts';
import type {Change} from './capture-timeline.ts';
import type {Place} from './captured-place.ts';
import {type FateColumns, meaningOf, Verdict} from './fate-columns.ts';

/** The most packets after one that did not arrive among which a later one of the same sender that arrived is searched. */
const mostSearched = 4000;

const lostOnTheWay: readonly Verdict[] = [Verdict.presumedLost, Verdict.lost];

type Seen = Pick<Place, 'frame' | 'to' | 'forMany' | 'side'>;

/** Returns the index of the first packet after `packet` in `packets`, which are in rising order. */
const firstBehind = (packets: readonly number[], packet: number): number =>
  bisect(packets.length, (index) => (packets[index] ?? 0) > packet);

export class CapturedFates {
  readonly #columns: FateColumns;
  readonly #places: readonly Seen[];
  /** The host on which the capture was taken; undefined if nobody can tell. */
  host: string | undefined;

  constructor(columns: FateColumns, places: readonly Seen[]) {
    this.#columns = columns;
    this.#places = places;
  }

  verdict(packet: number): Verdict {
    const place = this.#places[packet - 1];
    if (place === undefined || place.forMany) return Verdict.unknown;
    const verdict = this.#columns.verdict(place.frame);
    // A packet that was captured on its receiver was not lost before; no frame tells whether that host discarded it unread.
    const isHere = place.to === this.host && lostOnTheWay.includes(verdict);
    return isHere ? Verdict.unknown : verdict;
  }

  of(packet: number): DeducedFate {
    return {...meaningOf(this.verdict(packet)), shownBy: this.#shownBy(packet)};
  }

  /** Returns the captured packet that answers this packet or shows its fate in another way; 0 if there is none. */
  answerTo(packet: number): number {
    return this.#shownBy(packet)[0] ?? 0;
  }

  /** Returns the packets that show a packet's fate; empty if there are none, or if their frames were not collected. */
  #shownBy(packet: number): readonly number[] {
    const frames = this.#columns.shownBy(this.#places[packet - 1]?.frame ?? 0);
    return frames.length === 0 ? frames : frames.flatMap((frame) => this.packetOf(frame) ?? []);
  }

  /** Returns the packet number of a captured frame; undefined if that frame was not collected. */
  packetOf(frame: number): number | undefined {
    const places = this.#places;
    // If all frames of the capture were collected, packet and frame numbers are equal.
    if (places[frame - 1]?.frame === frame) return frame;
    const at = bisect(places.length, (index) => (places[index]?.frame ?? 0) >= frame);
    return places[at]?.frame === frame ? at + 1 : undefined;
  }

  /**
   * Returns `changes`, the state changes of a connection: one of the receiver at a packet that did not arrive moves to the sender's next
   * packet that did, or is dropped if there is none. `packets` are those of the connection.
   */
  movedOn(changes: readonly Change[], packets: readonly number[]): readonly Change[] {
    return changes.flatMap((change) => {
      if (!change.arrives || this.#hasCome(change.packet)) return [change];
      const packet = this.#nextToCome(change.packet, packets);
      return packet === undefined ? [] : [{...change, packet}];
    });
  }

  #hasCome(packet: number): boolean {
    return meaningOf(this.verdict(packet)).what === 'delivered';
  }

  #nextToCome(packet: number, packets: readonly number[]): number | undefined {
    const side = this.#places[packet - 1]?.side;
    for (let at = firstBehind(packets, packet); at < packets.length; at++) {
      const next = packets[at] ?? 0;
      if (next > packet + mostSearched) return undefined;
      if (this.#places[next - 1]?.side === side && this.#hasCome(next)) return next;
    }
    return undefined;
  }
}
