// A lesson from its opening to its last page as a learner goes through it: every screen on which the program waits for a key.

import {openLesson} from '../../source/app/open-lesson.ts';
import {playable} from '../../source/app/playable.ts';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import type {Language} from '../../source/lesson/text.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {setUp} from './controlled.ts';
import {appOptions} from './render.ts';

/** More keys than any lesson takes. */
const mostKeys = 40_000;
/** Of a question one key may change nothing, more keys than it has choices do. */
const mostIdle = 8;

/** Each question is asked, hinted at, and answered until it has its reply: the first choices are wrong as often as not. */
export const nextKey = (context: string, tries: number): string => {
  if (context !== 'question') return context === 'reply' ? 'enter' : 'space';
  return tries === 0 ? 'i' : ('abcde'[(tries - 1) % 5] ?? 'a');
};

export const openedLesson = async (id: string, run?: string): Promise<OpenedRun> => {
  const lesson = compiledLesson(id);
  const opened = lesson && (await openLesson(lesson, {run}));
  if (!opened?.ok) throw new Error(`no lesson ${id}`);
  const playing = playable(opened.value, lessonData());
  // The app does this when the reader looks around, which takes a moment that a test does not wait for.
  await playing.fork?.prepare?.();
  return playing;
};

/** A run beside the lesson's own has what-ifs at its end, and no last page. */
export const walkThrough = async (
  id: string,
  language: Language,
  name?: string,
): Promise<readonly AppState[]> => {
  const run = await openedLesson(id, name);
  const preferences = {...appOptions.preferences, language, motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}});
  const screens: AppState[] = [app.controller.get()];
  let tries = 0;
  let idle = 0;
  for (let keys = 0; app.context() !== 'closing' && idle < mostIdle; keys++) {
    if (keys > mostKeys) throw new Error(`${id} does not come to its end`);
    const next = app.press(nextKey(app.context(), tries));
    tries = app.context() === 'question' ? tries + 1 : 0;
    idle = next === screens.at(-1) ? idle + 1 : 0;
    if (idle === 0) screens.push(next);
  }
  if (name === undefined && app.context() !== 'closing') throw new Error(`${id} has no last page`);
  return screens;
};
