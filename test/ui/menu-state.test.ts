// The menu's first row: one way on, for a newcomer and for somebody who comes back.
import {expect, test} from 'vitest';
import {firstLesson, menuForward} from '../../source/ui/menu-state.ts';
import {lessons as known} from '../helpers/render.ts';

const zero = known.slice(0, 1).map((lesson) => ({...lesson, id: 'first-packet'}));
const lessons = [...zero, ...known];

const learnerOf = (finished: Readonly<Record<string, boolean>>) => ({
  due: 0,
  weakest: undefined,
  weak: new Set<string>(),
  lessons: new Map(Object.entries(finished).map(([id, each]) => [id, {finished: each}])),
});

test.each([
  ['nothing is kept', undefined, 'first-packet', true],
  ['nothing yet', {}, 'first-packet', true],
  ['lesson zero begun', {'first-packet': false}, 'first-packet', true],
  ['lesson zero done', {'first-packet': true}, 'handshake', false],
  ['back, without lesson zero', {handshake: true}, 'refused', false],
  ['back, one begun', {handshake: true, teardown: false}, 'teardown', false],
  ['all done', {'first-packet': true, handshake: true, refused: true, teardown: true}, 'first-packet', false],
] as const)('%s', (_, finished, id, isZero) => {
  const learner = finished && learnerOf(finished);
  const first = firstLesson({lessons, learner});
  expect(first?.lesson.id).toBe(id);
  expect(first?.isZero).toBe(isZero);
  const menu = {level: 'main', item: 'watch', track: undefined, lesson: undefined} as const;
  expect(menuForward({menu, lessons, learner})).toEqual({kind: 'lesson', id});
});
