// A lesson as it was left: its causes from the replay code that was kept, and the place in it.

import type {Lesson} from '../lesson/lesson.ts';
import {decodeReplay, encodeReplay} from '../sim/replay.ts';
import type {OpenedRun} from '../ui/opened-run.ts';
import {asCoded, openLesson} from './open-lesson.ts';
import type {Opened} from './opened.ts';
import {type PlacesKeeper, placeKey} from './places-keeper.ts';

type Resumed = {readonly opened: Opened; readonly left?: NonNullable<OpenedRun['left']>};

const reopened = async (lesson: Lesson, code: string): Promise<Opened | undefined> => {
  const replay = decodeReplay(code);
  if (!replay.ok) return undefined;
  const {run, seed, profile, faults} = replay.value;
  const again = asCoded(await openLesson(lesson, {run, seed, profile, faults}), replay.value);
  return again.ok ? again.value : undefined;
};

/** `asked`: whoever names the causes gets them, and goes on where those were left. */
export const resumed = async (
  opened: Opened,
  places: Pick<PlacesKeeper, 'of'>,
  asked: boolean,
): Promise<Resumed> => {
  const {lesson, replay} = opened;
  const left = lesson && places.of(placeKey(lesson));
  if (!lesson || !replay || !left) return {opened};
  if (left.code === encodeReplay(replay)) return {opened, left};
  if (asked) return {opened};
  const again = await reopened(lesson, left.code);
  return again ? {opened: again, left} : {opened, left: 'changed'};
};
