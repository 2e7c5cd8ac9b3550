// Checks that the counter-examples of beliefs do contradict their beliefs when they are run.
import type {Trace} from '../sim/trace.ts';
import {checkCountersSentences} from '../words/catalogue/lesson-check.ts';
import {isTrue} from './evaluate.ts';
import type {Lesson, Run} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {matchingEvents} from './match.ts';
import {problemWith} from './problem.ts';
import {allRuns} from './run-variant.ts';

/**
 * Returns an error for each counter-example of the lesson that does not contradict its belief. `traceOf` returns undefined if the lesson's
 * runs have already had too many events.
 */
export const counterErrors = (
  lesson: Lesson,
  traceOf: (run: Run) => Trace | undefined,
): readonly LessonError[] => {
  const {file, counters = []} = lesson;
  return counters.flatMap(({misconception, run: name, faults, at, that, place}) => {
    const run = allRuns(lesson).find((each) => each.name === name);
    if (!run) return [];
    const trace = traceOf({...run, faults: [...run.faults, ...faults]});
    if (!trace) return [];
    const [event] = matchingEvents(at, trace);
    if (event !== undefined && isTrue(that, {trace, event})) return [];
    const failed = problemWith(checkCountersSentences.theRunDoes, {name, misconception});
    return [{...failed, ...(place ?? {file, position: {line: 1, column: 1}})}];
  });
};
