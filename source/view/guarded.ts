// Limits the damage of a bug to one part of the app: its place shows the error in two lines, and the rest goes on.
import type {Text} from '../lesson/text.ts';

export const guarded = <T>(action: () => T, otherwise: (error: unknown) => T): T => {
  try {
    return action();
  } catch (error) {
    return otherwise(error);
  }
};

/** Returns the lines that are shown in place of a part that threw an error. */
export type Told = (part: Text, error: unknown) => readonly string[];
