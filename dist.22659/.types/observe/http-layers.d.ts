import type { Trace } from '../sim/trace.ts';
import type { Layer } from '../wire/layer.ts';
import { type Payload } from './placed-layers.ts';
/** undefined: no head is completed here that another packet began. */
export declare const httpLayers: (trace: Trace, payload: Payload) => readonly Layer[] | undefined;
