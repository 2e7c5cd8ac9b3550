import { type DnsMemory } from './dns/memory.ts';
import { type When } from './host-at.ts';
import { type Jar } from './http/memory.ts';
import type { Cursor } from './parser.ts';
import type { Value } from './value.ts';
export type Memory = DnsMemory | Jar;
export declare const isMemory: (word: string) => word is Memory['table'];
/** What stands behind a host's name, the word and the opening bracket. */
export declare const memoryOf: (cursor: Cursor, table: Memory['table']) => Memory;
type OfHost = {
    readonly host: string;
    readonly of: Memory;
};
/** As an expression writes it. */
export declare const memoryText: ({ host, of }: OfHost) => string;
export declare const remembered: ({ host, of }: OfHost, when: When) => Value;
export {};
