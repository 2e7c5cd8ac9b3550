import { type TlsReader } from './presentation.ts';
/** Identifier octets; 0xa0 and 0x80 are the constructed and primitive ones of context-specific tags. */
export declare const Tag: {
    readonly boolean: 1;
    readonly integer: 2;
    readonly bitString: 3;
    readonly octetString: 4;
    readonly null: 5;
    readonly objectIdentifier: 6;
    readonly utf8String: 12;
    readonly printableString: 19;
    readonly teletexString: 20;
    readonly ia5String: 22;
    readonly utcTime: 23;
    readonly generalizedTime: 24;
    readonly bmpString: 30;
    readonly sequence: 48;
    readonly set: 49;
};
/** The next identifier octet; undefined at the end, and after an error. */
export declare const nextTag: (from: TlsReader) => number | undefined;
/** What `read` makes of the content of the element `tag`; it has to use all of it. */
export declare const inside: <T>(from: TlsReader, tag: number, read: () => T) => T;
export type Octets = {
    readonly bytes: Uint8Array;
    readonly start: number;
    readonly end: number;
};
/** The content of the element `tag`, of any element where there is no `tag`. */
export declare const contentOf: (from: TlsReader, tag?: number) => Octets;
/** Elements up to the end of the one around them. */
export declare const elements: <T>(from: TlsReader, read: () => T) => readonly T[];
/** X.690 §8.19: 1.2.840.113549.1.1.11. undefined: not one. */
export declare const identifierText: (content: Uint8Array) => string | undefined;
