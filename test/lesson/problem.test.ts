// What an author is told of a word that nobody knows: the nearest one, and all there are, as long as they are few.
import {describe, expect, test} from 'vitest';
import {problem, unknownWord, wordRemedy} from '../../source/lesson/problem.ts';
import {Problems} from '../../source/lesson/problems.ts';
import {sameIn} from '../../source/lesson/text.ts';
import '../helpers/meaning.ts';
import {toldProblem} from './told-problem.ts';

const words = (count: number) =>
  Array.from({length: count}, (_, at) => `word${String.fromCharCode(97 + at)}`);

test('the nearest, then all', () => {
  const told = {says: 'lesson.problemSentences.wordRemedy.didYouMean', near: 'host', all: 'host, link'};
  expect(wordRemedy('hots', ['host', 'link']).en).toSay(told);
  expect(wordRemedy('xyz', ['host', 'link']).en).toBe('allowed here: host, link');
  expect(wordRemedy('xyz', []).en).toBe('nothing is allowed here');
});

test('twelve are listed', () => {
  expect(wordRemedy('xyz', words(12)).en).toBe(`allowed here: ${words(12).join(', ')}`);
  expect(wordRemedy('xyz', words(13)).en).toBe(`allowed here: ${words(12).join(', ')}, …`);
});

test('what it was taken for', () => {
  expect(unknownWord(sameIn('host'), 'x', ['a']).message.en).toBe('no host “x”');
});

describe('collected', () => {
  test('with their places', () => {
    const problems = new Problems();
    const one = problem(sameIn('one'), sameIn('remedy'));
    problems.add(['a', 0], one);
    problems.add(['b'], one, {onKey: true, inside: {offset: 3, value: 'v'}});
    expect(problems.found).toEqual([
      {...one, path: ['a', 0]},
      {...one, path: ['b'], onKey: true, inside: {offset: 3, value: 'v'}},
    ]);
  });

  test('a known word is none', () => {
    const problems = new Problems();
    expect(problems.host(['h'], 'client', ['server', 'client'])).toBe(true);
    expect(problems.found).toEqual([]);
    expect(problems.host(['h'], 'clint', ['server', 'client'])).toBe(false);
    const [{path, ...found} = expect.fail(), ...more] = problems.found;
    expect([path, toldProblem(found), more]).toMatchObject([
      ['h'],
      {kind: 'host', given: 'clint', near: 'client', all: 'server, client'},
      [],
    ]);
  });
});
