// Generated challenges: each is solved by its own solution and missed by its near misses, as `check` plays them, and no two are alike.
import {basename} from 'node:path';
import {expect, test} from 'vitest';
import {lessonFiles} from '../../../scripts/lesson-files.ts';
import {simulate} from '../../../scripts/simulate.ts';
import {generated} from '../../../source/drills/challenges/generated.ts';
import {checkLesson} from '../../../source/lesson/check.ts';
import {dailyOf} from '../../../source/lesson/daily.ts';
import {readGeneratedId} from '../../../source/lesson/generated-id.ts';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import {moveText} from '../../../source/lesson/move-text.ts';
import {published} from '../../../source/lesson/text.ts';
import {type Sort, sorts} from '../../../source/lesson/tracks.ts';
import {root} from '../../helpers/root.ts';
import {runs, thorough} from '../../helpers/seeds.ts';

/** In each sort consecutive seeds, which are of all kinds: 21 challenges in `npm test`, 201 in the other tiers. */
const ofSort = Math.min(67, runs(134, 7));
const chosen = sorts.flatMap((sort) => Array.from({length: ofSort}, (_, seed) => [sort, seed + 1] as const));

const known = new Map<string, Lesson>();
const challengeOf = (sort: Sort, seed: number): Lesson => {
  const id = `${sort}-${seed}`;
  const lesson = known.get(id) ?? generated(sort, seed);
  known.set(id, lesson);
  return lesson;
};

const data = {misconceptions: [], glossary: [], rules: [], labels: [], cards: []};
const lessons = lessonFiles(`${root}/lessons`).map((file) => basename(file, '.yaml'));

test.each(chosen)('%s %i proves itself and says everything in both languages', (sort, seed) => {
  const lesson = challengeOf(sort, seed);
  const {challenge} = lesson;
  if (!challenge) return expect.fail('no challenge');
  expect(lesson).toMatchObject({id: `${sort}-${seed}`, track: 'challenges', challenge: {sort}});
  expect(checkLesson(lesson, simulate, {...data, lessons, ours: true})).toEqual([]);
  const {goal, holds, hints, task, learnt, misses, solution} = challenge;
  expect(solution).not.toEqual([]);
  expect(misses).not.toEqual([]);
  const texts = [lesson.title, task, learnt, ...hints, ...[...goal, ...holds].map(({say}) => say)];
  for (const language of published) {
    expect(
      texts
        .map((text) => text?.[language] ?? '')
        .filter((text) => text === '' || /[{}]|undefined/.test(text)),
    ).toEqual([]);
    for (const {say} of misses) expect(say[language]).not.toEqual([]);
  }
  return undefined;
});

test('no two are alike, and the same seed gives the same one', () => {
  const told = chosen.map(([sort, seed]) => {
    const {ground, challenge} = challengeOf(sort, seed);
    return JSON.stringify([ground?.file, challenge?.task, challenge?.solution?.map(moveText)]);
  });
  expect(told.filter((each, index) => told.indexOf(each) < index)).toEqual([]);
  const [[sort, seed] = ['make', 1] as const] = chosen;
  expect(generated(sort, seed)).toEqual(challengeOf(sort, seed));
});

thorough('the challenges of the days of a year can be made', () => {
  const days = Array.from({length: 365}, (_, day) => new Date(Date.UTC(2026, 11, 1 + day)));
  const made = days.flatMap(
    (day) => readGeneratedId(dailyOf(day.toISOString().slice(0, 10), ['a']) ?? '') ?? [],
  );
  expect(made.length).toBeGreaterThanOrEqual(104);
  for (const {sort, seed} of made)
    expect(generated(sort, seed).challenge?.solution?.length, `${sort}-${seed}`).toBeGreaterThan(0);
});
