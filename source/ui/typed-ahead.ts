// Keys that wait for their turn on the screen.
import type {Typed} from './typed.ts';

/**
 * Over five seconds of the fastest typing, and far more than a slow line delivers at once; a drawing takes a twentieth of a second.
 * Who is so far ahead does not see what the keys do: what comes beyond is dropped, so that those before it keep their order.
 */
const mostWaiting = 64;

export type TypedAhead = {
  add(typed: readonly Typed[]): void;
  /** The next one, unless the reader has come to another place meanwhile: what was typed for the one before is dropped. */
  next(): Typed | undefined;
  /** The screen as it is now is the one that is typed for. */
  look(): void;
  clear(): void;
  readonly length: number;
};

/** `place`: where keys are meant for; the same string is the same place. */
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
