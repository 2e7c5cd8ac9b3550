import type { Trace } from '../../sim/trace.ts';
import { type Message, type Stamp } from './client-stream.ts';
export type HttpConnection = {
    readonly client: string;
    readonly server: string;
    /** The name was asked for, and the address is there. */
    readonly lookup?: {
        readonly from: Stamp;
        readonly to: Stamp;
    };
    /** SYN leaves; SYN,ACK comes. */
    readonly opened?: Stamp;
    readonly established?: Stamp;
    /** The ClientHello leaves: TLS begins. */
    readonly secured?: Stamp;
    /** The client sends FIN or RST, or gets one: no request follows. */
    readonly closing?: Stamp;
    /** Nothing comes any more. */
    readonly over?: Stamp;
    readonly requests: readonly Message[];
    /** Without the interim ones (RFC 9110 §15.2): the first answers the first request. */
    readonly responses: readonly Message[];
    /** Numbers of the events by which its segments left, from either end. */
    readonly segments: readonly number[];
};
/** In the order in which they were opened. */
export declare const httpConnectionsIn: (trace: Trace) => readonly HttpConnection[];
