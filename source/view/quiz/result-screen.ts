// Draws the result of a quiz round: the score, what went wrong, and which lesson helps.

import {sameIn, type Text, worded} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {quizWords, resultPageWords, topicNames} from '../../words/catalogue/quiz.ts';
import {lengthOfRound} from '../../words/quiz.ts';
import {cut, padEnd, repeated, textWidth, wrap} from '../../words/width.ts';
import {muted, plain} from '../canvas.ts';
import type {Line} from '../span.ts';
import type {QuizLook, QuizReference} from './quiz-screen.ts';
import type {QuizState} from './quiz-state.ts';
import {
  mendedIn,
  notShown,
  pointsIn,
  type ResultRow,
  resultRows,
  rightIn,
  topicScores,
} from './result-rows.ts';
import {
  blankRow,
  fewerRows,
  firstColumn,
  markPiece,
  type PageRow,
  quizPage,
  row,
  textColumns,
} from './row.ts';

/** The least share of right answers with which a round is passed; and widths of columns. */
const passShare = 0.7;
const barColumns = 40;
const timesColumns = 9;

/** Returns the number of questions that count for the score; in an exam that includes unanswered ones. */
const countOf = ({info, answered}: QuizState): number =>
  info.mode === 'exam' ? info.count : answered.length;

export const passAt = (quiz: QuizState): number => Math.ceil(countOf(quiz) * passShare - 1e-9);

export const scoreText = (quiz: QuizState): Text => {
  const {answered} = quiz;
  const [right, mended, count] = [rightIn(answered), mendedIn(answered), countOf(quiz)];
  return mended === 0
    ? worded(resultPageWords.score, {right, count})
    : worded(resultPageWords.scoreMended, {right, mended, count, points: String(pointsIn(answered))});
};

const scoreRow = (quiz: QuizState, {language, glyphs, columns}: QuizLook): PageRow => {
  const count = countOf(quiz);
  const score = scoreText(quiz)[language];
  const bar = Math.min(barColumns, columns - firstColumn - textWidth(score) - 24);
  const filled = count === 0 ? 0 : Math.round((bar * pointsIn(quiz.answered)) / count);
  const at = firstColumn + textWidth(score) + 4;
  const isExam = quiz.info.mode === 'exam';
  const pass = isExam
    ? [{column: at + bar + 2, text: worded(resultPageWords.pass, {at: passAt(quiz)})[language], style: muted}]
    : [];
  return {
    pieces: [
      {column: firstColumn, text: score, style: {role: 'text', bold: true}},
      {column: at, text: repeated(glyphs.passed, filled), style: {role: 'accent'}},
      {column: at + filled, text: repeated(glyphs.coming, bar - filled), style: muted},
      ...pass,
    ],
  };
};

const tableRows = (quiz: QuizState, look: QuizLook): readonly PageRow[] => {
  const {language, glyphs, columns} = look;
  const rows = resultRows(quiz.answered);
  const words = resultPageWords;
  if (rows.length === 0)
    return [row((quiz.answered.length === 0 ? words.nothingAnswered : words.nothingWrong)[language])];
  const nameColumns = Math.min(40, columns - firstColumn - timesColumns - 26);
  const line = (name: string, times: string, mend: string): string =>
    `${padEnd(cut(name, nameColumns, glyphs.ellipsis), nameColumns + 2)}${padEnd(times, timesColumns)}${mend}`;
  return [
    row(line(words.wentWrong[language], words.times[language], words.mendWith[language]), muted),
    ...rows.map((each, index): PageRow => {
      const isMarked = index === quiz.row;
      const text = line(
        rowName(each, look.reference)[language],
        words.timesOf[language](each),
        mendOf(each, look.reference),
      );
      return {
        pieces: [
          ...(isMarked ? [markPiece(glyphs)] : []),
          {column: firstColumn, text, style: {role: 'text', bold: isMarked}},
        ],
        ...(isMarked ? {} : {spare: 1}),
      };
    }),
  ];
};

/** Returns the name of a misconception, or its id if its pack is gone. */
const beliefName = (id: string, reference: QuizReference): Text =>
  reference.misconception(id)?.name ?? sameIn(id);

export const rowName = ({misconception = '', kind}: ResultRow, reference: QuizReference): Text =>
  kind ?? beliefName(misconception, reference);

export const mendOf = ({misconception, question}: ResultRow, reference: QuizReference): string =>
  (misconception === undefined ? undefined : reference.misconception(misconception)?.lesson) ??
  question.lesson;

/** Returns the rows with the correct fact for the marked row, or else the explanation of its question; empty without a marked row. */
const correctRows = (quiz: QuizState, {language, columns, reference}: QuizLook): readonly PageRow[] => {
  const marked = resultRows(quiz.answered)[quiz.row];
  const id = marked?.misconception;
  const known = id === undefined ? undefined : reference.misconception(id);
  if (marked === undefined) return [];
  const text = known?.correct[language] ?? marked.question.explain[language];
  return [blankRow, ...wrap(text, textColumns(columns, language)).map((line) => ({...row(line), spare: 3}))];
};

const mostNotShown = 3;

const otherRows = (quiz: QuizState, {language, columns, reference}: QuizLook): readonly PageRow[] => {
  const words = resultPageWords;
  const width = textColumns(columns, language);
  const listed = (items: readonly string[]): string => items.join(punctuation.listComma[language]);
  const scores = topicScores(quiz.answered).map(
    ({topic, right, asked}) => `${topicNames[topic][language]} ${right}/${asked}`,
  );
  const spared = notShown(quiz.answered)
    .slice(0, mostNotShown)
    .map(({id, asked}) => words.spared[language]({name: beliefName(id, reference)[language], asked}));
  const lines = (label: string, items: readonly string[], spare: number): readonly PageRow[] =>
    items.length === 0
      ? []
      : [blankRow, ...wrap(`${label}${listed(items)}`, width).map((line) => ({...row(line), spare}))];
  const {command, seed} = quiz.info;
  const call = `packet-tutor ${command} --seed ${seed + 1}`;
  const label = words.again[language];
  // A command that is on one line can be copied in one go.
  const room = columns - firstColumn - 1;
  const told = textWidth(label + call) <= room ? [label + call] : [label, call];
  const again = told.flatMap((line) => wrap(line, room)).map((line) => row(line, plain));
  return [
    ...lines(words.topics[language], scores, 2),
    ...lines(words.notShown[language], spared, 4),
    // A review cannot be repeated, because its cards are no longer due.
    ...(quiz.info.mode === 'review' || command === undefined ? [] : [blankRow, ...again]),
  ];
};

export const resultScreen = (quiz: QuizState, look: QuizLook): readonly Line[] => {
  const {language} = look;
  const {info, tookMs} = quiz;
  const words = resultPageWords;
  const conditions = [
    info.title[language],
    words.questions[language]({count: countOf(quiz)}),
    quizWords.seed[language]({seed: info.seed}),
    lengthOfRound(tookMs)[language],
  ].join(' · ');
  const body = [
    scoreRow(quiz, look),
    ...fewerRows(info.fewer, look),
    blankRow,
    ...tableRows(quiz, look),
    ...correctRows(quiz, look),
    ...otherRows(quiz, look),
  ];
  return quizPage(
    {title: words.result[info.mode][language], beside: '', conditions, body, note: look.note},
    look,
  );
};
