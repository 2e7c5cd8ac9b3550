import type { Action } from '../sim/action.ts';
import type { Fault } from '../sim/fault.ts';
import type { Trace } from '../sim/trace.ts';
import type { Challenge, Run } from './lesson.ts';
/** `atUs`: when it was decided; what the run was until then it stays. */
export type Move = {
    readonly kind: 'call';
    readonly atUs: number;
    readonly host: string;
    readonly action: Action;
} | {
    readonly kind: 'fault';
    readonly atUs: number;
    readonly fault: Fault;
};
/** The next whole millisecond: a call comes after everything that was seen when it was decided. */
export declare const decidedAt: (nowUs: number) => number;
/** A move in the past leads elsewhere from there: the later ones have not been made. */
export declare const withMove: (moves: readonly Move[], move: Move) => readonly Move[];
export declare const attemptRun: (run: Run, moves: readonly Move[]) => Run;
/** For each part of the goal the first event that meets it; undefined: none does. */
export declare const goalEvents: ({ goal }: Challenge, trace: Trace) => readonly (number | undefined)[];
