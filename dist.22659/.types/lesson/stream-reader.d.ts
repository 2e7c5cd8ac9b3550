import type { Framed } from '../account/packet.ts';
import type { Trace, TraceEvent } from '../sim/trace.ts';
import type { Head } from '../wire/http/framing.ts';
import { type TlsPart } from './tls/stream.ts';
export declare class StreamReader {
    #private;
    /** Events are shown before the packets that they are about. */
    learn(event: TraceEvent): void;
    /** Packets are shown in the order of their numbers, retransmissions included. */
    see(packet: number, { frame }: Framed): void;
    /** The heads of the messages whose first byte the packet carries. */
    beginningIn(packet: number): readonly Head[];
    /** What of TLS begins in the packet. */
    tlsIn(packet: number): readonly TlsPart[];
}
/** Of a run that is over, or of a capture. */
export declare const httpHeadsIn: (trace: Trace, packet: number) => readonly Head[];
export declare const tlsPartsIn: (trace: Trace, packet: number) => readonly TlsPart[];
