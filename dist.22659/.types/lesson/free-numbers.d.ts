import type { Run } from './lesson.ts';
/** Numbers of the clock and the seed. Where a cause names one, all pinned ones move instead: their distances are the lesson's. */
export declare const withFreeNumbers: (run: Run, seed: number) => Run;
