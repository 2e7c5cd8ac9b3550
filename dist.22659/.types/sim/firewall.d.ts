import type { IpPacket } from '../wire/frame.ts';
import { type Draft } from './draft.ts';
import type { Arrived } from './forwarding.ts';
import { type Interface } from './topology.ts';
type Seen = {
    readonly packet: IpPacket;
    readonly arrived: Arrived;
    readonly via: Interface;
};
/** True: the packet's way ends here. */
export declare const isFiltered: (draft: Draft, host: string, seen: Seen) => boolean;
export {};
