// Questions for Moodle, read back by a parser of the documented grammar.
import {expect, test} from 'vitest';
import {giftLines} from '../../../source/io/export/gift.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {valuesLine} from '../../../source/quiz/prompt.ts';
import type {Question} from '../../../source/quiz/question.ts';
import {readGift} from '../../helpers/gift-parser.ts';
import {questionOf, roundOf} from '../../helpers/questions.ts';

const known = roundOf([]).reference.misconception('every-packet-plus-one');
const misconceptions = known ? [known] : [];

const read = (question: Question, language: 'en' | 'zh' = 'en') => {
  const lines = [...giftLines({language, questions: [question], misconceptions})];
  const [only, ...more] = readGift(lines.join('\n'));
  if (only === undefined || more.length > 0) throw new Error(`${more.length + 1} questions`);
  return only;
};

/** What a browser shows of it. */
const shown = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(
      /&(amp|lt|gt|quot);/g,
      (_, name: 'amp' | 'lt' | 'gt' | 'quot') => ({amp: '&', lt: '<', gt: '>', quot: '"'})[name],
    );

test('one of several: the right one, and the reply to a wrong one as its feedback', () => {
  const {kind, format, answers, generalFeedback, text} = read(questionOf('choice'));
  expect([kind, format, generalFeedback]).toEqual(['one', 'html', 'A SYN uses up one number.']);
  expect(shown(text)).toContain('SYN seq=1000');
  expect(answers.map(({sign, text: words, feedback}) => [sign, words, feedback && shown(feedback)])).toEqual([
    ['~', '1000', 'As if every packet used up a number: it is 1001.'],
    ['=', '1001', undefined],
    ['~', '1002', undefined],
  ]);
});

test('several: the right ones make 100 %, all together nothing', () => {
  const {kind, answers} = read(questionOf('several'));
  expect(kind).toBe('several');
  expect(answers.map(({weight}) => weight)).toEqual([-50, 50, 50]);
  const all = read({...questionOf('several'), answer: ['a', 'b', 'c']});
  expect(all.answers.map(({weight}) => weight)).toEqual([33.33333, 33.33333, 33.33333]);
});

test('an order is matched with places', () => {
  const {kind, answers} = read(questionOf('order'));
  expect(kind).toBe('matching');
  expect(answers.map(({text}) => text)).toEqual(['1000 -> 2', '1001 -> 3', '1002 -> 1']);
});

test('a number is right to the unit; what a belief gives is 0 %', () => {
  const wrong = [{value: 1000, misconception: 'every-packet-plus-one'}];
  const {kind, answers} = read({...questionOf('number'), wrongAnswers: wrong});
  expect(kind).toBe('numerical');
  expect(answers.map(({text, weight}) => [text, weight])).toEqual([
    ['1001:0', undefined],
    ['1000:0', 0],
  ]);
  expect(answers[1]?.feedback).toContain('it is 1001');
  expect(read(questionOf('packet')).answers.map(({text}) => text)).toEqual(['2:0']);
});

test('the language is one', () => {
  const {text, generalFeedback} = read(questionOf('choice'), 'zh');
  expect([shown(text), generalFeedback]).toEqual([expect.stringContaining('第 1 题'), 'SYN 占用一个序号。']);
});

/** Whatever Moodle could take for a sign of its own. */
const hostile = [
  ...['~a', '=a', '%50%a', '%-100%a', '#a', '####a', '{T}', '}', 'a -> b', '::a::', '[html]<b>a</b>'],
  ...[
    '\\',
    '\\n',
    'a\\',
    '\\=',
    '// a',
    'a\n\nb',
    '$CATEGORY: a',
    '&amp;',
    '&&058;',
    'T',
    '1..2',
    '\u001b[31m',
  ],
];

test.each(hostile)('%j stays text', (words) => {
  const text = everywhere({en: words, zh: words});
  const [first, ...choices] = questionOf('choice').choices;
  const question: Question = {
    ...questionOf('choice'),
    lesson: words,
    prompt: [valuesLine(words), text],
    choices: first === undefined ? choices : [{...first, text}, ...choices],
    explain: text,
  };
  const told = words.replace(/\n+/g, '').replace('\u001b', '␛');
  const one = read(question);
  expect([one.kind, shown(one.text), one.answers.length]).toEqual(['one', told + told, 3]);
  expect(shown(one.name)).toBe(`${told} choice-1`);
  expect([one.answers[0]?.sign, one.answers[0]?.weight]).toEqual(['~', undefined]);
  expect(shown(one.answers[0]?.text ?? '')).toBe(told);
  expect(shown(one.generalFeedback ?? '')).toBe(told);
  const matched = read({...questionOf('order'), choices: question.choices});
  expect([matched.kind, matched.answers.length]).toEqual(['matching', 3]);
  expect(matched.answers[0]?.text.split('->')).toHaveLength(2);
});
