import type { Layer } from '../wire/layer.ts';
import { type Payload } from './placed-layers.ts';
/** undefined: no message is completed here that another packet began. */
export declare const dnsLayers: (payload: Payload) => readonly Layer[] | undefined;
