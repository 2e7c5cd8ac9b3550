// The file that an exam leaves, and what is said of one that was altered.
import {expect, test} from 'vitest';
import {examText, readExam, sheetName, timeFault} from '../../source/io/exam-file.ts';
import {questionOf} from '../helpers/questions.ts';

const questions = [questionOf('choice'), questionOf('several'), questionOf('number')];
const call = {sources: ['handshake'], seed: 7, count: 3, options: {drop: ['2'], simulated: []}};
const exam = {
  ...sheetName(call, questions),
  name: '李雷 "=1+1"',
  began: '2026-01-02T03:04:05.000Z',
  times: {'choice-1': '2026-01-02T03:04:15.000Z'},
  answers: {'choice-1': 'b', 'several-1': ['b', 'c'], 'number-1': 1001},
};
const text = examText(exam);

test('what was written is read', () => {
  expect(readExam(text)).toEqual({ok: true, value: exam});
});

test('neither the order of keys nor blanks are a change', () => {
  const {checksum, ...rest} = JSON.parse(text);
  const other = JSON.stringify(Object.fromEntries(Object.entries({checksum, ...rest}).toReversed()));
  expect(readExam(other)).toEqual({ok: true, value: exam});
});

/** Every value of the file, changed alone. */
const altered = Object.keys(exam).map((key) => {
  const file = JSON.parse(text);
  const value = file[key];
  if (typeof value === 'string') file[key] = `${value} `;
  else if (typeof value === 'number') file[key] = value + 1;
  else if (Array.isArray(value)) file[key] = [...value, 'dns'];
  else file[key] = {...value, more: key === 'options' ? ['1'] : '1'};
  return [key, JSON.stringify(file)] as const;
});

test.each(altered)('%s, altered: said', (_, file) => {
  expect(readExam(file)).toEqual({ok: false, error: 'changed'});
});

const without = (key: string) => JSON.stringify({...JSON.parse(text), [key]: undefined});

test.each([
  ['no JSON', 'hello', 'other'],
  ['a list', '[1]', 'other'],
  ['answers alone', '{"answers": {"a": "b"}}', 'other'],
  ['cut off', text.slice(0, -20), 'other'],
  ['of a later format', text.replace('"format": 1', '"format": 2'), 'newer'],
  ['without a name', without('name'), 'changed'],
  ['answers of another kind', text.replace('"b"', '{}'), 'changed'],
])('%s: %s', (_, file, error) => {
  expect(readExam(file)).toEqual({ok: false, error});
});

test.each([
  ['another right answer', {...questionOf('choice'), answer: 'a'}],
  ['another prompt', {...questionOf('choice'), prompt: questionOf('choice', 2).prompt}],
  ['other choices', {...questionOf('choice'), choices: questionOf('choice').choices.slice(1)}],
])('%s makes another sheet', (_, changed) => {
  const other = sheetName(call, [changed, ...questions.slice(1)]);
  expect(other.questions).not.toBe(exam.questions);
  expect(sheetName({...call, seed: 8}, questions).questions).toBe(exam.questions);
});

test.each([
  ['as written', {}, undefined],
  ['a clock ahead', {began: '2026-01-02T04:04:00.000Z', times: {}}, undefined],
  ['no time at all', {began: 'NaN'}, 'unreadable'],
  ['no such date', {began: '2026-02-31T99:00:00.000Z'}, 'unreadable'],
  // A lenient reader takes this for a date.
  ['no ISO date', {times: {'choice-1': 'question 5'}}, 'unreadable'],
  ['before 1970', {began: '1969-12-31T23:59:59.000Z'}, 'unreadable'],
  ['a negative year', {began: '-000001-01-01T00:00:00.000Z'}, 'unreadable'],
  ['answered before it began', {times: {a: '2026-01-02T03:04:04.999Z'}}, 'backwards'],
  ['begun next week', {began: '2026-01-09T03:04:05.000Z', times: {}}, 'future'],
  ['answered next week', {times: {a: '2026-01-02T03:05:00.000Z', b: '2026-01-09T00:00:00.000Z'}}, 'future'],
])('times that are impossible: %s', (_, changed, fault) => {
  expect(timeFault({...exam, ...changed}, Date.parse('2026-01-02T03:10:00.000Z'))).toBe(fault);
});
