// Opens a lesson by its ID in the player: where the reader left it, or one of its runs at a given place.
import type {LessonData} from '../lesson/data.ts';
import type {OpenResult, RunPart} from '../ui/opened-run.ts';
import {failureText, lessonById} from './menu-lessons.ts';
import {openLesson} from './open-lesson.ts';
import type {PlacesKeeper} from './places-keeper.ts';
import {playable} from './playable.ts';
import {resumed} from './resume-lesson.ts';

/** Opens the lesson, or its challenge. Without `places`, it does not matter where it was left. */
export const openById = async (
  id: string,
  data: LessonData,
  places: PlacesKeeper | undefined,
  {run, at, challenge}: RunPart = {},
): Promise<OpenResult> => {
  const lesson = await lessonById(id);
  // A challenge in which the learner plays a host has no place where it was left.
  const begins = challenge && lesson.ok && lesson.value.challenge?.stack !== undefined;
  const opened = lesson.ok
    ? await openLesson(lesson.value, {run}, undefined, begins ? [] : undefined)
    : lesson;
  if (!opened.ok) return {message: failureText(opened.error)};
  const {trace, argument} = opened.value;
  // The parser of selectors is only loaded if a place is named.
  const place = at === undefined ? undefined : (await import('./place.ts')).parsedPlace(at, trace, argument);
  if (place?.ok) return {run: {...playable(opened.value, data), at: place.value}};
  if (places === undefined || run !== undefined || begins) return {run: playable(opened.value, data)};
  const {opened: again, left} = await resumed(opened.value, places, false);
  return {run: {...playable(again, data), ...(left ? {left} : {})}};
};
