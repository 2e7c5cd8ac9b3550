import type { CounterFile, Misconception } from './data.ts';
import type { Counter } from './lesson.ts';
import type { BeliefPlace } from './pack-beliefs.ts';
import { Problems } from './problems.ts';
import type { Ground } from './runs.ts';
type Readable = Pick<Misconception, 'id'> & {
    readonly counter: CounterFile;
};
/** Those that the registry has in this lesson. */
export declare const countersIn: (lesson: string, misconceptions: readonly Misconception[]) => readonly Readable[];
/** What is wrong with one is said of it by name, in its own file where that is known. */
export declare const readCounters: (readable: readonly Readable[], ground: Ground, { runs, placeOf }: {
    readonly runs: readonly string[];
    readonly placeOf: BeliefPlace | undefined;
}, problems: Problems) => readonly Counter[];
export {};
