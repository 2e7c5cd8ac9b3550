import type { PacketRecord, Trace, TraceEvent } from '../sim/trace.ts';
import { type Frame } from '../wire/frame.ts';
import type { LinkType } from '../wire/layer.ts';
type About = Omit<PacketRecord, 'bytes' | 'frame' | 'lost'>;
export declare class CapturedPacket implements PacketRecord {
    #private;
    readonly id: number;
    readonly from: string;
    readonly to: string;
    readonly sendEvent: number;
    readonly endEvent: PacketRecord['endEvent'];
    readonly sentUs: number;
    readonly dueUs: number;
    readonly capturedUs?: number;
    readonly conversation?: number;
    readonly forMany?: true;
    readonly lost = false;
    readonly retransmission: boolean;
    readonly marks?: number;
    readonly linkType: LinkType;
    readonly originalLength: number;
    /** `read`: its bytes. */
    constructor(about: About, read: () => Uint8Array);
    get bytes(): Uint8Array;
    get frame(): Frame | undefined;
}
type Send = Extract<TraceEvent, {
    kind: 'send';
}>;
type Sent = Omit<Send, 'kind' | 'instant' | 'hop' | 'lost' | 'faults' | 'frame'>;
export declare class CapturedSend {
    #private;
    readonly kind = "send";
    readonly n: number;
    readonly atUs: number;
    readonly instant: number;
    readonly packet: number;
    readonly hop = 0;
    readonly host: string;
    readonly to: string;
    readonly dueUs: number;
    readonly lost = false;
    readonly retransmission: boolean;
    readonly faults: readonly string[];
    readonly forMany?: true;
    readonly estimated?: true;
    readonly untimed?: true;
    constructor(sent: Sent, trace: Trace);
    get frame(): Frame | undefined;
}
export {};
