export declare const ipv6Header: {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly dst: string;
        readonly flowLabel: number;
        readonly hopLimit: number;
        readonly nextHeader: number;
        readonly payloadLength: number;
        readonly src: string;
        readonly trafficClass: number;
        readonly version: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly dst: string;
        readonly flowLabel: number;
        readonly hopLimit: number;
        readonly nextHeader: number;
        readonly payloadLength: number;
        readonly src: string;
        readonly trafficClass: number;
        readonly version: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import("./layer.ts").Field[];
    place(display: string): import("./layout.ts").FieldPlace | undefined;
};
export declare const ipv6Addresses: (at: number) => {
    start: number;
    end: number;
};
/** Extension headers by protocol number, with Wireshark's names of the layers. */
export declare const extensionNames: ReadonlyMap<number, string>;
export type ExtensionSpan = {
    readonly type: number;
    readonly start: number;
    readonly end: number;
};
/** What follows the extension headers. `fragmented`: a part of a packet, not a whole one. */
type ExtensionChain = {
    readonly spans: readonly ExtensionSpan[];
    readonly protocol: number;
    readonly start: number;
    readonly fragmented: boolean;
    /** Of the fragment, in bytes. */
    readonly fragmentOffset: number;
    /** False where a header reaches beyond the packet. */
    readonly whole: boolean;
};
/** Walks the headers from `start`, the first of which `nextHeader` names, to at most `end`. */
export declare const walkExtensions: (bytes: Uint8Array, nextHeader: number, start: number, end: number) => ExtensionChain;
export {};
