import type { Expression } from './expression.ts';
import { type Parsed } from './parser.ts';
import type { Names } from './vocabulary.ts';
/** Words that expressions use themselves, so no host may be called by them. */
export declare const reservedWords: readonly string[];
export declare const parseExpression: (source: string, names: Names) => Parsed<Expression>;
