// Every page of the quiz at every size, in both languages and sets of signs: whole, nothing too wide, nothing twice in a cell, the
// marked row in sight.

import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {ProgressRecord} from '../../../source/quiz/progress-record.ts';
import {standingOf} from '../../../source/quiz/standing.ts';
import {asciiGlyphs, plainText, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {
  type LearnerPage,
  learnerPageScreen,
  markedRow,
  pageRows,
} from '../../../source/view/quiz/learner-page.ts';
import {learnerSentences} from '../../../source/view/quiz/learner-sentences.ts';
import {rowLines} from '../../../source/view/quiz/page-rows.ts';
import {questionScreen} from '../../../source/view/quiz/quiz-screen.ts';
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
import {beliefTold} from '../../../source/view/quiz/ways-on.ts';
import type {Line} from '../../../source/view/span.ts';
import {textWidth} from '../../../source/words/width.ts';
import {infoOf, questionOf, roundOf} from '../../helpers/questions.ts';
import {sizesTried} from '../sizes.ts';

const day = 86_400_000;
const here = {nowMs: Date.UTC(2026, 10, 20, 12), offsetMs: 0};

const answer = (n: number): ProgressRecord => ({
  ...{
    id: `${n}`,
    atMs: here.nowMs - Math.floor((299 - n) / 8) * day,
    kind: 'answer',
    question: `${n}`,
    text: `${n}`,
  },
  ...{lesson: `lesson-${n % 7}`, asks: 'next-ack', topic: 'tcp', skill: `lesson-${n % 7}/next-ack`},
  ...{touches: [`belief-number-${n % 20}`], wrongWays: 3, given: 'a', right: n % 3 > 0},
  ...{means: n % 3 > 0 ? [] : [`belief-number-${n % 20}`], hints: 0, askedIn: 'practice'},
});

const two = (en: string, zh: string) => everywhere({en, zh});
const long = two(
  'The number of the next byte that is expected, and nothing else. '.repeat(4),
  '期望收到的下一个字节的序号。'.repeat(8),
);

const data = {
  standing: standingOf(
    Array.from({length: 300}, (_, n) => answer(n)),
    here,
  ),
  here,
  lessons: Array.from(
    {length: 7},
    (_, n) => ({id: `lesson-${n}`, title: long, track: 'tcp-open', summary: long}) as const,
  ),
  misconceptions: Array.from({length: 30}, (_, n) => ({
    id: `belief-number-${n}`,
    belief: two(`belief-number-${n}`, `belief-number-${n}`),
    correct: long,
  })),
};

const keyHints = [{key: 'q', label: 'back'}];

const textOf = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

const looks = sizesTried()
  .filter(({columns, rows}) => [60, 79, 80, 120, 200].includes(columns) && rows >= 15)
  .flatMap((size) =>
    (['en', 'zh'] as const).flatMap((language) =>
      [unicodeGlyphs, asciiGlyphs].map((glyphs) => ({...size, language, glyphs, keyHints})),
    ),
  );

const fits = (
  lines: readonly string[],
  {columns, rows}: {readonly columns: number; readonly rows: number},
): void => {
  expect(lines).toHaveLength(rows);
  for (const line of lines) expect(textWidth(line), line).toBeLessThan(columns);
  expect(lines.at(-1)).toContain('q back');
};

test.each(['progress', 'review'] as const)('%s: whichever row is marked is in sight, once', (kind) => {
  const rows = pageRows({kind, data, row: 0}).length;
  expect(rows).toBeGreaterThan(20);
  for (const look of looks) {
    for (const row of [0, 6, Math.floor(rows / 2), rows - 1]) {
      const page: LearnerPage = {kind, data, row};
      const lines = textOf(learnerPageScreen(page, {...look, note: {text: 'done', isDone: true}}));
      fits(lines, look);
      const marked = lines.filter((line) => line[2] === look.glyphs.selected);
      expect(marked, `${look.columns}x${look.rows} row ${row}`).toHaveLength(1);
      const shown = markedRow(page);
      const name = shown ? rowLines(shown, data, look.language)[0] : '';
      expect(marked[0]).toContain(plainText(name, look.glyphs).slice(0, 12));
    }
  }
});

test('progress without answers: the first lesson is offered, and no belief', () => {
  const page: LearnerPage = {kind: 'progress', data: {...data, standing: standingOf([], here)}, row: 0};
  for (const look of looks) {
    const lines = textOf(learnerPageScreen(page, look));
    fits(lines, look);
    expect(pageRows(page).map(({id}) => id)).toEqual(['next']);
    expect(lines.join('\n')).not.toContain('belief-number-0');
  }
});

const {reference} = roundOf([]);

const typed = (state: QuizState, keys: string): QuizState => [...keys].reduce(typeIn, state);
const asking = (form: Parameters<typeof questionOf>[0]): QuizState =>
  askQuestion(beginRound(infoOf()), questionOf(form), 0);

const states: readonly QuizState[] = [
  beginRound(infoOf()),
  [1, 2, 3].reduce(readHint, asking('choice')),
  typed(asking('choice'), 'a'),
  beSure(typed(asking('choice'), 'a'), 'guess'),
  {...beSure(typed(asking('choice'), 'a'), 'guess'), why: true},
  typed(asking('several'), 'ab'),
  beSure(take(typed(asking('several'), 'ab')), 'sure'),
  typed(asking('order'), 'ca'),
  typed(asking('number'), '0x3e'),
  beSure(take(typed(asking('packet'), '1')), 'think'),
];

test('questions of each form, replies and results stay within the screen', () => {
  for (const look of looks) {
    for (const state of states) {
      const page = {...look, reference};
      fits(textOf(questionScreen(state, page)), look);
      fits(textOf(resultScreen(endRound(state), {...page, note: {text: 'no', isDone: false}})), look);
    }
  }
});

test('the question, its choices and the reply are there at 80 x 24, and the mark of the right one', () => {
  const look = {columns: 80, rows: 24, language: 'en', glyphs: unicodeGlyphs, keyHints, reference} as const;
  const again = beSure(typed(asking('choice'), 'a'), 'guess');
  const told = textOf(questionScreen(again, look)).join('\n');
  for (const part of ['✗ a   1000', 'Not a. One more try, for half the points.', 'hint 1 of 3'])
    expect(told).toContain(part);
  expect(told).not.toContain('it is 1001');
  const mended = textOf(questionScreen(typed(again, 'b'), look)).join('\n');
  expect(mended).toContain('✓ right at the second try: half the points');
  const reply = textOf(questionScreen(typed(again, 'c'), look));
  expect(reply[0]).toMatch(/^ quiz {2}question 1 of 3 +seed 77$/);
  const shown = reply.join('\n');
  for (const part of [
    '✗ a   1000',
    '✓ b   1001',
    '✗ c   1002',
    'not right: c. The right answer is b',
    'it is 1001.',
    'A SYN uses up one number.',
  ])
    expect(shown).toContain(part);
});

test('the result names no command', () => {
  const look = {columns: 80, rows: 24, language: 'en', glyphs: unicodeGlyphs, keyHints, reference} as const;
  for (const mode of ['exam', 'review', 'practice'] as const)
    for (const state of states)
      expect(textOf(resultScreen(endRound({...state, info: infoOf({mode})}), look)).join('\n')).not.toContain(
        'packet-tutor',
      );
});

test.each(['en', 'zh'] as const)('for ears, in %s: counts', (language) => {
  for (const kind of ['progress', 'review'] as const) {
    const sentences = learnerSentences({kind, data, row: 0}, language);
    for (const each of sentences) expect(each).not.toMatch(/ {2}|[✓✗▁-█⠀-⣿#]|\b[ox]{2}/);
    for (const {misconception, answers} of data.standing.beliefs) {
      const told = beliefTold(misconception, data, language)[0] ?? '';
      const [said = '', more] = sentences.filter((each) => each.startsWith(told));
      expect(more).toBeUndefined();
      expect(said).not.toBe('');
      if (kind === 'progress')
        expect(said.match(/\d+/g)?.slice(1, 3)).toEqual(
          expect.arrayContaining([`${answers.filter((right) => right).length}`, `${answers.length}`]),
        );
    }
  }
});
