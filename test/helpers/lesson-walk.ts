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
const mostKeys = 6000;

/** Each question is asked, hinted at, and answered until it has its reply: the first choices are wrong as often as not. */
export const nextKey = (context: string, tries: number): string => {
  if (context !== 'question') return context === 'reply' ? 'enter' : 'space';
  return tries === 0 ? 'i' : ('abcde'[(tries - 1) % 5] ?? 'a');
};

export const openedLesson = async (id: string): Promise<OpenedRun> => {
  const lesson = compiledLesson(id);
  const opened = lesson && (await openLesson(lesson));
  if (!opened?.ok) throw new Error(`no lesson ${id}`);
  return playable(opened.value, lessonData());
};

export const walkThrough = async (id: string, language: Language): Promise<readonly AppState[]> => {
  const run = await openedLesson(id);
  const preferences = {...appOptions.preferences, language, motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}});
  const screens: AppState[] = [app.controller.get()];
  let tries = 0;
  for (let keys = 0; app.context() !== 'closing'; keys++) {
    if (keys > mostKeys) throw new Error(`${id} does not come to its end`);
    const next = app.press(nextKey(app.context(), tries));
    tries = app.context() === 'question' ? tries + 1 : 0;
    if (next !== screens.at(-1)) screens.push(next);
  }
  return screens;
};
