// Draws the result of a quiz round: the score, what went wrong, and what can be done now, each with its key.

import {mythAndFact} from '../../lesson/belief.ts';
import {kindNames} from '../../lesson/question-kinds.ts';
import {type Text, worded} from '../../lesson/text.ts';
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
  pointsIn,
  type ResultRow,
  resultRows,
  rightIn,
  topicScores,
  wrongQuestions,
} from './result-rows.ts';
import {
  blankRow,
  fewerRows,
  firstColumn,
  frameRows,
  markPiece,
  noteRows,
  type PageRow,
  quizPage,
  row,
  textColumns,
} from './row.ts';

/** The least share of right answers with which a quiz round is passed; then widths of columns of the result. */
const passShare = 0.7;
const barColumns = 40;
const timesColumns = 9;

/** Returns the number of questions that count for the score of a quiz round; in an exam that includes unanswered ones. */
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

/**
 * Returns the lines of a row of a quiz round's result: a misconception as a myth and, on a line of its own, its fact; a misconception whose
 * pack is gone, or wrong answers without one, by the kind of question.
 */
export const rowLines = (
  {misconception, kind, question}: ResultRow,
  {language, reference}: Pick<QuizLook, 'language' | 'reference'>,
): readonly [string, string?] => {
  const known = misconception === undefined ? undefined : reference.misconception(misconception);
  if (known !== undefined) return mythAndFact(known, language);
  return [(kind ?? kindNames[question.kind])[language]];
};

const nameColumns = (columns: number): number => Math.min(columns - firstColumn - timesColumns - 1, 100);

/**
 * Returns the screen rows of one thing that went wrong in a quiz round. The marked one is wrapped; without `whole`, each sentence of the
 * others is cut to one line.
 */
const wrongRow = (
  each: ResultRow,
  {isMarked, index, whole}: {readonly isMarked: boolean; readonly index: number; readonly whole: boolean},
  look: QuizLook,
): readonly PageRow[] => {
  const {language, glyphs, columns} = look;
  const width = nameColumns(columns);
  const style = {role: 'text', bold: isMarked} as const;
  const lines = rowLines(each, look).flatMap((text) => {
    if (text === undefined) return [];
    return isMarked || whole
      ? wrap(text, Math.min(width, textColumns(columns, language)))
      : [cut(text, width, glyphs.ellipsis)];
  });
  const times = {column: firstColumn + width + 1, text: resultPageWords.timesOf[language](each), style};
  return lines.map((text, line) => ({
    pieces: [
      ...(line === 0 && isMarked ? [markPiece(glyphs)] : []),
      {column: firstColumn, text, style},
      ...(line === 0 ? [times] : []),
    ],
    ...(isMarked ? {} : {spare: 1, part: `row ${index}`}),
  }));
};

const tableRows = (quiz: QuizState, whole: boolean, look: QuizLook): readonly PageRow[] => {
  const {language, columns} = look;
  const rows = resultRows(quiz.answered);
  const words = resultPageWords;
  if (rows.length === 0)
    return [row((quiz.answered.length === 0 ? words.nothingAnswered : words.nothingWrong)[language])];
  const head = `${padEnd(words.wentWrong[language], nameColumns(columns) + 1)}${words.times[language]}`;
  return [
    row(head, muted),
    ...rows.flatMap((each, index) => wrongRow(each, {isMarked: index === quiz.row, index, whole}, look)),
  ];
};

/**
 * Returns the id of the lesson that corrects the marked misconception, or that the marked question is about; undefined if no such lesson
 * can be opened.
 */
const mendingLesson = ({answered, row: marked}: QuizState, reference: QuizReference): string | undefined => {
  const here = resultRows(answered)[marked];
  const belief = here?.misconception === undefined ? undefined : reference.misconception(here.misconception);
  return [belief?.lesson, belief?.counter?.lesson, here?.question.lesson].find(
    (id) => id !== undefined && reference.lessons?.title(id) !== undefined,
  );
};

