import type { Position } from './position.ts';
import type { Text } from './text.ts';
export type Problem = {
    readonly message: Text;
    readonly remedy: Text;
    /** A word of the language that this version does not have yet, such as `call resolve`. */
    readonly later?: string;
};
/** `offset`: characters from the beginning of the text that was parsed. */
export type TextProblem = Problem & {
    readonly offset: number;
};
/** `path`: the keys and indexes that lead to the value; `onKey`: the last of them is at fault, not its value. */
export type PathProblem = Problem & {
    readonly path: readonly (string | number)[];
    readonly onKey?: true;
    /** That far inside the scalar whose value this is. */
    readonly inside?: {
        readonly offset: number;
        readonly value: string;
    };
    /** In another file, which `path` names. */
    readonly elsewhere?: {
        readonly file: string;
        readonly position: Position;
    };
};
export declare const text: (en: string, zh: string) => Text;
export declare const problem: (message: Text, remedy: Text) => Problem;
/** “did you mean …?” where a known word is near, else all that is allowed. */
export declare const wordRemedy: (given: string, allowed: readonly string[]) => Text;
/** An unknown word: what it was taken for, and what is known. `kind` as in “no host …”. */
export declare const unknownWord: (kind: Text, given: string, allowed: readonly string[]) => Problem;
