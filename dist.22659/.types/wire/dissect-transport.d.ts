import { type Next, type Step } from './dissect-step.ts';
export type Carried = Extract<Next, {
    readonly as: 'protocol';
}>;
/** Judged only where every byte that it covers was captured and belongs to one whole packet. */
export declare const checksumStatus: (carried: Carried, protocol: number, length: number) => number;
declare const dissectTcp: (carried: Carried) => Step;
declare const dissectUdp: (carried: Carried) => Step;
export declare const transports: {
    tcp: typeof dissectTcp;
    udp: typeof dissectUdp;
};
export {};
