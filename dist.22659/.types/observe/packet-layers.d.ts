import type { Trace } from '../sim/trace.ts';
import { type Dissection } from '../wire/dissect.ts';
export declare const packetLayers: (trace: Trace, packet: number) => Dissection;
