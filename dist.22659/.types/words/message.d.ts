import type { Language } from '../lesson/text.ts';
type Wording = {
    readonly nth: (number: number, count: number) => string;
    readonly packets: (packets: readonly number[]) => string;
    /** Bytes of content that are there, of all where that is known. */
    readonly content: (have: number, total: number | undefined) => string;
    readonly chunks: (count: number) => string;
    readonly toCome: (bytes: number) => string;
    readonly onTheWay: (bytes: number) => string;
    readonly missing: (bytes: number) => string;
    readonly more: (bytes: number) => string;
    readonly spans: (packets: readonly number[]) => string;
    readonly reassembled: (packets: readonly number[]) => string;
    /** Of a field that begins in an earlier packet. */
    readonly inHere: (bytes: number) => string;
    /** Heard of a segment that continues a message. */
    readonly goesOn: (words: string) => string;
};
export declare const messageWords: {
    readonly [language in Language]: Wording;
};
export {};
