// A bug in one part of the app costs that part: what it throws is told in two lines, and the rest goes on.
import type {Text} from '../lesson/text.ts';

export const guarded = <T>(action: () => T, otherwise: (error: unknown) => T): T => {
  try {
    return action();
  } catch (error) {
    return otherwise(error);
  }
};

/** What is shown in the place of a part that threw. */
export type Told = (part: Text, error: unknown) => readonly string[];
