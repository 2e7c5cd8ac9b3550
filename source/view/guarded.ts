// Limits the damage of a bug to one part of the screen: the error is shown in two lines in its place, and the rest goes on.
import type {Text} from '../lesson/text.ts';

export const guarded = <T>(action: () => T, otherwise: (error: unknown) => T): T => {
  try {
    return action();
  } catch (error) {
    return otherwise(error);
  }
};

/** A function that returns the lines on an error, shown in place of the part of the screen that threw the error. */
export type Told = (part: Text, error: unknown) => readonly string[];
