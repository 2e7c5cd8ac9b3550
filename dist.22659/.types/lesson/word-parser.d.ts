import type { Cursor } from './parser.ts';
export declare const oneOf: <W>(cursor: Cursor, find: (word: string) => W | undefined, known: readonly string[]) => W;
export declare const word: <W extends string>(known: readonly W[]) => (given: string) => W | undefined;
