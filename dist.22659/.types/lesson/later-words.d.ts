import { type Problem } from './problem.ts';
/** Words of lesson-language.md whose protocols are still to come, by the place where they stand. */
export type LaterWords = {
    readonly calls: readonly string[];
    readonly triggers: readonly string[];
    readonly apps: readonly string[];
    readonly actors: readonly string[];
    readonly heads: readonly string[];
    readonly conditions: readonly string[];
};
export declare const laterWords: LaterWords;
export type LaterKind = 'call' | 'trigger' | 'app' | 'actor' | 'selector' | 'field' | 'scheme';
/** `allowed`: what may stand there instead. */
export declare const notOfThisVersion: (kind: LaterKind, given: string, allowed: readonly string[]) => Problem;
