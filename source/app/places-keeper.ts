// Keeps the file of places while the app runs: it tells where the reader left a lesson, and keeps a new place shortly after each change.
import {basename, resolve} from 'node:path';
import type {EntriesTrouble} from '../io/entries-file.ts';
import {fileProblem} from '../io/file-problem.ts';
import {changePlace, readPlaces} from '../io/places-file.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {type Text, worded} from '../lesson/text.ts';
import type {LeftOff} from '../quiz/left-off.ts';
import type {LessonLeft, Place, PlacesDesk} from '../ui/left-off.ts';
import {placesLost, placesTroubles} from '../words/catalogue/places.ts';
import {reasonOf} from '../words/file-errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';

export type PlacesKeeper = PlacesDesk & {
  of(lesson: string): LeftOff | undefined;
  /** The trouble with the file of places in one line; undefined if there is none. */
  readonly notice: Text | undefined;
  /** Tries again to write the file of places, and returns the problem if the reader's place is lost. */
  lost(): Problem | undefined;
};

/** Calls an action once after a short time, without keeping the program alive for it. */
type Later = (action: () => void) => void;

/** The time in ms after which a changed place is written; so much may be lost if the program is killed. */
const keepAfterMs = 600;
const soon: Later = (action) => void setTimeout(action, keepAfterMs).unref();

const nowhere: ReturnType<typeof readPlaces> = {places: new Map()};

/** Returns the key of a lesson in the file of places: the absolute path of its file, or the ID of the program's own lesson. */
export const placeKey = ({id, openedFrom}: Pick<Lesson, 'id' | 'openedFrom'>): string =>
  openedFrom === undefined ? id : resolve(openedFrom);

const troubleText = (trouble: EntriesTrouble): Text => {
  const {code} = trouble;
  const file = basename(trouble.file);
  if (code === 'unreadable') return fileProblem(file, trouble.error).what;
  if (code === 'foreign' || code === 'link') return worded(placesTroubles[code], {file});
  if (code === 'unwritable') return worded(placesTroubles.unwritable, {file, reason: reasonOf(trouble.name)});
  const {aside} = trouble;
  if (code === 'damaged')
    return aside === undefined
      ? worded(placesTroubles.damagedThere, {file})
      : worded(placesTroubles.damaged, {aside: basename(aside)});
  const {format} = trouble;
  return aside === undefined
    ? worded(placesTroubles.newerThere, {file, format})
    : worded(placesTroubles.newer, {file, format, aside: basename(aside)});
};

/** Returns the keeper of the places where lessons were left. If `file` is undefined, places are remembered only until the program ends. */
export const placesKeeper = (
  file: string | undefined,
  now: () => number,
  later: Later = soon,
): PlacesKeeper => {
  const {places, trouble: found} = file === undefined ? nowhere : readPlaces(file);
  const known = new Map(places);
  let waiting: (() => Place) | undefined;
  /** Repeats the last write to the file of places that failed; undefined if none did. */
  let again: (() => EntriesTrouble | undefined) | undefined;
  let trouble: EntriesTrouble | undefined;
  let isSet = false;

  const change = (lesson: string, left: LeftOff | undefined): void => {
    const write = (): EntriesTrouble | undefined =>
      file === undefined ? undefined : changePlace(file, lesson, left);
    trouble = write();
    again = trouble && write;
  };
  const keep = (): void => {
    const place = waiting?.();
    waiting = undefined;
    if (place === undefined) return;
    const {lesson, left} = place;
    const kept = {atMs: Math.trunc(now()), ...left};
    const isSame = JSON.stringify({...known.get(lesson), atMs: 0}) === JSON.stringify({...kept, atMs: 0});
    known.set(lesson, kept);
    if (!isSame || again) change(lesson, kept);
  };

  return {
    of: (lesson) => known.get(lesson),
    notice: found && troubleText(found),
    at(place) {
      waiting = place;
      if (isSet) return;
      isSet = true;
      later(() => {
        isSet = false;
        keep();
      });
    },
    left(lesson) {
      waiting = undefined;
      if (known.delete(lesson)) change(lesson, undefined);
    },
    keep,
    last(lessons) {
      const ids = new Map(lessons.map(({id, keptAs = id}) => [keptAs, id]));
      const [newest] = [...known]
        .flatMap(([key, left]) => (ids.has(key) ? [[ids.get(key) ?? key, left] as const] : []))
        .toSorted(([, one], [, other]) => other.atMs - one.atMs);
      return newest && lessonLeft(newest);
    },
    lost() {
      keep();
      const still = again?.();
      return still && problemOf(placesLost, {what: troubleText(still)});
    },
  };
};

const lessonLeft = ([lesson, {beat, beats}]: readonly [string, LeftOff]): LessonLeft => ({
  lesson,
  beat,
  beats,
});
