// What wide screens are for: nothing is folded away while a third of a lesson's screen is empty. Every screen on which a lesson waits.
import {expect, test} from 'vitest';
import {compiledLesson, lessonSummaries} from '../../source/io/lessons.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {setUp} from '../helpers/controlled.ts';
import {nextKey, openedLesson, walkThrough} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';
import {asksOthers, few, runs, some, thorough} from '../helpers/seeds.ts';

/** `▾ 3 more`, `▴ 7 earlier packets`, `═ 8 more segments`, `▴ 前面还有 7 行`, `○ 4 more lessons`. Not what two runs differ by. */
const folded =
  /[▾▴═] ?(?:\p{L}{1,8} )?\d+ |(?<!A shows |[≠=] +)\b\d+ (?:more|earlier)\b|[前后]面还有 \d+ |还有 \d+ [条行个课]/u;

/**
 * `A shows 14 more`, values that the lesson has not come to yet, is not folded away for want of a row: it waits for its reader. Where
 * rows are free, at 200×60, it counts like the others while a lesson waits. At 120×40 it does not: 26 screens of all
 * lessons have it there, with 14 or 15 rows empty, where nothing has been sent that the lesson's other panel could show.
 */
const waits = /A shows \d+ more|按 A 再看 \d+ 项/u;

const sizes = [
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];

const told = (_: unknown, error: unknown): never => {
  throw error;
};

const ids = lessonSummaries().map(({id}) => id);
/** A walk takes seconds, through a long lesson ten: `npm test` has the short ones. */
const walked = asksOthers() ? ids : ids.filter((id) => (compiledLesson(id)?.beats.length ?? 0) < 30);

/** Each run of each lesson: 1, 6, all. */
const runWalks = few(
  some(
    walked.flatMap((id) =>
      (compiledLesson(id)?.runs ?? []).flatMap(({name}) =>
        languages.map((language) => ({id, run: name, language})),
      ),
    ),
    1,
  ),
  6,
);

/** Pages are opened from the lesson's own run. */
const walks = few(
  some(
    walked.flatMap((id) => languages.map((language) => ({id, language}))),
    1,
  ),
  2,
);

/** A long run has hundreds of instants that are much alike: all questions, replies and pages, and so many of the others. */
const mostInstants = Math.min(60, runs(60, 6));

const looked = (screens: readonly AppState[]): readonly AppState[] => {
  const isPlain = ({player}: AppState): boolean =>
    player?.overlay === undefined && player?.playback.gate === undefined;
  const every = Math.ceil(screens.filter(isPlain).length / mostInstants);
  return screens.filter((state, index) => !isPlain(state) || index % every === 0);
};

const expectNoThirdEmpty = (state: AppState, isWaiting: boolean): void => {
  for (const size of sizes) {
    const lines = screenLines(state, size, told).map((line) => line.map(({text}) => text).join(''));
    const empty = lines.filter((line) => line.trim() === '').length;
    const shown = lines.join('\n');
    const isKeptBack = folded.test(shown) || (isWaiting && size.rows === 60 && waits.test(shown));
    if (isKeptBack) expect(empty * 3, shown).toBeLessThanOrEqual(size.rows);
  }
};

test.each(runWalks)(
  // Nothing is folded away while there is room.
  '$id $run, $language: no third empty',
  async ({id, run, language}) => {
    const screens = await walkThrough(id, language, run);
    expect(screens.length).toBeGreaterThan(3);
    for (const state of looked(screens)) expectNoThirdEmpty(state, run === compiledLesson(id)?.runs[0]?.name);
  },
);

thorough('timers take the rows that hosts without variables leave', async () => {
  for (const state of looked(await walkThrough('accept-queue', 'en', 'never')))
    expectNoThirdEmpty(state, false);
});

/** Keys that open a page or give a panel the focus, and keys within it. */
const opening: readonly (readonly [string, ...string[]])[] = [
  ['w'],
  ['x'],
  ['f'],
  ['b', 'down'],
  ['v'],
  ['z', 'right', 'down', 'down', 'right'],
  ['?', 'down'],
  ['m'],
  ['/', 's', 'enter'],
  ...Array.from('2345678', (digit) => [digit] as const),
];

/** Two runs beside each other: at the first difference, the next, and the end; then back to the run that the lesson tells. */
const comparing = ['d', 'n', 'n', 'G'];

type App = ReturnType<typeof setUp>;

/** Every page that the reader can open where a lesson waits; the lesson waits there still. */
const pagesFrom = (app: App): readonly AppState[] => {
  const context = app.context();
  const pages: AppState[] = [];
  const back = (): void => {
    for (let keys = 0; keys < 4 && app.context() !== context; keys++) app.press('escape');
    if (app.controller.get().player?.playback.focus !== 'ladder') app.press('escape');
  };
  const see = (keys: readonly string[]): void => {
    for (const key of keys) {
      const before = app.controller.get();
      if (app.press(key) !== before && app.context() !== context) pages.push(app.controller.get());
      else if (app.controller.get().player?.playback.focus !== 'ladder') pages.push(app.controller.get());
    }
  };
  for (const keys of some(opening, 6)) {
    see(keys);
    back();
  }
  if (context !== 'player') return pages;
  app.press('x', 'enter');
  if (app.context() !== 'player') back();
  else {
    see(comparing);
    back();
    app.press('u');
  }
  return pages;
};

/** Instants of a lesson from which pages are opened. */
const mostStops = Math.min(12, runs(4, 1));

test.each(walks)(
  // Or with a panel that was called up.
  '$id, $language: nor with an opened page',
  async ({id, language}) => {
    const run = await openedLesson(id);
    const preferences = {...appOptions.preferences, language, motion: 'none'} as const;
    const app = setUp({preferences, initial: {screen: 'player', run}});
    let pages = 0;
    let stops = 0;
    let tries = 0;
    for (let step = 0; stops < mostStops && app.context() !== 'closing'; step++) {
      app.press(nextKey(app.context(), tries));
      tries = app.context() === 'question' ? tries + 1 : 0;
      const asks = app.context() === 'question';
      if (tries > 1 || (!asks && (app.context() !== 'player' || step % 3 > 0))) continue;
      stops++;
      for (const state of pagesFrom(app)) {
        pages++;
        expectNoThirdEmpty(state, false);
      }
    }
    expect(pages).toBeGreaterThan(stops);
  },
);

thorough('a panel in the picture’s place leaves packets the spare rows', async () => {
  const run = await openedLesson('simultaneous-close');
  const preferences = {...appOptions.preferences, language: 'en', motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}});
  let asked = 0;
  for (let tries = 0; app.context() !== 'closing'; ) {
    app.press(nextKey(app.context(), tries));
    tries = app.context() === 'question' ? tries + 1 : 0;
    if (tries !== 1) continue;
    asked++;
    for (const digit of '2345678') {
      app.press(digit);
      expectNoThirdEmpty(app.controller.get(), false);
      app.press('escape');
    }
  }
  expect(asked).toBeGreaterThan(1);
});
