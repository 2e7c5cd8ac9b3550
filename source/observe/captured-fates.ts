// The fates of a capture's packets, by their numbers.

import type {DeducedFate} from '../sim/trace.ts';
import {bisect} from '../wire/growing-list.ts';
import type {Change} from './capture-timeline.ts';
import type {Place} from './captured-place.ts';
import {type FateColumns, meaningOf, Verdict} from './fate-columns.ts';

/** Packets behind one that did not come: further ones are not looked at. */
const mostSearched = 4000;

const lostOnTheWay: readonly Verdict[] = [Verdict.presumedLost, Verdict.lost];

type Seen = Pick<Place, 'frame' | 'to' | 'forMany' | 'side'>;

/** `packets` rise. */
const firstBehind = (packets: readonly number[], packet: number): number =>
  bisect(packets.length, (index) => (packets[index] ?? 0) > packet);

export class CapturedFates {
  readonly #columns: FateColumns;
  readonly #places: readonly Seen[];
  /** On which the capture was taken; undefined: nobody can tell. */
  host: string | undefined;

  constructor(columns: FateColumns, places: readonly Seen[]) {
    this.#columns = columns;
    this.#places = places;
  }

  verdict(packet: number): Verdict {
    const place = this.#places[packet - 1];
    if (place === undefined || place.forMany) return Verdict.unknown;
    const verdict = this.#columns.verdict(place.frame);
    // It came as far as its host: whether that lost it, or threw it away unread, no frame tells.
    const isHere = place.to === this.host && lostOnTheWay.includes(verdict);
    return isHere ? Verdict.unknown : verdict;
  }

  of(packet: number): DeducedFate {
    return {...meaningOf(this.verdict(packet)), shownBy: this.#shownBy(packet)};
  }

  /** The packet that answers it, or shows in another way what became of it; 0: none. */
  answerTo(packet: number): number {
    return this.#shownBy(packet)[0] ?? 0;
  }

  /** Packets; empty where what shows it is not among them. */
  #shownBy(packet: number): readonly number[] {
    const frames = this.#columns.shownBy(this.#places[packet - 1]?.frame ?? 0);
    return frames.length === 0 ? frames : frames.flatMap((frame) => this.packetOf(frame) ?? []);
  }

  /** undefined: the frame is not among them. */
  packetOf(frame: number): number | undefined {
    const places = this.#places;
    // Mostly all frames are.
    if (places[frame - 1]?.frame === frame) return frame;
    const at = bisect(places.length, (index) => (places[index]?.frame ?? 0) >= frame);
    return places[at]?.frame === frame ? at + 1 : undefined;
  }

  /**
   * What a packet tells of its receiver shows with the next one of its sender that came, where it did not come itself.
   * `packets`: those of the connection of which `changes` tell.
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
