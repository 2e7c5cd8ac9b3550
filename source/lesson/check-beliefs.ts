// Checks that each belief of a pack has a run that contradicts it, a question with it as a choice, and lessons that exist.
import {checkBeliefsSentences} from '../words/catalogue/lesson-check.ts';
import {tieToRun} from './beat-texts.ts';
import {counterErrors} from './check-counters.ts';
import type {Misconception} from './data.ts';
import type {Beat, Lesson} from './lesson.ts';
import {byPosition, type LessonError} from './lesson-error.ts';
import type {PackBeliefs} from './pack-beliefs.ts';
import {type Problem, problemWith, unknownWord} from './problem.ts';
import type {Path} from './problems.ts';
import {RunBudget, type Simulate} from './run-budget.ts';

type Pack = {
  /** The lessons of the pack that could be read. */
  readonly lessons: readonly Lesson[];
  /** The ids of all lessons in the pack, readable or not; `ours` are those of the built-in lessons. */
  readonly inPack: readonly string[];
  readonly ours: readonly string[];
  readonly simulate: Simulate;
  /** The most events that a run may have. @default usualEvents */
  readonly mostEvents?: number;
};

const choicesOf = (beat: Beat): readonly (string | undefined)[] =>
  beat.kind === 'narration' ? [] : beat.choices.map(({misconception}) => misconception);

const isChosen = (id: string, lessons: readonly Lesson[]): boolean =>
  lessons.some(({beats, questions = []}) =>
    [...beats, ...questions].some((beat) => choicesOf(beat).includes(id)),
  );

const lacking = (
  belief: Misconception,
  {lessons, inPack, ours}: Pack,
): readonly (Problem & {path: Path})[] => {
  const {id, lesson, counter} = belief;
  const {lessonWord, lacking: counterWord, noCounter, neverShows} = checkBeliefsSentences;
  const all = [...inPack, ...ours];
  // False if a lesson of the pack could not be read. A beat of that lesson might show the belief, so a missing question is not reported.
  const isKnown = lessons.length === inPack.length;
  const shows = isChosen(id, lessons) || (counter && !counter.faults) || !isKnown;
  return [
    ...(all.includes(lesson) ? [] : [{...unknownWord(lessonWord, lesson, all), path: ['lesson']}]),
    ...(counter ? [] : [{...problemWith(noCounter, {id}), path: ['id']}]),
    ...(!counter || inPack.includes(counter.lesson)
      ? []
      : [{...unknownWord(counterWord, counter.lesson, inPack), path: ['counter', 'lesson']}]),
    ...(shows ? [] : [{...problemWith(neverShows, {id}), path: ['id']}]),
  ];
};

/**
 * Returns notes, not errors, on sentences of counter-examples that the quiz does not print, because they mean nothing without their run.
 */
export const tiedSentences = (
  lessons: readonly Lesson[],
  {beliefPlace}: PackBeliefs,
): readonly LessonError[] =>
  lessons.flatMap(({counters = [], runs}) => {
    const hosts = runs.flatMap((run) => run.hosts.map(({name}) => name));
    return counters.flatMap(({misconception: id, ...counter}) =>
      (['shown', 'believed'] as const).flatMap((key) => {
        const tie = tieToRun(counter[key], hosts);
        if (tie === undefined) return [];
        const {ofHost, ofValue} = checkBeliefsSentences;
        const found =
          tie.host === undefined
            ? problemWith(ofValue, {id, key})
            : problemWith(ofHost, {id, key, host: tie.host});
        return [{...found, ...beliefPlace(id, ['counter', key])}];
      }),
    );
  });

/** Returns the errors in the beliefs of a pack and in their counter-examples, in the order of the file. */
export const beliefErrors = ({beliefs, beliefPlace}: PackBeliefs, pack: Pack): readonly LessonError[] =>
  [
    ...beliefs.flatMap((belief) =>
      lacking(belief, pack).map(({path, ...found}) => ({...found, ...beliefPlace(belief.id, path)})),
    ),
    ...pack.lessons.flatMap((lesson) => {
      const runs = new RunBudget(lesson, pack.simulate, pack.mostEvents);
      return [...counterErrors(lesson, (run) => runs.traceOf(run)), ...runs.errors];
    }),
  ].toSorted(byPosition);
