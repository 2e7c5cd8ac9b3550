// The questions of a round, made only as far as they are needed, because each run takes time to simulate.
import type {Candidate} from './candidate.ts';

export type GrowingPool<T> = {
  readonly entries: readonly T[];
  /**
   * Makes questions until `least` of them are about the beliefs of the round, but no more than a few times as many. False if there are no
   * more.
   */
  grow(least: number): boolean;
  /** Makes one more question towards `least`. False if there are enough, or no more. */
  step(least: number): boolean;
};

const mostBeside = 2;

/** Makes a pool that grows from `source`. Without beliefs in `about`, each question counts. */
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

/** The number of questions to choose among at first, and how many each answer adds. */
const first = 24;
const growth = 15;
const inMenu = {first: 40, growth: 6};

/** Returns how many questions there must be to choose among after so many answers. */
export const leastAfter = (answered: number): number => first + growth * answered;

/** Returns the same for the quiz of the menu, which goes through many lessons and asks about each belief once or twice. */
export const leastInMenu = (answered: number): number => inMenu.first + inMenu.growth * answered;
