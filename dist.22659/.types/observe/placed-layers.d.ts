import type { Layer } from '../wire/layer.ts';
import type { Carried } from './connections.ts';
/** A packet's data: where they lie in the stream, and in its frame. */
export type Payload = {
    readonly packet: number;
    readonly carried: Carried;
    readonly bytes: Uint8Array;
    /** Of the data in the frame. */
    readonly dataStart: number;
};
/** A snapped frame lacks its last octets. */
export declare const asFarAs: (carried: Carried, bytes: Uint8Array) => Carried;
/** `from` and `to`: the octets of the stream that it is made of. Offsets of `layer` count from `zero` in the stream. */
export declare const placedLayer: (layer: Layer, { zero, from, to }: {
    readonly zero: number;
    readonly from: number;
    readonly to: number;
}, { carried, dataStart }: Payload) => Layer;
