// The menu's first row: one way on, for a newcomer and for somebody who comes back.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {lessonLists} from '../../source/ui/lesson-lists.ts';
import {firstLesson, menuForward} from '../../source/ui/menu-state.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {setUp} from '../helpers/controlled.ts';
import {lessons as known} from '../helpers/render.ts';

const zero = known.slice(0, 1).map((lesson) => ({...lesson, id: 'first-packet'}));
const lessons = [...zero, ...known];

const learnerOf = (finished: Readonly<Record<string, boolean>>) => ({
  due: 0,
  toCorrect: 0,
  weak: new Set<string>(),
  lessons: new Map(Object.entries(finished).map(([id, each]) => [id, {finished: each}])),
});

test.each([
  ['nothing is kept', undefined, 'first-packet', true],
  ['nothing yet', {}, 'first-packet', true],
  ['lesson zero begun', {'first-packet': false}, 'first-packet', true],
  ['lesson zero done', {'first-packet': true}, 'handshake', false],
  ['back, without lesson zero', {handshake: true}, 'refused', false],
  // Answered in the quiz alone: what was begun as a lesson has a place that is kept.
  ['the quiz alone', {handshake: false, teardown: false}, 'first-packet', true],
  ['back, and the quiz', {handshake: true, teardown: false}, 'refused', false],
  ['all done', {'first-packet': true, handshake: true, refused: true, teardown: true}, 'first-packet', false],
] as const)('%s', (_, finished, id, isZero) => {
  const learner = finished && learnerOf(finished);
  const first = firstLesson({lessons, learner});
  expect(first?.lesson.id).toBe(id);
  expect(first?.isZero).toBe(isZero);
  const menu = {level: 'main', item: 'watch', track: undefined, lesson: undefined} as const;
  expect(menuForward({menu, lessons, learner})).toEqual({kind: 'lesson', id});
});

test('200 columns: the title of a lesson of one’s own is whole, and its minutes stand behind it', () => {
  const long = `${'Middlebox '.repeat(6)}between`;
  const title = everywhere({en: long, zh: long});
  const state = setUp({lessons: known.map((lesson) => ({...lesson, title}))}).controller.get();
  const text = (columns: number) =>
    lessonLists(state, unicodeGlyphs, columns)
      .map((line) => line.map((part) => part.text).join(''))
      .join('\n');
  expect(text(200)).toMatch(new RegExp(`${long} +\\d+ min`));
  expect(text(80)).toMatch(/Middlebox [^…]*… +\d+ min/);
});
