// Makes a variant of a lesson's run: with another seed, another profile or more faults.
import type {Fault} from '../sim/fault.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {withFreeNumbers} from './free-numbers.ts';
import type {Lesson, Run} from './lesson.ts';

/** The changes that a variant of a run has; whatever is absent stays as the lesson has it. */
export type Variation = {
  readonly seed?: number | undefined;
  readonly profile?: ProfileName | undefined;
  readonly faults: readonly Fault[];
};

/** Returns all runs of a lesson, those of the what-ifs last. */
export const allRuns = ({runs, whatIfs}: Lesson): readonly Run[] => [...runs, ...whatIfs.map(({run}) => run)];

/** Returns the run of a lesson that has this id or this name; undefined if there is none. */
export const runNamed = (lesson: Lesson, wanted: string): Run | undefined =>
  allRuns(lesson).find(({id, name}) => wanted === name || wanted === id);

/** Returns the word by which people call a run: its id if it has one, otherwise its name. */
export const calledName = ({id, name}: Pick<Run, 'id' | 'name'>): string => id ?? name;

/**
 * Returns a variant of a lesson's run. With the run's own seed it keeps the initial sequence numbers that the lesson pins; another seed
 * replaces them.
 */
export const runVariant = (run: Run, {seed = run.seed, profile = run.profile, faults}: Variation): Run => {
  const numbered = seed === run.seed ? run : withFreeNumbers(run, seed);
  return {...numbered, seed, profile, faults: [...run.faults, ...faults]};
};
