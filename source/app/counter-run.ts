// Opens the run that contradicts a belief, in the player at the instant of the contradiction (`counter` in
// lessons/data/misconceptions.yaml).

import {fillTemplate} from '../lesson/bind.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {matchingEvents} from '../lesson/match.ts';
import {madeOf, worded} from '../lesson/text.ts';
import type {OpenResult} from '../ui/opened-run.ts';
import {counterWords, noCounter} from '../words/catalogue/quiz.ts';
import {glanceAt} from './glance.ts';
import {beliefsKnownTo} from './lesson-file.ts';
import {openLesson} from './open-lesson.ts';

/** Returns the lessons with these IDs, read from their files. */
type Finder = (ids: readonly string[]) => Promise<readonly Lesson[]>;

const counterIn = (lessons: readonly Lesson[], misconception: string) =>
  lessons.flatMap((lesson) =>
    (lesson.counters ?? []).flatMap((counter) =>
      counter.misconception === misconception ? [{lesson, counter}] : [],
    ),
  )[0];

/**
 * Returns the end of a text, from the first sentence or clause in which it differs from the other text, so that what both share is not
 * repeated.
 */
const endOf = (text: string, other: string): string => {
  let same = 0;
  while (same < text.length && text[same] === other[same]) same += 1;
  const [begins = ''] = /^.*(?:[.:;] |[。：；])/su.exec(text.slice(0, same)) ?? [];
  return text.slice(begins.length);
};

/**
 * Opens the run that contradicts a belief. `homes` gives, by belief, the lesson that last asked about it, because that lesson's pack may
 * define the belief.
 */
export const openCounter = async (
  misconception: string,
  find: Finder,
  homes: ReadonlyMap<string, string>,
): Promise<OpenResult> => {
  const home = homes.get(misconception);
  const lessons = home === undefined ? [] : await find([home]);
  const belief = beliefsKnownTo(lessons).find(({id}) => id === misconception);
  const known = belief?.counter?.lesson;
  const found = counterIn([...lessons, ...(known === undefined ? [] : await find([known]))], misconception);
  if (!found) return {message: noCounter};
  const {lesson, counter} = found;
  const {run, faults} = counter;
  const opened = await openLesson(lesson, {run, faults});
  if (!opened.ok) return {message: opened.error.what};
  const [event] = matchingEvents(counter.at, opened.value.trace);
  if (event === undefined) return {message: noCounter};
  const [text, believed] = [counter.shown, counter.believed].map(
    (each) => fillTemplate(each, {trace: opened.value.trace, event}).text,
  );
  const would =
    text && believed && madeOf([believed], (language) => endOf(believed[language], text[language]));
  const note = would && worded(counterWords.believed, {would});
  return {run: glanceAt(opened.value, {event, runTitle: counterWords.title, text, note})};
};
