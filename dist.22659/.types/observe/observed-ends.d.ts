import type { Trace } from '../sim/trace.ts';
import { type ObservedEnd } from './observed-end.ts';
/** By host: as the trace calls both. */
export type ObservedEnds = ReadonlyMap<string, ObservedEnd>;
/** After event `n`; an end that has neither sent nor received anything is absent. `connection`: its number in the capture. */
export declare const endsAt: (trace: Trace, connection: number, n: number) => ObservedEnds;
/** The events of one end of a connection, from `from` to `to`: between them nothing that is deduced of it changes. */
export declare const eventsOfEnd: (trace: Trace, { connection, host }: {
    readonly connection: number;
    readonly host: string;
}, [from, to]: readonly [number, number]) => readonly number[];
