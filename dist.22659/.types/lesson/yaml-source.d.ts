import { type Result } from '../wire/result.ts';
import type { Position } from './position.ts';
import { type TextProblem } from './problem.ts';
export type Located = {
    readonly data: unknown;
    /** Of the value at `path`, or of its key; `inside`: that many characters into the value's text. */
    offsetOf(path: readonly (string | number)[], options?: {
        readonly onKey?: boolean;
        readonly inside?: Inside;
    }): number;
    positionOf(offset: number): Position;
};
/** A piece of a scalar: found again in the source, whose quotes and folds the value has lost. */
type Inside = {
    readonly offset: number;
    readonly value: string;
};
export declare const readYaml: (source: string) => Result<Located, readonly TextProblem[]>;
export {};
