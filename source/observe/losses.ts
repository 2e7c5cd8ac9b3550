// Counts which packets of one end were lost while verdicts are still revised. The memory that is used is bounded.
import {type FateColumns, meaningOf, Verdict} from './fate-columns.ts';
import {withOneMore} from './short-list.ts';

/**
 * The lost packets of one end: how many are proved and presumed, with the first frames. `either` counts packets of which nobody knows
 * whether they or their answers were lost.
 */
export type Lost = {
  readonly proved: number;
  readonly presumed: number;
  readonly frames: readonly number[];
  readonly either: number;
  readonly eitherFrames: readonly number[];
};

export const noneLost: Lost = {proved: 0, presumed: 0, frames: [], either: 0, eitherFrames: []};

/** The highest number of packets that are remembered because they were lost or undecided at some time. */
const remembered = 32;
const mostFrames = 4;

const isLost = (verdict: Verdict): boolean => meaningOf(verdict).what === 'lost';
const isOpen = (verdict: Verdict): boolean => verdict === Verdict.unknown;

export class Losses {
  #proved = 0;
  #presumed = 0;
  #either = 0;
  #frames: number[] | undefined;

  change(frame: number, before: Verdict, after: Verdict): void {
    this.#count(before, -1);
    this.#count(after, 1);
    if (!isLost(after) && !isOpen(after)) return;
    this.#frames ??= [];
    if (this.#frames.length < remembered && !this.#frames.includes(frame))
      this.#frames = withOneMore(this.#frames, frame);
  }

  told(columns: FateColumns): Lost {
    const first = (is: (verdict: Verdict) => boolean): readonly number[] =>
      (this.#frames ?? [])
        .filter((frame) => is(columns.verdict(frame)))
        .sort((a, b) => a - b)
        .slice(0, mostFrames);
    const counts = {proved: this.#proved, presumed: this.#presumed, either: this.#either};
    return {...counts, frames: first(isLost), eitherFrames: first(isOpen)};
  }

  #count(verdict: Verdict, by: 1 | -1): void {
    if (verdict === Verdict.presumedLost) this.#presumed += by;
    else if (isLost(verdict)) this.#proved += by;
    else if (verdict === Verdict.unknown) this.#either += by;
  }
}
