// A bug in one part of the app costs that part: what it throws is told in two lines, and the rest goes on.
import type {Text} from '../lesson/lesson.ts';

export const guarded = <T>(action: () => T, otherwise: (error: unknown) => T): T => {
  try {
    return action();
  } catch (error) {
    return otherwise(error);
  }
};

/** What threw, and what somebody needs who is to find out why. */
export type Failed = {
  readonly part: Text;
  readonly error: unknown;
  /** The run: its replay code, or where it has none what was opened, and the seed. */
  readonly run: string | undefined;
  /** The last keys, the newest at the end. */
  readonly keys: readonly string[];
};

/** What is shown in the place of a part that threw. */
export type Told = (part: Text, error: unknown) => readonly string[];
