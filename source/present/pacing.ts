// Viewing time: how long the eye gets for what takes microseconds or minutes (screens.md §3).
import type {Trace} from '../sim/trace.ts';

/** One run laid out in viewing time (ms from its opening). */
export type Pacing = {
  readonly durationMs: number;
};

export const pacing = (_trace: Trace): Pacing => ({durationMs: 0});
