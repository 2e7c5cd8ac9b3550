// Which packets of one end were lost, counted while verdicts are still revised. Bounded.
import {type FateColumns, Verdict} from './fate-columns.ts';

/** `frames`: the first of them. */
export type Lost = {readonly proved: number; readonly presumed: number; readonly frames: readonly number[]};

/** So many that were ever held for lost are remembered. */
const remembered = 32;
const mostFrames = 4;

const isLost = (verdict: Verdict): boolean => verdict === Verdict.lost || verdict === Verdict.presumedLost;

export class Losses {
  #proved = 0;
  #presumed = 0;
  #frames: number[] | undefined;

  change(frame: number, before: Verdict, after: Verdict): void {
    this.#count(before, -1);
    this.#count(after, 1);
    if (!isLost(after) || isLost(before)) return;
    this.#frames ??= [];
    if (this.#frames.length < remembered && !this.#frames.includes(frame)) this.#frames.push(frame);
  }

  told(columns: FateColumns): Lost {
    const frames = (this.#frames ?? [])
      .filter((frame) => isLost(columns.verdict(frame)))
      .sort((a, b) => a - b)
      .slice(0, mostFrames);
    return {proved: this.#proved, presumed: this.#presumed, frames};
  }

  #count(verdict: Verdict, by: 1 | -1): void {
    if (verdict === Verdict.lost) this.#proved += by;
    else if (verdict === Verdict.presumedLost) this.#presumed += by;
  }
}
