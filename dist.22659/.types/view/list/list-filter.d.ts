import type { Text } from '../../lesson/text.ts';
import type { PacketRecord, Trace } from '../../sim/trace.ts';
export type ListFilter = 
/** Nothing was typed: every packet is wanted. */
{
    readonly kind: 'all';
} | {
    readonly kind: 'found';
    readonly ids: readonly number[];
} | Problem;
/** `offset`: characters before the one at which reading stopped; `remedy` names the nearest field, where there is one. */
type Problem = {
    readonly kind: 'problem';
    readonly message: Text;
    readonly remedy: Text;
    readonly offset: number;
};
/** What was typed, read: `words` are looked for, a `filter` leaves only what it lets through. */
export type Search = {
    readonly kind: 'all';
} | {
    readonly kind: 'words' | 'filter';
    readonly matches: (trace: Trace, packet: PacketRecord) => boolean;
} | Problem;
export declare const readSearch: (trace: Trace, typed: string) => Search;
export declare const filterPackets: (trace: Trace, typed: string) => ListFilter;
/** The next hit after the selected packet, in a circle; undefined: there is none. */
export declare const nextFound: (ids: readonly number[], selected: number | undefined, by: 1 | -1) => number | undefined;
export {};
