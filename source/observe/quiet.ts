// The segments of one quiet TCP connection, which wait in the capture's log until somebody asks for their explanation.
import type {ConnectionNotes} from './connection-notes.ts';
import type {Side} from './connections.ts';
import {FlightTimes} from './flight-times.ts';
import {LastStand} from './last-stand.ts';
import type {Half} from './observed-half.ts';
import {Resets} from './resets.ts';
import type {SeenSegment} from './seen-segment.ts';
import {noRow, type SegmentLog} from './segment-log.ts';
import {EchoTimes, Swelling} from './swelling.ts';

/** The notes that tell how a connection ends. */
export type Ending = Pick<ConnectionNotes, 'resets' | 'lastStand'>;

export class Quiet {
  readonly #log: SegmentLog;
  /** Both ends, which keep the options of their SYNs. */
  readonly #halves: readonly [Half, Half];
  #first = noRow;
  #last = noRow;
  #ending: Ending | undefined;

  constructor(log: SegmentLog, halves: readonly [Half, Half]) {
    this.#log = log;
    this.#halves = halves;
  }

  /** Adds the connection's next segment; returns false if the log is full. */
  add(side: Side, segment: SeenSegment): boolean {
    const row = this.#log.add(this.#last, side, segment);
    if (row === noRow) return false;
    if (this.#first === noRow) this.#first = row;
    this.#last = row;
    this.#ending = undefined;
    return true;
  }

  /** Yields each segment, without its data, the side that sent it, and whether its checksum is wrong. */
  *all(): Generator<readonly [side: Side, segment: SeenSegment, isWrong: boolean], void> {
    for (let row = this.#first; row !== noRow; row = this.#log.next(row)) {
      const side = this.#log.side(row);
      yield [side, this.#log.segment(row, this.#halves[side].options), this.#log.isMarked(row, 'wrong')];
    }
  }

  /** Notes that the last segment is an RST that its receiver has to ignore. */
  strayed(): void {
    this.#log.mark(this.#last, 'stray');
    this.#ending = undefined;
  }

  /** Notes that the last segment has a wrong checksum. */
  damaged(): void {
    this.#log.mark(this.#last, 'wrong');
  }

  /** How the connection ends, worked out from the segments when it is first asked for; it is quiet until then. */
  get ending(): Ending {
    this.#ending ??= this.#endingNow();
    return this.#ending;
  }

  #endingNow(): Ending {
    const [resets, lastStand] = [new Resets(), new LastStand()];
    for (let row = this.#first; row !== noRow; row = this.#log.next(row)) {
      const side = this.#log.side(row);
      const segment = this.#log.segment(row, this.#halves[side].options);
      if (this.#log.isMarked(row, 'stray')) {
        resets.stray(side, segment);
        lastStand.strayed(side, segment);
      } else {
        // The marks of a quiet connection's segments tell nothing about its end.
        resets.take(side, segment, 0);
        lastStand.take(side, segment, 0);
      }
    }
    return {resets, lastStand};
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
