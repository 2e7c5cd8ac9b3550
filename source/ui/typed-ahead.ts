// The queue of keys that wait until the screen shows the effect of earlier ones.
import type {Typed} from './typed.ts';

/**
 * The most keys that wait: over five seconds of the fastest typing, and far more than a slow line delivers at once, while drawing takes a
 * twentieth of a second. A reader who is further ahead does not see the effect of the keys, so the last ones are dropped.
 */
const mostWaiting = 64;

export type TypedAhead = {
  add(typed: readonly Typed[]): void;
  /**
   * Returns the next waiting key; undefined if none waits. If the app is at another place meanwhile, the keys for the earlier place are
   * dropped.
   */
  next(): Typed | undefined;
  /** Notes that keys typed from now on are meant for the present place; drops waiting keys for another one. */
  look(): void;
  clear(): void;
  readonly length: number;
};

/** Returns a queue of keys; `place` returns a name for the place that keys are meant for now. */
export function makeTypedAhead(place: () => string): TypedAhead {
  const waiting: Typed[] = [];
  let here = place();
  const look = (): void => {
    const there = place();
    if (there !== here) waiting.length = 0;
    here = there;
  };
  return {
    add(typed) {
      waiting.push(...typed.slice(0, mostWaiting - waiting.length));
    },
    next() {
      look();
      return waiting.shift();
    },
    look,
    clear() {
      waiting.length = 0;
    },
    get length() {
      return waiting.length;
    },
  };
}