/**
 * Returns the id of the lesson that the result of a quiz round proposes: the one that corrects the marked row or, if nothing went wrong,
 * the learner's next one.
 */
export const lessonFrom = (quiz: QuizState, reference: QuizReference): string | undefined =>
  resultRows(quiz.answered).length > 0 ? mendingLesson(quiz, reference) : reference.lessons?.ahead;

/** A step that the learner can take from the result of a quiz round: the key, as in the table of keys, and what it does. */
type Step = {readonly key: string; readonly text: Text};

/** Returns what the learner can do from the result of a quiz round, the most important first. */
export const stepsFrom = (quiz: QuizState, reference: QuizReference): readonly Step[] => {
  const {steps} = resultPageWords;
  const marked = resultRows(quiz.answered)[quiz.row];
  const lesson = lessonFrom(quiz, reference);
  const title = lesson === undefined ? undefined : reference.lessons?.title(lesson);
  const belief =
    marked?.misconception === undefined ? undefined : reference.misconception(marked.misconception);
  const wrong = wrongQuestions(quiz.answered).length;
  const step = (key: string, text: Text | undefined): readonly Step[] =>
    text === undefined ? [] : [{key, text}];
  return [
    ...step('enter', marked && steps.see),
    ...step('W', belief?.counter && steps.watch),
    ...step('l', title && worded(marked ? steps.mend : steps.ahead, {title})),
    ...step('r', wrong > 0 ? worded(steps.repeat, {count: wrong}) : undefined),
    ...step('n', quiz.answered.length > 0 ? steps.again : undefined),
  ];
};

const stepRows = (quiz: QuizState, {language, columns, reference}: QuizLook): readonly PageRow[] => {
  const steps = stepsFrom(quiz, reference);
  if (steps.length === 0) return [];
  const keyColumns = 2 + Math.max(...steps.map(({key}) => key.length));
  return [
    blankRow,
    {...row(resultPageWords.steps.heading[language], muted), spare: 3},
    ...steps.flatMap(({key, text}) =>
      wrap(text[language], textColumns(columns, language) - keyColumns).map((line, index) => ({
        pieces: [
          ...(index === 0 ? [{column: firstColumn, text: key, style: {role: 'accent'} as const}] : []),
          {column: firstColumn + keyColumns, text: line, style: plain},
        ],
        ...{spare: 2, part: key},
      })),
    ),
  ];
};

/** Returns the rows with the explanation of the marked row's question; empty for a misconception, whose row says its fact. */
const correctRows = (quiz: QuizState, {language, columns, reference}: QuizLook): readonly PageRow[] => {
  const marked = resultRows(quiz.answered)[quiz.row];
  if (marked === undefined || reference.misconception(marked.misconception ?? '') !== undefined) return [];
  const text = marked.question.explain[language];
  return [blankRow, ...wrap(text, textColumns(columns, language)).map((line) => ({...row(line), spare: 4}))];
};

const topicRows = (quiz: QuizState, {language, columns}: QuizLook): readonly PageRow[] => {
  const scores = topicScores(quiz.answered).map(
    ({topic, right, asked}) => `${topicNames[topic][language]} ${right}/${asked}`,
  );
  const text = `${resultPageWords.topics[language]}${scores.join(punctuation.listComma[language])}`;
  return scores.length === 0
    ? []
    : [blankRow, ...wrap(text, textColumns(columns, language)).map((line) => ({...row(line), spare: 5}))];
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
  const bodyOf = (whole: boolean): readonly PageRow[] => [
    scoreRow(quiz, look),
    ...fewerRows(info.fewer, look),
    blankRow,
    ...tableRows(quiz, whole, look),
    ...correctRows(quiz, look),
    ...stepRows(quiz, look),
    ...topicRows(quiz, look),
  ];
  const whole = bodyOf(true);
  const body = whole.length + frameRows + noteRows <= look.rows ? whole : bodyOf(false);
  return quizPage(
    {title: words.result[info.mode][language], beside: '', conditions, body, note: look.note},
    look,
  );
};
