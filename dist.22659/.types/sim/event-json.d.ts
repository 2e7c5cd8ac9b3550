import type { Trace, TraceEvent } from './trace.ts';
export type Json = {
    readonly [key: string]: unknown;
};
/** As it left its host; damage on the way is not in it. */
export declare const sentBytes: ({ packet, hop, frame }: Extract<TraceEvent, {
    kind: 'send';
}>, trace: Trace) => Uint8Array;
/** When, where and what; a beat would have the same beginning. */
export declare const eventJson: (event: TraceEvent, trace: Trace) => Json;
