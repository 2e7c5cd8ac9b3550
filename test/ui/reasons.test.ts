// In what depth *Why?* and *What is this?* answer first: by what the learner has finished, or as the settings say.
import {expect, test} from 'vitest';
import {sameIn} from '../../source/lesson/text.ts';
import type {Track} from '../../source/lesson/tracks.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import type {LessonEntry} from '../../source/ui/menu-state.ts';
import type {LearnerNote} from '../../source/ui/quiz-round.ts';
import {plainFirst} from '../../source/ui/reasons.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {saidOf} from '../../source/view/pointing/points.ts';
import {chooseRow, setUp} from '../helpers/controlled.ts';
import {sharedData} from '../helpers/kept-lessons.ts';
import {preferences} from '../helpers/preferences.ts';
import {handshakeRun} from '../helpers/render.ts';

const {glossary, rules} = sharedData();
const reference = {glossary, card: () => undefined, lessonTitle: () => sameIn('')};
const rule = (id: string) => rules.find((each) => each.id === id);
const run = {...handshakeRun({asks: false}), rule, reference};

const lesson = (id: string, track: Track): LessonEntry => ({
  ...{id, track, title: sameIn(id), summary: sameIn(''), minutes: 1},
});
const lessons = [
  lesson('layers', 'foundations'),
  lesson('tcp-header', 'foundations'),
  lesson('handshake', 'tcp-open'),
  lesson('cubic', 'tcp-data'),
  lesson('dns-cache', 'dns'),
];

const having = (finished: readonly string[], begun: readonly string[] = []): LearnerNote => ({
  ...{due: 0, toCorrect: 0, weak: new Set<string>()},
  lessons: new Map([...begun, ...finished].map((id) => [id, {finished: finished.includes(id)}])),
});

const isPlain = (learner: LearnerNote | undefined, reasons?: 'finished' | 'plain' | 'full') =>
  plainFirst({
    preferences: {...preferences, ...(reasons ? {reasons} : {})},
    lessons: lessons,
    learner,
  });

test('whoever has finished the header lesson, or one of the data track or later, reads derivations at once', () => {
  expect(isPlain(undefined)).toBe(true);
  expect(isPlain(having(['layers', 'handshake'], ['tcp-header', 'cubic']))).toBe(true);
  for (const id of ['tcp-header', 'cubic', 'dns-cache']) expect(isPlain(having([id])), id).toBe(false);
});

test('a setting fixes it, whatever has been finished', () => {
  expect(isPlain(having(['tcp-header']), 'plain')).toBe(true);
  expect(isPlain(having([]), 'full')).toBe(false);
  expect(isPlain(having(['dns-cache']), 'finished')).toBe(false);
});

const textIn = ({controller}: ReturnType<typeof setUp>, rows = 24): string =>
  screenLines(controller.get(), {columns: 80, rows}, (_, error) => {
    throw error;
  })
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

const player = (changes: Partial<AppOptions> = {}) =>
  setUp({lessons: lessons, initial: {screen: 'player', run}, preferences, ...changes});

test('w says it plainly, enter derives it, and that stays until why? is closed', () => {
  const app = player();
  app.press('right', 'w');
  expect(textIn(app)).toMatch(/enter rule and numbers/);
  expect(textIn(app)).not.toMatch(/RFC 9293/);
  app.press('enter');
  expect(app.context()).toBe('why');
  expect(textIn(app)).toMatch(/rule +RFC 9293 §3\.10\.1/);
  expect(textIn(app)).not.toMatch(/enter rule and numbers/);
  app.press('right', '<');
  expect(textIn(app)).toMatch(/rule +RFC \d/);
  app.press('w', 'w');
  expect(textIn(app)).not.toMatch(/RFC/);
});

test('with the setting the derivation is there at once, and a change reaches the run that is open', () => {
  const app = player({preferences: {...preferences, reasons: 'full'}});
  app.press('right', 'w');
  expect(textIn(app)).toMatch(/RFC 9293/);
  const kept: unknown[] = [];
  const menu = setUp({onPreferences: (each) => void kept.push(each)});
  chooseRow(menu.controller, 'settings');
  chooseRow(menu.controller, 'reasons');
  menu.press('right', 'right');
  expect(kept).toEqual([{reasons: 'plain'}, {reasons: 'full'}, {reasons: 'finished'}]);
});

test('what is pointed at is said in plain words first, and in the words of the field later', () => {
  const syn = glossary.find(({id}) => id === 'syn') ?? expect.fail('no SYN');
  const point = {row: 1, column: 1, text: 'SYN', name: syn.term, is: syn.text, plain: syn.plain};
  expect(saidOf(point, true)).toBe(syn.plain);
  expect(saidOf(point, false)).toBe(syn.text);
  expect(saidOf({...point, plain: undefined}, true)).toBe(syn.text);
  const shown = (reasons: 'plain' | 'full'): string => {
    const app = player({preferences: {...preferences, reasons}});
    app.press('right', 'z');
    const {overlay} = app.controller.get().player ?? {};
    const text = textIn(app).replaceAll(/[\s▎]+/g, ' ');
    if (overlay?.kind !== 'pointing') return expect.fail('nothing is pointed at');
    const {is, plain} = overlay.point;
    expect(plain).toBeDefined();
    return text.includes(is.en) ? 'full' : text.includes(plain?.en ?? '—') ? 'plain' : '';
  };
  expect([shown('plain'), shown('full')]).toEqual(['plain', 'full']);
});

test.each([
  ['en', /[\u3400-\u9fff]/],
  ['zh', /\b(segment|packet|sequence number|round-trip time|congestion window)\b/],
] as const)('the glossary in %s only', (language, other) => {
  const app = player({preferences: {...preferences, language}});
  app.press('right', 'z', 'enter');
  expect(app.controller.get().player?.playback.focus).toBe('glossary');
  for (const word of ['', 'segment', '分组']) {
    app.press('/');
    for (const _ of 'a long word before it') app.press('backspace');
    app.press(...word, 'enter');
    const text = textIn(app, 40);
    expect(text.length).toBeGreaterThan(200);
    expect(
      text
        .split('\n')
        .slice(2, -2)
        .join('\n')
        .replaceAll(/(── .*|.*[「“]).*\n/g, ''),
    ).not.toMatch(other);
  }
});
