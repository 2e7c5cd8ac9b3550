// The quiz of the menu after three lessons: it asks what these have named, each idea once, from easy to hard, with the subjects in turn.
// Oracle: the texts of the lessons, and counting.
import {expect, test} from 'vitest';
import {playMenuRound, type Style} from '../helpers/menu-rounds.ts';
import {brokenMenuRules} from './menu-rules.ts';

test.each<readonly [Style, number, readonly string[]]>([
  ['right', 11, ['first-packet', 'handshake', 'layers']],
  ['wrong', 12, ['handshake', 'dns-recursion', 'http-request']],
])('always %s, seed %i, after %s', async (style, seed, lessons) => {
  const played = await playMenuRound(lessons, {seed, style});
  expect(brokenMenuRules(played?.questions ?? [], lessons)).toEqual([]);
  expect(played?.questions).toHaveLength(10);
});

test('nothing is asked before a lesson is finished, unless all are wished for', async () => {
  expect(await playMenuRound([], {seed: 1, style: 'right'})).toBeUndefined();
  const all = await playMenuRound([], {seed: 1, style: 'right'}, 'everything');
  expect(all?.questions).toHaveLength(10);
  expect(new Set(all?.questions.map(({topic}) => topic)).size).toBeGreaterThan(2);
});
