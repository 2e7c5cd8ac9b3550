// What wide screens are for: nothing is folded away while a third of a lesson's screen is empty. Every screen on which a lesson waits.
import {expect, test} from 'vitest';
import {lessonSummaries} from '../../source/io/lessons.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {setUp} from '../helpers/controlled.ts';
import {nextKey, openedLesson, walkThrough} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';
import {few, some} from '../helpers/seeds.ts';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];

/** `▾ 3 more`, `▴ 7 earlier packets`, `═ 8 more segments`, `▴ 前面还有 7 行`. */
const folded = /[▾▴═] ?(?:\p{L}{1,8} )?\d+ /u;

const told = (_: unknown, error: unknown): never => {
  throw error;
};

/** Each walk takes seconds: 2, 24, all. */
const walks = few(
  some(
    lessonSummaries().flatMap(({id}) => languages.map((language) => ({id, language}))),
    2,
  ),
  24,
);

/** A long run has hundreds of instants that are much alike: all questions, replies and pages, and so many of the others. */
const mostInstants = 60;

const looked = (screens: readonly AppState[]): readonly AppState[] => {
  const isPlain = ({player}: AppState): boolean =>
    player?.overlay === undefined && player?.playback.gate === undefined;
  const every = Math.ceil(screens.filter(isPlain).length / mostInstants);
  return screens.filter((state, index) => !isPlain(state) || index % every === 0);
};

const expectNoThirdEmpty = (state: AppState): void => {
  for (const size of sizes) {
    const lines = screenLines(state, size, told).map((line) => line.map(({text}) => text).join(''));
    const empty = lines.filter((line) => line.trim() === '').length;
    const shown = lines.join('\n');
    if (folded.test(shown)) expect(empty * 3, shown).toBeLessThanOrEqual(size.rows);
  }
};

test.each(walks)(
  '$id, $language: no third is empty while something is folded away',
  async ({id, language}) => {
    const screens = await walkThrough(id, language);
    expect(screens.length).toBeGreaterThan(10);
    for (const state of looked(screens)) expectNoThirdEmpty(state);
  },
);

/** `w` and `x`: below a ladder that would be cut for them. */
test.each(walks)(
  '$id, $language: nor where Why? or a page to alter a packet is open',
  async ({id, language}) => {
    const run = await openedLesson(id);
    const preferences = {...appOptions.preferences, language, motion: 'none'} as const;
    const app = setUp({preferences, initial: {screen: 'player', run}});
    let pages = 0;
    let tries = 0;
    for (let step = 0; step < 20 && app.context() !== 'closing'; step++) {
      app.press(nextKey(app.context(), tries));
      tries = app.context() === 'question' ? tries + 1 : 0;
      if (app.context() !== 'player') continue;
      for (const key of ['w', 'x', 'f']) {
        app.press(key);
        if (app.context() === 'player') continue;
        pages++;
        expectNoThirdEmpty(app.controller.get());
        app.press('escape');
      }
    }
    expect(pages).toBeGreaterThan(5);
  },
);
