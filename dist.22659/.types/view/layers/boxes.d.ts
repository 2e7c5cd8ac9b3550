import { type InspectorRow } from '../bytes/inspector-rows.ts';
import type { PacketView } from '../bytes/inspector-view.ts';
/** Rows of the models, from above; ARP stands between two of OSI's (RFC 826: an EtherType of its own, no header of IP). */
export declare const rungs: readonly ['application', 'presentation', 'session', 'transport', 'network', 'between', 'link', 'physical'];
export type Rung = (typeof rungs)[number];
export type Box = {
    /** Names the same box in every packet: `tcp#1`. */
    readonly key: string;
    readonly protocol: string;
    readonly rung: Rung;
    readonly start: number;
    readonly header: number;
    /** Behind the header, without what only fills the frame. */
    readonly payload: number;
    /** Behind the payload: zeros up to Ethernet's least size, and other octets; only the outermost box has such. */
    readonly padding: number;
    readonly trailer: number;
    /** Layers of the packet that an ICMP error reports. */
    readonly quotes: readonly string[];
    readonly rows: readonly InspectorRow[];
};
export declare const sizeOf: ({ header, payload, padding, trailer }: Box) => number;
/** Above the transport: what a program or its library has made. */
export declare const isProgram: (rung: Rung) => boolean;
/** The outermost first; their sizes with what is behind them add up to the frame's. */
export declare const boxesOf: (view: PacketView) => readonly Box[];
/** What the link carries beyond what a capture shows; undefined: no Ethernet, or a frame that no link of 1500 bytes carried so. */
export declare const onTheWire: (boxes: readonly Box[], length: number) => {
    readonly padding: number;
    readonly bytes: number;
} | undefined;
