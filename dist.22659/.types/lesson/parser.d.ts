import { type Result } from '../wire/result.ts';
import { type TextProblem } from './problem.ts';
import type { Text } from './text.ts';
import { type Token } from './tokens.ts';
import type { Names } from './vocabulary.ts';
export declare class Cursor {
    #private;
    readonly names: Names;
    /** Words of later versions: noted, so that what follows is still read. */
    readonly later: TextProblem[];
    constructor(list: readonly Token[], names: Names);
    get token(): Token;
    advance(): Token;
    /** The sign at hand, taken, if it is one of these. */
    take<S extends string>(...signs: readonly S[]): S | undefined;
    expect(sign: string): void;
    expected(what: Text): never;
    fail(offset: number, message: Text, remedy: Text): never;
    /** Takes over what the parser of an inner text has found, `offset` characters further on. */
    inner<T>(parsed: Parsed<T>, offset: number): T | undefined;
    /** Bounds the recursion, so that no text can exhaust the stack. */
    nested<T>(parse: () => T): T;
}
/** Several at once: words of later versions. */
export type Parsed<T> = Result<T, readonly [TextProblem, ...TextProblem[]]>;
/** The whole of `source`, or everything that is wrong with it. `end`: what else could stand where the parser stops. */
export declare const parseAll: <T>(source: string, names: Names, grammar: {
    readonly parse: (cursor: Cursor) => T;
    readonly end: Text;
}) => Parsed<T>;
