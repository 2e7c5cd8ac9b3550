import type { IpPacket } from '../wire/frame.ts';
import { type Draft } from './draft.ts';
import { type Interface } from './topology.ts';
export type Arrived = {
    readonly packet: number;
    readonly hop: number;
};
type Passing = {
    readonly packet: IpPacket;
    readonly arrived: Arrived;
    readonly via: Interface;
};
export declare const forward: (draft: Draft, host: string, passing: Passing) => void;
export {};
