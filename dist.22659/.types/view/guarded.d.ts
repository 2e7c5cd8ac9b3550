import type { Text } from '../lesson/text.ts';
export declare const guarded: <T>(action: () => T, otherwise: (error: unknown) => T) => T;
/** What is shown in the place of a part that threw. */
export type Told = (part: Text, error: unknown) => readonly string[];
