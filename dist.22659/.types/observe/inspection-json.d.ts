import type { CaptureReader } from '../wire/pcap/reader.ts';
import { type CaptureInspector } from './capture-inspector.ts';
import type { DnsTransaction } from './dns-transactions.ts';
import type { ObservedConnection } from './observed-connection.ts';
import type { CapturedTls } from './tls-captured.ts';
/** What the file says about itself. Snap length and precision are told of the classic format. */
export type FileFacts = {
    readonly format: 'pcap' | 'pcapng';
    readonly byteOrder: 'little' | 'big';
    /** Of the first interface; undefined: the file has none. */
    readonly linkType: number | undefined;
    readonly timestampPrecision: 'micro' | 'nano';
    readonly snapLength: number;
};
export declare const fileFacts: ({ header, interfaces, format }: CaptureReader) => FileFacts;
type Json = null | boolean | number | string | readonly Json[] | {
    readonly [name: string]: Json;
};
/** Its number where it has no name; the empty string where the file has no interface. */
export declare const linkTypeName: (linkType: number | undefined) => string;
/** Of what is in the file: all of it, or one connection and what was said on it. */
export type Shown = {
    readonly connections: readonly ObservedConnection[];
    readonly dns: readonly DnsTransaction[];
    readonly tls: readonly CapturedTls[];
};
/** A list whose entries are made when somebody asks: all at once they may be larger than what they tell. */
export type JsonList = {
    readonly length: number;
    readonly entry: (index: number) => Json;
};
type Member = readonly [name: string, value: Json | JsonList];
/** In the order in which they are told. */
export declare const inspectionMembers: (file: FileFacts, inspector: CaptureInspector, shown: Shown) => readonly Member[];
export declare const isList: (value: Json | JsonList) => value is JsonList;
export {};
