import type { Connection } from '../../stack/tcp/connection.ts';
import { type Seq } from '../../wire/seq.ts';
/** In the order in which the endpoints panel lists them. */
export declare const variableNames: readonly ['snd.una', 'snd.nxt', 'rcv.nxt', 'snd.wnd', 'rcv.wnd', 'rto', 'cwnd', 'ssthresh', 'flightSize', 'srtt', 'rttvar', 'mss', 'iss', 'irs'];
export type VariableName = (typeof variableNames)[number];
/** The same of an end that is only watched: what it decides in silence is not there. */
export declare const observedNames: readonly ['snd.una', 'snd.nxt', 'rcv.nxt', 'snd.wnd', 'rcv.wnd', 'flightSize', 'rtt', 'sacked', 'mss', 'scale', 'SACK', 'timestamps', 'iss', 'irs'];
export type ObservedName = (typeof observedNames)[number];
export type Quantity = {
    readonly value: number;
    /** Of a sequence number: the ISN that relative numbers count from. */
    readonly base?: Seq | undefined;
    /** In whole µs. */
    readonly isTime?: true;
};
/** undefined: no such variable, or it has no value yet. */
export declare const variableOf: (name: string, tcb: Connection) => Quantity | undefined;
export declare const quantityText: ({ value, base, isTime }: Quantity, relative: boolean) => string;
