import { type Step, type Stretch } from './dissect-step.ts';
import type { Field, Layer } from './layer.ts';
export declare const isTlsPort: (port: number) => boolean;
/** On any port: a hello, or records that fill the segment to its last octet. Chance makes neither. */
export declare const looksLikeTls: ({ bytes, start, end }: Stretch) => boolean;
/** The content of a protected record as rows, by offsets in it; negative ones are those of `held`. */
export declare const openedRows: (type: number, content: Uint8Array, { held, version }: {
    readonly held: Uint8Array;
    readonly version: number;
}) => readonly Field[];
/** A whole record by itself. `held`: octets of a message that records before it began, by offsets before its content. */
export declare const recordLayer: (bytes: Uint8Array, { secret, held }: {
    readonly secret: boolean;
    readonly held: Uint8Array;
}) => {
    readonly layer: Layer;
    readonly problem: string | undefined;
};
/** A layer for each record. `secret`: what no message shows itself to be in clear is encrypted. */
export declare const dissectTls: (stretch: Stretch, secret?: boolean) => Step;
