// Works out for each frame of a capture when it left and arrived, its fate, and the order of all events. If the capture is still being
// written, each look continues where the previous one stopped.

import {type Growth, Looks} from '../wire/once-per.ts';
import {type CaptureTimeline, type Change, GrowingTimeline} from './capture-timeline.ts';
import {CapturedFates} from './captured-fates.ts';
import type {Conversation, Place} from './captured-place.ts';
import type {FateColumns} from './fate-columns.ts';
import {type Flights, GrowingFlights} from './flights.ts';

/**
 * The deduced changes of TCP state by connection number, in the order of packets. Of the two ends' changes at one packet, the sender's
 * comes first.
 */
export type Changes = ReadonlyMap<number, readonly Change[]>;

export type Parts = {
  readonly flights: Flights;
  readonly fates: CapturedFates;
  readonly timeline: CaptureTimeline;
  readonly growth: Growth | undefined;
  /** The numbers of TCP connections and of UDP conversations in the capture. */
  readonly conversations: {readonly tcp: number; readonly udp: number};
  /** The host on which the capture was taken; undefined if that cannot be told. */
  readonly host: string | undefined;
};

export class GrowingParts {
  readonly #places: readonly Place[];
  readonly #changes: Changes;
  readonly #flights: GrowingFlights;
  readonly #timeline: GrowingTimeline;
  readonly #looks = new Looks();
  readonly #counts = {tcp: 0, udp: 0};
  readonly #counted = new Set<Conversation>();
  #packets = 0;

  /** `places` and `changes` may grow between two looks. */
  constructor(places: readonly Place[], changes: Changes) {
    this.#places = places;
    this.#changes = changes;
    this.#flights = new GrowingFlights(places);
    this.#timeline = new GrowingTimeline((slot) => this.#flights.slotUs(slot));
  }

  /**
   * Adds the frames that are new in `places` and returns the times, fates and events by now. `judged` are older frames whose fate has
   * changed since the previous look.
   */
  look(columns: FateColumns, judged: readonly number[]): Parts {
    const places = this.#places;
    const fates = new CapturedFates(columns, places);
    const first = this.#packets + 1;
    const known = judged.flatMap((frame) => fates.packetOf(frame) ?? []).filter((packet) => packet < first);
    const {packets: moved, sinceUs} = this.#flights.grow(fates, known);
    this.#packets = places.length;
    const touched = new Set<Conversation>();
    for (const packet of [...known, ...moved]) touched.add(places[packet - 1]?.conversation ?? 0);
    for (let packet = first; packet <= places.length; packet++) this.#count(packet, touched);
    const changes = new Map<number, readonly Change[]>();
    for (const conversation of touched) {
      const own = this.#changes.get(conversation);
      if (own) changes.set(conversation, fates.movedOn(own, this.#flights.packetsOf(conversation)));
    }
    const unchanged = this.#timeline.grow({packets: places.length, moved, sinceUs, changes});
    return {
      flights: this.#flights.flights,
      fates,
      timeline: this.#timeline.timeline,
      growth: this.#looks.next(unchanged),
      conversations: {...this.#counts},
      host: this.#flights.host,
    };
  }

  #count(packet: number, touched: Set<Conversation>): void {
    const conversation = this.#places[packet - 1]?.conversation ?? 0;
    touched.add(conversation);
    if (conversation === 0 || this.#counted.has(conversation)) return;
    this.#counted.add(conversation);
    this.#counts[conversation > 0 ? 'tcp' : 'udp'] += 1;
  }
}
