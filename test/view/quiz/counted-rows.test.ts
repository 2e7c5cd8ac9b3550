// Relative numbers beside raw ones on a question's screen. Oracle: the sums are done by hand (RFC 9293 §3.4).
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {sameIn} from '../../../source/lesson/text.ts';
import {numbersLine, promptText} from '../../../source/quiz/prompt.ts';
import type {Question, QuizChoice} from '../../../source/quiz/question.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {promptRows} from '../../../source/view/quiz/prompt-rows.ts';
import {questionScreen} from '../../../source/view/quiz/quiz-screen.ts';
import {quizSentences} from '../../../source/view/quiz/quiz-sentences.ts';
import {
  askQuestion,
  beginRound,
  beSure,
  type QuizState,
  take,
  typeIn,
} from '../../../source/view/quiz/quiz-state.ts';
import {seq} from '../../../source/wire/seq.ts';
import {infoOf, questionOf, roundOf} from '../../helpers/questions.ts';

const isn = seq(4_093_871_000);
const countsFrom = {isn, host: everywhere({en: 'the client', zh: '客户端'})};
const {reference} = roundOf([]);

const given = numbersLine(isn, (written) => `RCV.NXT=${written(4_093_871_121)}`);
const number: Question = {...questionOf('number'), prompt: [given], answer: 4_093_871_241, countsFrom};

const choicesOf = (...values: readonly number[]): readonly QuizChoice[] =>
  values.map((value, index) => ({
    id: 'abcd'.charAt(index),
    text: sameIn(String(value)),
    value: String(value),
  }));
const choice = (...values: readonly number[]): Question => ({
  ...questionOf('choice'),
  ...{choices: choicesOf(...values), answer: 'a', countsFrom},
});

const asking = (question: Question): QuizState => askQuestion(beginRound(infoOf()), question, 0);
const screen = (quiz: QuizState, columns = 80, language: 'en' | 'zh' = 'en'): string =>
  questionScreen(quiz, {columns, rows: 24, language, reference, glyphs: unicodeGlyphs, keyHints: []})
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');
const typed = (quiz: QuizState, keys: string): QuizState => [...keys].reduce(typeIn, quiz);

test('the field says what may be typed, on the screen and to ears, in both languages', () => {
  const en = 'a raw number, or +N counted from the client’s initial sequence number';
  expect(screen(asking(number))).toContain(en);
  expect(quizSentences(asking(number), {language: 'en', reference})).toContain(en);
  expect(screen(asking(number), 80, 'zh')).toContain('填原始序号，或者填 +N：从客户端的初始序号往后数');
  expect(screen(asking(questionOf('number')))).not.toContain('+N');
  expect(screen(asking(choice(4_093_871_001, 7)))).not.toContain('+N');
});

test('values stand with both numbers where that takes no further row; what other programs read is raw', () => {
  expect(screen(asking(number))).toContain('RCV.NXT=4093871121 (+121)');
  expect(screen(asking(number), 30)).not.toContain('(+121)');
  expect(promptText([given]).en).toBe('  RCV.NXT=4093871121');
});

test('packets have both numbers where they are drawn between lifelines with them', () => {
  const [syn, synAck] = questionOf('number').prompt.flatMap((line) =>
    'kind' in line && line.kind === 'packet' ? [{...line, initial: {seq: seq(1000), ack: seq(1000)}}] : [],
  );
  if (!syn || !synAck) throw new Error('no packets');
  const rows = (columns: number, counting: boolean): string =>
    promptRows(
      {prompt: [syn, synAck], ...(counting ? {countsFrom} : {})},
      {language: 'en', columns, glyphs: unicodeGlyphs, picked: ''},
    )
      .flatMap(({pieces}) => pieces.map(({text}) => text))
      .join(' ');
  expect(rows(80, true)).toContain('SYN,ACK seq=9000 (+8000) ack=1001 (+1)');
  expect(rows(54, true)).toContain('SYN,ACK seq=9000 ack=1001');
  expect(rows(80, false)).not.toContain('(+');
});

test('both numbers stand beside all choices, unless they would show which one is no raw number of this end', () => {
  const near = screen(asking(choice(4_093_871_121, 4_093_871_120, 4_093_871_001)));
  expect(near).toMatch(/4093871121 \(\+121\)[\s\S]*4093871120 \(\+120\)[\s\S]*4093871001 \(\+1\)/);
  // 121 is what somebody answers who takes the relative number for the raw one; the other is a number of the other end.
  for (const other of [121, 77_000_000]) {
    const asked = asking(choice(4_093_871_121, 4_093_871_120, other));
    expect(screen(asked)).not.toContain('(+');
    const reply = beSure(typeIn(asked, 'a'), 'sure');
    expect(screen(reply)).toContain('4093871121 (+121)');
    expect(screen(reply)).toMatch(new RegExp(`${other}\\s*$`, 'm'));
  }
});

test('a choice that is the relative number of another one hides them all, however small the initial number is', () => {
  const small = {...choice(201, 200, 101), countsFrom: {...countsFrom, isn: seq(100)}};
  expect(screen(asking(small))).not.toContain('(+');
});

test('the reply names both numbers of what was counted, and of a bare number only that', () => {
  const again = beSure(take(typed(asking(number), '+120')), 'sure');
  expect(screen(again)).toContain('4093871120 (+120)');
  const reply = take(typed(again, '241'));
  expect(screen(reply)).toContain('not right: 241. The right answer is 4093871241 (+241)');
});
