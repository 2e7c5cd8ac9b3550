// The questions of a round, made as far as they are needed: a run takes time to simulate, and nobody wants to wait for all of them.
import type {Candidate} from './candidate.ts';

export type GrowingPool<T> = {
  readonly entries: readonly T[];
  /** Until so many are about the beliefs of the round, if that takes no more than a few times as many. False: there are no more. */
  grow(least: number): boolean;
  /** One more on the way to that. False: there are so many, or there are no more. */
  step(least: number): boolean;
};

const mostBeside = 2;

/** Without beliefs that a round is about, each question counts. */
export const growingPool = <T extends Pick<Candidate, 'touches'>>(
  source: Iterator<T, unknown>,
  about: ReadonlySet<string> = new Set(),
): GrowingPool<T> => {
  const entries: T[] = [];
  let counted = 0;
  const isShort = (least: number): boolean => counted < least && entries.length < least * mostBeside;
  const add = (): boolean => {
    const next = source.next();
    if (next.done) return false;
    entries.push(next.value);
    if (about.size === 0 || next.value.touches.some((belief) => about.has(belief))) counted += 1;
    return true;
  };
  return {
    entries,
    grow(least) {
      while (isShort(least)) if (!add()) return false;
      return true;
    },
    step: (least) => isShort(least) && add(),
  };
};

/** So many to choose among at first, and so many more with every answer. */
const first = 24;
const growth = 15;

/** How many a choice is made from after so many answers. */
export const leastAfter = (answered: number): number => first + growth * answered;
