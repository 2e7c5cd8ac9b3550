import { type Result } from './result.js';
import { type Rope } from './rope.js';
import type { WireError } from './wire-error.js';
/** ICMP and ICMPv6: `rest` is the header's second word, `payload` what follows it (RFC 792, RFC 4443). */
export type IcmpMessage = {
    readonly type: number;
    readonly code: number;
    readonly rest: number;
    readonly payload: Rope;
};
type IcmpProtocol = 'icmp' | 'icmpv6';
export declare const icmpHeaders: {
    readonly icmp: {
        readonly protocol: string;
        readonly clause: string;
        readonly size: number;
        read(bytes: Uint8Array, at: number): {
            readonly checksum: number;
            readonly code: number;
            readonly type: number;
        };
        write(bytes: Uint8Array, at: number, values: {
            readonly checksum: number;
            readonly code: number;
            readonly type: number;
        }): void;
        rows(bytes: Uint8Array, at: number, end: number): import('./layer.js').Field[];
        place(display: string): import('./layout.js').FieldPlace | undefined;
    };
    readonly icmpv6: {
        readonly protocol: string;
        readonly clause: string;
        readonly size: number;
        read(bytes: Uint8Array, at: number): {
            readonly checksum: number;
            readonly code: number;
            readonly type: number;
        };
        write(bytes: Uint8Array, at: number, values: {
            readonly checksum: number;
            readonly code: number;
            readonly type: number;
        }): void;
        rows(bytes: Uint8Array, at: number, end: number): import('./layer.js').Field[];
        place(display: string): import('./layout.js').FieldPlace | undefined;
    };
};
/** With the word that follows type, code and checksum; in bytes. */
export declare const ICMP_SIZE = 8;
/** `pseudo` is the pseudo header's sum, 0 for ICMP. */
export declare const writeIcmp: (bytes: Uint8Array, at: number, message: IcmpMessage, pseudo: number) => void;
/** `pseudo` is undefined where checksums are not to be judged. */
export declare const readIcmp: (bytes: Uint8Array, protocol: IcmpProtocol, pseudo: number | undefined) => Result<IcmpMessage, WireError>;
export {};
