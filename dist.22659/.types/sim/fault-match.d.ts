import type { Frame } from '../wire/frame.ts';
import type { Draft } from './draft.ts';
import type { Fault } from './fault.ts';
/** `from` and `to` are the two ends of the packet's whole way, `link` the one it is about to take. */
export type Departure = {
    /** Who sends it here. */
    readonly host: string;
    readonly packet: number;
    readonly hop: number;
    readonly link: string;
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly frame: Frame;
    readonly retransmission: boolean;
};
export type ActiveFault = {
    readonly fault: Fault;
    readonly text: string;
};
/** The faults that act on this departure; counts every match, whether it is the right one or not. */
export declare const faultsOn: (draft: Draft, departure: Departure) => readonly ActiveFault[];
