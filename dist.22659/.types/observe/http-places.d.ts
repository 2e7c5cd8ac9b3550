import type { Trace } from '../sim/trace.ts';
import type { StartLine } from '../wire/http/start-line.ts';
export type CarriedMessage = {
    readonly start: StartLine;
    /** The packet with its first byte. */
    readonly begins: number;
};
/** Of several the first that begins in the packet; else the one that it continues. */
export declare const carriedMessage: (trace: Trace, packet: number) => CarriedMessage | undefined;
