import type { Trace } from '../sim/trace.ts';
import type { Layer } from '../wire/layer.ts';
import { type Payload } from './placed-layers.ts';
import type { TlsContent } from './tls-contents.ts';
/** A record, or as much of one as the packet has. */
export type PlacedRecord = {
    readonly layer: Layer;
    /** Where in the stream the offsets of `layer` count from. */
    readonly zero: number;
    /** As many of its octets came in earlier packets. */
    readonly earlier: number;
    /** undefined: it goes on, or nothing is known of its end. */
    readonly content: TlsContent | undefined;
    readonly problem: string | undefined;
};
/** In the order of the stream; undefined: the packet's connection does not begin with TLS. */
export declare const placedRecords: (trace: Trace, payload: Payload) => readonly PlacedRecord[] | undefined;
/** With the reading's first problem. */
export declare const tlsLayers: (trace: Trace, payload: Payload) => {
    readonly layers: readonly Layer[];
    readonly problem: string | undefined;
} | undefined;
