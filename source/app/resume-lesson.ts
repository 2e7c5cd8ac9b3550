// Resumes a lesson where the reader left it, with the faults and settings of that time.

import type {Lesson} from '../lesson/lesson.ts';
import {changesIn, isSetting} from '../sim/fork.ts';
import {decodeReplay, encodeReplay} from '../sim/replay.ts';
import type {OpenedRun} from '../ui/opened-run.ts';
import {asCoded, openLesson} from './open-lesson.ts';
import type {Opened} from './opened.ts';
import {type PlacesKeeper, placeKey} from './places-keeper.ts';

type Resumed = {readonly opened: Opened; readonly left?: NonNullable<OpenedRun['left']>};

const reopened = async (lesson: Lesson, code: string): Promise<Opened | undefined> => {
  const replay = decodeReplay(code);
  if (!replay.ok) return undefined;
  const {run, seed, profile, faults, set = []} = replay.value;
  const again = asCoded(await openLesson(lesson, {run, seed, profile, faults, set}), replay.value);
  return again.ok ? again.value : undefined;
};

/**
 * Resumes a lesson where it was left. If `asked`, the command named the run itself, so the place is used only if it was left in the same
 * run.
 */
export const resumed = async (
  opened: Opened,
  places: Pick<PlacesKeeper, 'of'>,
  asked: boolean,
): Promise<Resumed> => {
  const {lesson, replay} = opened;
  const left = lesson && places.of(placeKey(lesson));
  if (!lesson || !replay || !left) return {opened};
  const isThis = left.code === encodeReplay(replay);
  if (!isThis && asked) return {opened};
  const there = isThis ? opened : await reopened(lesson, left.code);
  // The player simulates the reader's runs with changed settings as soon as it begins, so the compiler of settings is loaded now.
  const sets = left.forks.some(({fault}) => changesIn(fault)?.some(isSetting));
  if (sets) await there?.again?.world?.prepare();
  return there ? {opened: there, left} : {opened, left: 'changed'};
};
