import type { Fault } from '../sim/fault.ts';
import type { ProfileName } from '../stack/tcp/settings.ts';
import type { Lesson, Run } from './lesson.ts';
/** What is absent stays as the lesson has it. */
export type Variation = {
    readonly seed?: number | undefined;
    readonly profile?: ProfileName | undefined;
    readonly faults: readonly Fault[];
};
/** Those of the what-ifs come last. */
export declare const allRuns: ({ runs, whatIfs }: Lesson) => readonly Run[];
/** Under its own seed a run keeps the numbers that the lesson pins; under another one they are free. */
export declare const runVariant: (run: Run, { seed, profile, faults }: Variation) => Run;
