import { type Fault } from './fault.ts';
import { type ClientTurn } from './turn.ts';
/** Undefined: believed, or nothing is asked. */
export declare const trustFault: (turn: ClientTurn, chain: readonly Uint8Array[]) => Fault | undefined;
