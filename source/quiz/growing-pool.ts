// The questions of a round, made only as far as they are needed, because each run takes time to simulate.
import type {Candidate} from './candidate.ts';

export type GrowingPool<T> = {
  readonly entries: readonly T[];
  /**
   * Makes questions until `least` of them are about the round's beliefs, but at most a few times as many. Returns false if there are no
   * more.
   */
  grow(least: number): boolean;
  /** Makes one more question towards `least`. False if there are enough, or no more. */
  step(least: number): boolean;
};

const mostBeside = 2;

/** Makes a pool of questions that grows from `source`. Only questions that touch a belief of `about` count, or all if it is empty. */
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

/** The number of questions that a round needs to choose among at first, and how many more each answer adds. */
const first = 24;
const growth = 15;
const inMenu = {first: 40, growth: 6};

/** Returns how many questions a round needs to choose among after the given number of answers. */
export const leastAfter = (answered: number): number => first + growth * answered;

/**
 * Returns how many questions the menu's quiz needs to choose among after the given number of answers; it spans many lessons and asks about
 * each belief once or twice.
 */
export const leastInMenu = (answered: number): number => inMenu.first + inMenu.growth * answered;
