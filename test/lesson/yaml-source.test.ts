// Any text is a lesson or a list of errors inside it; nothing throws, nothing hangs.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {loadLesson} from '../../source/lesson/load.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {runs} from '../helpers/seeds.ts';
import {lessonText} from './fragments.ts';

const sound = lessonText({
  runs: 'runs: {base: {}, lost: {faults: [{drop: {packet: 1}}]}}\n',
  checks: "checks: [{that: 'count({sends: client}) == 2', because: x}]\n",
});

const inside = (
  text: string,
  errors: readonly {readonly position: {line: number; column: number}}[],
): void => {
  const lines = text.split('\n').length;
  expect(errors.length).toBeGreaterThan(0);
  for (const {position} of errors) {
    expect(position.line).toBeGreaterThanOrEqual(1);
    expect(position.line).toBeLessThanOrEqual(lines);
    expect(position.column).toBeGreaterThanOrEqual(1);
  }
};

test('a sound lesson with a piece cut out, doubled or replaced', () => {
  const piece = fc.tuple(
    fc.nat(sound.length),
    fc.nat(40),
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        '{',
        '}',
        '[',
        ': ',
        '\n',
        '"',
        "'",
        '*a',
        '&a',
        '- ',
        '\t',
        '!!js',
        '序',
        '0',
        '<<: *x',
      ),
    ),
  );
  fc.assert(
    fc.property(piece, ([start, length, put]) => {
      const text = sound.slice(0, start) + put + sound.slice(start + length);
      const lesson = loadLesson(text, 'sample.yaml');
      if (!lesson.ok) inside(text, lesson.error);
    }),
    {numRuns: runs(400)},
  );
});

test('any text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 300}), (text) => {
      const lesson = loadLesson(text, 'sample.yaml');
      expect(lesson.ok).toBe(false);
      if (!lesson.ok) inside(text, lesson.error);
    }),
    {numRuns: runs(200)},
  );
});

test('shared data: what is wrong has a place', () => {
  const text = '- {id: a-b, belief: {en: x, zh: y}}\n- {id: a-b}\n';
  const data = loadData({misconceptions: {text, file: 'm.yaml'}});
  expect(data.ok).toBe(false);
  if (!data.ok) inside(text, data.error);
  const entry =
    '{id: a-b, belief: {en: x, zh: y}, correct: {en: x, zh: y}, answerMeans: {en: x, zh: y}, rfc: 9293 §3, lesson: l}';
  const twice = loadData({misconceptions: {text: `- ${entry}\n- ${entry}\n`, file: 'm.yaml'}});
  expect(twice.ok ? [] : twice.error.map(({message, position}) => [message.en, position])).toEqual([
    ['a-b stands here twice', {line: 2, column: 8}],
  ]);
});
