// A question in a small window: it is there whole or not at all.
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {AnswerForm} from '../../../source/quiz/question.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {canBeAnswered, type QuizLook, questionScreen} from '../../../source/view/quiz/quiz-screen.ts';
import {quizSentences} from '../../../source/view/quiz/quiz-sentences.ts';
import {
  askQuestion,
  beginRound,
  beSure,
  endRound,
  type QuizState,
  readHint,
  take,
  typeIn,
} from '../../../source/view/quiz/quiz-state.ts';
import {resultScreen} from '../../../source/view/quiz/result-screen.ts';
import type {Line} from '../../../source/view/span.ts';
import {infoOf, questionOf, roundOf} from '../../helpers/questions.ts';
import {some} from '../../helpers/seeds.ts';

const {reference} = roundOf([]);

const lookAt = (columns: number, rows: number, language: 'en' | 'zh'): QuizLook => ({
  ...{columns, rows, language, reference, glyphs: unicodeGlyphs, keyHints: []},
  note: {text: 'something is told', isDone: true},
});

const linesOf = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

const rowsOf = (quiz: QuizState, look: QuizLook): readonly string[] => linesOf(questionScreen(quiz, look));

const asked = (form: AnswerForm): QuizState => askQuestion(beginRound(infoOf()), questionOf(form), 0);
const answers = {choice: 'b', several: 'b', order: 'cab', number: '1001', packet: '2'} as const;
const answered = (form: AnswerForm): QuizState =>
  take([...answers[form]].reduce((quiz, key) => typeIn(quiz, key), asked(form)));

const heights = Array.from({length: 26}, (_, index) => index + 3);
const states = (form: AnswerForm): readonly QuizState[] => [
  asked(form),
  readHint(readHint(asked(form))),
  answered(form),
];

test.each(some(['choice', 'several', 'order', 'number', 'packet'] as const, 2))(
  '%s: whole, or how high',
  (form) => {
    for (const quiz of states(form))
      for (const language of ['en', 'zh'] as const)
        for (const columns of [20, 40, 80])
          for (const height of heights) {
            const look = lookAt(columns, height, language);
            const rows = rowsOf(quiz, look);
            const text = rows.join('').replace(/\s/g, '');
            const at = `${form} ${language} ${columns}×${height}\n${rows.join('\n')}`;
            expect(rows, at).toHaveLength(height);
            const hasAnswers = /[abc]100[012]|youranswer|答案/.test(text);
            const hasQuestion =
              text.includes(language === 'en' ? 'Whichnumberisit' : '是哪个数') && /SYN,?ACK/.test(text);
            expect(canBeAnswered(quiz, look), at).toBe(hasAnswers);
            expect(hasAnswers && !hasQuestion, at).toBe(false);
            if (!hasAnswers) {
              expect(text, at).toMatch(/^(toosmall|窗口太小)/);
              // Where not even that line has room its number is missing.
              const needed = /(?:takes|题要)(\d+)/.exec(text)?.[1];
              if (needed === undefined) continue;
              expect(Number(needed), at).toBeGreaterThan(height);
              expect(canBeAnswered(quiz, lookAt(columns, Number(needed), language)), at).toBe(true);
            }
          }
  },
);

test.each(some(['choice', 'several', 'order', 'number', 'packet'] as const, 2))(
  '%s: a second answer',
  (form) => {
    const [first, wrong] = [
      asked(form),
      {choice: 'a', several: 'a', order: 'abc', number: '7', packet: '1'}[form],
    ];
    const taken = take([...wrong].reduce((quiz, key) => typeIn(quiz, key), first));
    const again = beSure(taken, 'sure');
    expect(again.first).toBeDefined();
    for (const language of ['en', 'zh'] as const)
      for (const columns of [20, 40, 80])
        for (const height of heights) {
          const look = lookAt(columns, height, language);
          expect(canBeAnswered(again, look), `${language} ${columns}×${height}`).toBe(
            canBeAnswered(first, look),
          );
        }
  },
);

test('why there are fewer questions than wished for stands at the first and with the result', () => {
  const fewer = everywhere({en: 'there is nothing more to ask', zh: '没有更多可考的了'});
  const look = lookAt(80, 24, 'en');
  const round = beginRound(infoOf({mode: 'exam', fewer}));
  const one = askQuestion(round, questionOf('choice'), 0);
  expect(rowsOf(one, look).join('\n')).toContain(fewer.en);
  const two = askQuestion(take(typeIn(one, 'b')), questionOf('choice', 2), 0);
  expect(rowsOf(two, look).join('\n')).not.toContain(fewer.en);
  expect(quizSentences(one, look)).toContain(fewer.en);
  const over = endRound(two);
  expect(linesOf(resultScreen(over, look)).join('\n')).toContain(fewer.en);
  expect(quizSentences(over, look)).toContain(fewer.en);
});

test('a reply without room for its question has no list of answers either', () => {
  const quiz = beSure(answered('choice'), 'sure');
  expect(quiz.phase).toBe('reply');
  for (const height of heights) {
    const text = rowsOf(quiz, lookAt(40, height, 'en')).join('\n');
    if (/[abc] {3}100/.test(text)) expect(text).toContain('Which number is it in question 1?');
  }
});

test('a choice that matters least goes from the screen whole', () => {
  const question = questionOf('choice');
  const long = everywhere({en: `1002 ${'is a long choice '.repeat(12)}`, zh: '1002'});
  const choices = question.choices.map((each) => (each.id === 'c' ? {...each, text: long} : each));
  const quiz = beSure(typeIn(askQuestion(beginRound(infoOf()), {...question, choices}, 0), 'b'), 'sure');
  const counts = heights.map((height) => {
    const text = rowsOf(quiz, {...lookAt(80, height, 'en'), note: undefined}).join(' ');
    return text.match(/is a\s+long\s+choice/g)?.length ?? 0;
  });
  expect(new Set(counts)).toEqual(new Set([0, 12]));
});

test('several: a wrong first try does not name what was left out, and a part of the answer is not called wrong', () => {
  const question = questionOf('several');
  const choices = question.choices.map((each) =>
    each.id === 'c' ? {...each, misconception: 'every-packet-plus-one'} : {...each, misconception: 'other'},
  );
  const open = askQuestion(beginRound(infoOf()), {...question, choices}, 0);
  const first = beSure(take(typeIn(open, 'b')), 'sure');
  const again = quizSentences(first, {reference, language: 'en'}).join(' ');
  expect(again).toContain('Not exactly b.');
  expect(again).not.toContain('goes by');
  const reply = quizSentences(take(typeIn(first, 'b')), {reference, language: 'en'}).join(' ');
  expect(reply).toContain('not all of them: b');
});
