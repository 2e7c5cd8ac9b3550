import type { Trace } from '../sim/trace.ts';
import { type Connections } from './connections.ts';
/** Read once. */
export declare const programStreamsIn: (trace: Trace) => Connections;
/** Where in the payload of a packet the program's octet stands, counted from the first one that the packet has. */
export declare const payloadOffset: (trace: Trace, packet: number, octet: number) => number;
