import { type Frame } from '../wire/frame.ts';
import type { PacketRecord, TraceEvent } from './trace.ts';
/** Where its way led, over all links; what the event of its first sending cannot tell. */
export type Way = {
    readonly to: string;
    readonly endEvent: number | undefined;
    readonly dueUs: number;
    readonly lost: boolean;
};
/** Bytes are made when somebody asks: most look at the values only. */
export declare class SentPacket implements PacketRecord {
    #private;
    readonly id: number;
    readonly from: string;
    readonly to: string;
    readonly sendEvent: number;
    readonly endEvent: number | undefined;
    readonly sentUs: number;
    readonly dueUs: number;
    readonly lost: boolean;
    readonly retransmission: boolean;
    readonly frame: Frame | undefined;
    readonly linkType = 1;
    constructor(send: Extract<TraceEvent, {
        kind: 'send';
    }>, way: Way);
    get bytes(): Uint8Array;
    get originalLength(): number;
}
