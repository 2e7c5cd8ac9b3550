import type { Trace } from '../sim/trace.ts';
import { type Result } from '../wire/result.ts';
import type { Expression } from './expression.ts';
import type { Problem } from './problem.ts';
import { type Value } from './value.ts';
/** `event` 0: before anything happened. */
export type Instant = {
    readonly trace: Trace;
    readonly event: number;
};
export declare const evaluate: (expression: Expression, instant: Instant) => Result<Value, Problem>;
/** For a comparison that does not hold: “1101 == 1102”, both sides computed. */
export declare const comparedSides: (expression: Expression, instant: Instant) => string | undefined;
