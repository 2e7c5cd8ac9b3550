// The run that contradicts a belief, in the player at the instant where it does (lessons/data/misconceptions.yaml, `counter`).

import {entryAt} from '../account/entries.ts';
import {lessonData} from '../io/lessons.ts';
import {fillTemplate} from '../lesson/bind.ts';
import {aside, type BoundBeat} from '../lesson/bound-beat.ts';
import type {Counter, Lesson} from '../lesson/lesson.ts';
import {matchingEvents} from '../lesson/match.ts';
import {worded} from '../lesson/text.ts';
import type {OpenedRun, OpenResult} from '../ui/opened-run.ts';
import {counterWords, noCounter} from '../words/catalogue/quiz.ts';
import {beliefNameIn, beliefsKnownTo} from './lesson-file.ts';
import {openLesson} from './open-lesson.ts';
import type {Opened} from './opened.ts';
import {playable} from './playable.ts';

type Spot = {readonly counter: Counter; readonly event: number};

/** What the lesson tells, without its questions, and at that instant nothing but what the run shows of the belief. */
const told = ({trace, beats, beside, lesson}: Opened, {counter, event}: Spot): readonly BoundBeat[] => {
  const {instant} = entryAt(trace, event);
  const isElsewhere = (beat: BoundBeat): boolean =>
    beat.kind === 'narration' && (beat.event === 0 || entryAt(trace, beat.event).instant !== instant);
  const [shown, believed] = [counter.shown, counter.believed].map(
    (each) => fillTemplate(each, {trace, event}).text,
  );
  const index = (lesson?.beats.length ?? 0) + (beside?.asides.length ?? 0);
  const here: readonly BoundBeat[] =
    shown && believed
      ? [{...aside(index, event, shown), note: worded(counterWords.believed, {would: believed})}]
      : [];
  const others = [...beats, ...(beside?.asides ?? [])].filter(isElsewhere);
  return [...others, ...here].toSorted((a, b) => a.event - b.event);
};

/** Nothing else is offered: it is looked at, and left. */
const alone = (opened: Opened, spot: Spot): Opened => {
  const {beside, again} = opened;
  return {
    ...opened,
    beats: told(opened, spot),
    ...(beside ? {beside: {...beside, asides: [], offered: []}} : {}),
    ...(again ? {again: {...again, together: undefined}} : {}),
  };
};

/** Lessons by their ids, as they lie there now. */
type Finder = (ids: readonly string[]) => Promise<readonly Lesson[]>;

const counterIn = (lessons: readonly Lesson[], misconception: string) =>
  lessons.flatMap((lesson) =>
    (lesson.counters ?? []).flatMap((counter) =>
      counter.misconception === misconception ? [{lesson, counter}] : [],
    ),
  )[0];

/** `homes`: of a belief the lesson that last asked about it, whose pack may have the belief. */
export const openCounter = async (
  misconception: string,
  find: Finder,
  homes: ReadonlyMap<string, string>,
): Promise<OpenResult> => {
  const home = homes.get(misconception);
  const lessons = home === undefined ? [] : await find([home]);
  const belief = beliefsKnownTo(lessons).find(({id}) => id === misconception);
  const name = beliefNameIn(misconception, lessons);
  const known = belief?.counter?.lesson;
  const found = counterIn([...lessons, ...(known === undefined ? [] : await find([known]))], misconception);
  if (!found) return {message: worded(noCounter, {name})};
  const {lesson, counter} = found;
  const {run, faults} = counter;
  const opened = await openLesson(lesson, {run, seed: undefined, profile: undefined, faults, drops: []});
  if (!opened.ok) return {message: opened.error.what};
  const [event] = matchingEvents(counter.at, opened.value.trace);
  if (event === undefined) return {message: worded(noCounter, {name})};
  const shown: OpenedRun = playable(alone(opened.value, {counter, event}), lessonData());
  const runTitle = worded(counterWords.title, {name});
  return {run: {...shown, runTitle, glance: true, check: undefined, at: {event}}};
};
