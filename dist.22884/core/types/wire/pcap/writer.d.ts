import type { LinkType } from '../layer.js';
/** `atUs` counts from 1970-01-01 UTC; `originalLength` is absent where all of the frame is there. */
export type OutgoingRecord = {
    readonly atUs: number;
    readonly bytes: Uint8Array;
    readonly originalLength?: number;
    /** Written to pcapng only. */
    readonly comments?: readonly string[];
    /** Index into the file's interfaces. @default 0 */
    readonly interfaceId?: number;
};
/** The file's header, then each record. */
export declare function encodePcap(linkType: LinkType, records: Iterable<OutgoingRecord>): Generator<Uint8Array, void>;
type OutgoingFile = {
    readonly interfaces: readonly {
        readonly linkType: LinkType;
        readonly name?: string;
        readonly comments?: readonly string[];
    }[];
    readonly comments?: readonly string[];
    /** The program that writes the file. */
    readonly application?: string;
    /** Lines of a TLS key log (RFC 9850 §2); empty: the file has none. */
    readonly keyLog?: string;
};
/** One section: its header, its secrets, which have to come before what they open, its interfaces, then each record. */
export declare function encodePcapng(file: OutgoingFile, records: Iterable<OutgoingRecord>): Generator<Uint8Array, void>;
export {};
