import type { Comparison } from './filter.ts';
import { type Problem } from './problem.ts';
export type Arithmetic = '+' | '-' | '*' | '/';
/** `seq` is a position in sequence space: it adds modulo 2^32. */
export type Value = {
    readonly kind: 'number' | 'seq';
    readonly value: number;
} | {
    readonly kind: 'time';
    readonly us: number;
} | {
    readonly kind: 'text';
    readonly value: string;
} | {
    readonly kind: 'truth';
    readonly value: boolean;
};
/** Thrown while an expression is computed, caught where that began. */
export declare class ValueFailure extends Error {
    readonly problem: Problem;
    constructor(found: Problem);
}
/** There is no value: what is wrong and what to do, in both languages. */
export declare const noValue: (en: string, zh: string, remedyEn: string, remedyZh: string) => never;
export declare const valueText: (value: Value) => string;
/** Numbers and positions as they are, times in microseconds. */
export declare const plainValue: (value: Value) => string | number;
export declare const calculate: (a: Value, op: Arithmetic, b: Value) => Value;
export declare const compare: (a: Value, op: Comparison, b: Value) => boolean;
