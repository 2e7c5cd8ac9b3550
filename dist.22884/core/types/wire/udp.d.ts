import { type Result } from './result.js';
import { type Rope } from './rope.js';
import type { WireError } from './wire-error.js';
export type UdpDatagram = {
    readonly srcPort: number;
    readonly dstPort: number;
    readonly payload: Rope;
};
export declare const udpHeader: {
    readonly protocol: string;
    readonly clause: string;
    readonly size: number;
    read(bytes: Uint8Array, at: number): {
        readonly checksum: number;
        readonly dstPort: number;
        readonly length: number;
        readonly srcPort: number;
    };
    write(bytes: Uint8Array, at: number, values: {
        readonly checksum: number;
        readonly dstPort: number;
        readonly length: number;
        readonly srcPort: number;
    }): void;
    rows(bytes: Uint8Array, at: number, end: number): import('./layer.js').Field[];
    place(display: string): import('./layout.js').FieldPlace | undefined;
};
export declare const udpLength: (datagram: UdpDatagram) => number;
/** `pseudo` is the pseudo header's sum. */
export declare const writeUdp: (bytes: Uint8Array, at: number, datagram: UdpDatagram, pseudo: number) => void;
/** `bytes` is what IP carried; `pseudo` is undefined where checksums are not to be judged. */
export declare const readUdp: (bytes: Uint8Array, pseudo: number | undefined) => Result<UdpDatagram, WireError>;
