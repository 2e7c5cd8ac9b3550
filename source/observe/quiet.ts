// The segments of one quiet TCP connection, which wait in the capture's log until somebody asks for their explanation.
import type {Side} from './connections.ts';
import {FlightTimes} from './flight-times.ts';
import type {OpeningOptions, SeenSegment} from './seen-segment.ts';
import {noRow, type SegmentLog} from './segment-log.ts';
import {EchoTimes, Swelling} from './swelling.ts';

/** The options of each end's SYN. */
type Halves = readonly [
  {readonly options: OpeningOptions | undefined},
  {readonly options: OpeningOptions | undefined},
];

export class Quiet {
  readonly #log: SegmentLog;
  readonly #halves: Halves;
  #first = noRow;
  #last = noRow;

  constructor(log: SegmentLog, halves: Halves) {
    this.#log = log;
    this.#halves = halves;
  }

  /** Adds the connection's next segment; returns false if the log is full. */
  add(side: Side, segment: SeenSegment): boolean {
    const row = this.#log.add(this.#last, side, segment);
    if (row === noRow) return false;
    if (this.#first === noRow) this.#first = row;
    this.#last = row;
    return true;
  }

  /** Yields each segment, without its data, and the side that sent it. */
  *all(): Generator<readonly [side: Side, segment: SeenSegment], void> {
    for (let row = this.#first; row !== noRow; row = this.#log.next(row)) {
      const side = this.#log.side(row);
      yield [side, this.#log.segment(row, this.#halves[side].options)];
    }
  }

  /** Gives the segments' places in the log back. */
  release(): void {
    if (this.#first !== noRow) this.#log.release(this.#first, this.#last);
    this.#first = noRow;
    this.#last = noRow;
  }

  /** Returns the time in µs by which round trips became repeatedly longer while this end sent, as `Reasons` measures it. */
  queuedUs(sender: Side): number {
    const flightTimes = new FlightTimes();
    const swelling = new Swelling();
    const echoes = new EchoTimes();
    for (const [side, segment] of this.all()) {
      const tripUs = flightTimes.take(side, segment);
      if (side === sender) {
        echoes.came(segment);
        continue;
      }
      if (tripUs !== undefined) swelling.add(tripUs);
      echoes.said(segment);
    }
    return Math.max(swelling.sustainedUs, echoes.sustainedUs);
  }
}
