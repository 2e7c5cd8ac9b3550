// Draws a question of the quiz, the learner's answer so far, and the reply.

import {citation} from '../../account/citation.ts';
import type {Misconception} from '../../lesson/data.ts';
import type {Rule} from '../../lesson/rule.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {countedFrom} from '../../quiz/initial-numbers.ts';
import {confidences} from '../../quiz/progress-record.ts';
import type {Question, QuizChoice} from '../../quiz/question.ts';
import {quizWords, sureWords} from '../../words/catalogue/quiz.ts';
import {lengthOfRound} from '../../words/quiz.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {Canvas, muted, plain} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Note} from '../note.ts';
import {type PageFrame, putKeyLine} from '../page-frame.ts';
import type {Line} from '../span.ts';
import {promptRows} from './prompt-rows.ts';
import {type QuizState, streakOf} from './quiz-state.ts';
import {againSentences, replySentences} from './reply-sentences.ts';
import {
  blankRow,
  fewerRows,
  firstColumn,
  leastRows,
  noteRows,
  type PageRow,
  quizPage,
  row,
  signPiece,
  textColumns,
  toldRow,
} from './row.ts';

/** The functions that look up what the reply to a quiz answer, or the result of a round, mentions: rules, misconceptions, lessons. */
export type QuizReference = {
  readonly rule: (id: string) => Rule | undefined;
  readonly misconception: (id: string) => Misconception | undefined;
  /** The lessons that can be opened from the result of a quiz round; absent where none can be opened. */
  readonly lessons?: {
    readonly title: (id: string) => Text | undefined;
    /** The id of the lesson that the learner has to do next; undefined if there is none. */
    readonly ahead: string | undefined;
  };
};

export type QuizLook = PageFrame & {
  readonly language: Language;
  readonly reference: QuizReference;
  readonly note?: Note | undefined;
};

type Ears = Pick<QuizLook, 'language' | 'reference'>;

/** Returns the protocol rule that decides a quiz question; undefined if no single rule does. */
export const ruleOf = (question: Question | undefined, reference: QuizReference): Rule | undefined =>
  question?.because === undefined ? undefined : reference.rule(question.because);

export const whySentences = (question: Question, {language, reference}: Ears): readonly string[] => {
  const rule = ruleOf(question, reference);
  if (rule === undefined) return [quizWords.noRule[language]];
  return [rule.text[language], ...(rule.formula ?? []), citation(rule.rfc)];
};

type Sign = {readonly text: string; readonly role: 'accent' | 'warning' | 'right' | 'text' | 'muted'};

/**
 * Returns the sign before a choice of a quiz question: whether it is right or wrong, its place in the learner's order, whether it is chosen
 * or marked.
 */
const signOf = (choice: QuizChoice, quiz: QuizState, glyphs: Glyphs): Sign => {
  const {question, phase, entry, answered} = quiz;
  const isMarked = question?.choices[entry.marked ?? -1]?.id === choice.id;
  const place = entry.picked.indexOf(choice.id);
  if (phase === 'reply' && question !== undefined && question.form !== 'order') {
    const right = typeof question.answer === 'object' ? question.answer : [question.answer];
    if (right.includes(choice.id)) return {text: glyphs.right, role: 'right'};
    const last = answered.at(-1);
    const taken = [last?.given, last?.again?.given].flat();
    return taken.includes(choice.id) ? {text: glyphs.lost, role: 'warning'} : {text: ' ', role: 'text'};
  }
  if (question?.form === 'choice' && quiz.first?.given === choice.id)
    return {text: glyphs.lost, role: 'warning'};
  if (question?.form === 'order' && place >= 0) return {text: String(place + 1), role: 'accent'};
  if (question?.form === 'several' && place >= 0) return {text: '[x]', role: 'accent'};
  return isMarked ? {text: glyphs.selected, role: 'accent'} : {text: ' ', role: 'text'};
};

/**
 * Returns the relative sequence numbers to show beside the choices of a question, by choice. Before the answer there are none unless every
 * choice has one and none equals a choice: otherwise they would give away a number of the other end, or a relative number taken for an
 * absolute one.
 */
const choiceCounts = ({question, phase}: QuizState): ReadonlyMap<string, number> => {
  const counts = (question?.choices ?? []).flatMap(({id, value}) => {
    const count = /^\d+$/.test(value) ? countedFrom(Number(value), question?.countsFrom?.isn) : undefined;
    return count === undefined ? [] : [[id, count] as const];
  });
  const isOne = question?.choices.some(({value}) => counts.some(([, count]) => String(count) === value));
  const isTelling = counts.length !== question?.choices.length || isOne;
  return new Map(phase !== 'reply' && isTelling ? [] : counts);
};

const choiceRows = (quiz: QuizState, {language, glyphs, columns}: QuizLook): readonly PageRow[] => {
  const counts = choiceCounts(quiz);
  return (quiz.question?.choices ?? []).flatMap((choice, index) => {
    const sign = signOf(choice, quiz, glyphs);
    const isMarked = quiz.entry.marked === index && quiz.phase !== 'reply';
    const style = {role: 'text', bold: isMarked} as const;
    const width = columns - firstColumn - 6;
    const count = counts.get(choice.id);
    const beside = count === undefined ? '' : ` (+${count})`;
    return wrap(choice.text[language] + beside, width).map((text, line) => ({
      pieces: [
        ...(line === 0
          ? [
              signPiece(sign.text, {role: sign.role}),
              {
                column: firstColumn,
                text: choice.id,
                style: {role: isMarked ? 'accent' : 'muted', bold: true} as const,
              },
            ]
          : []),
        {column: firstColumn + 4, text, style},
      ],
      // After the answer, a choice that is neither right nor the learner's is the first to be left out on a small screen.
      ...(quiz.phase === 'reply' && sign.text === ' ' ? {spare: 5, part: choice.id} : {}),
    }));
  });
};

/** Returns a text on how a sequence number can be typed as an answer, as absolute or relative number; empty for other questions. */
export const entryHelp = ({countsFrom, form}: Question, language: Language): readonly string[] =>
  countsFrom === undefined || form !== 'number'
    ? []
    : [worded(quizWords.numberWays, {host: countsFrom.host})[language]];

const entryRows = (quiz: QuizState, {language, glyphs, columns}: QuizLook): readonly PageRow[] => {
  const {question, entry, phase} = quiz;
  if (question === undefined) return [];
  if (question.form === 'several') return phase === 'reply' ? [] : [row(quizWords.several[language], muted)];
  if (question.form === 'choice') return [];
  const isOrder = question.form === 'order';
  const label = (isOrder ? quizWords.yourOrder : quizWords.yourNumber)[language];
  const cursor = phase === 'asking' && !isOrder ? glyphs.typing : '';
  const text = isOrder ? entry.picked.join(' ') : entry.typed;
  const column = firstColumn + textWidth(label) + 2;
  const help = phase === 'reply' ? [] : entryHelp(question, language);
  return [
    {
      pieces: [
        {column: firstColumn, text: label, style: muted},
        {column, text: `${text}${cursor}`, style: {role: 'accent', bold: true}},
      ],
    },
    ...help
      .flatMap((words) => wrap(words, textColumns(columns, language)))
      .map((line) => ({...row(line, muted), spare: 3, part: 'help'})),
  ];
};

const told = (text: string, {language, columns, glyphs}: QuizLook, spare = 0): readonly PageRow[] =>
  wrap(text, textColumns(columns, language) - 2).map((line) => ({
    ...toldRow(line, glyphs),
    ...(spare > 0 ? {spare} : {}),
  }));

/** Returns the text of step `at` of a question's hint, with the number of steps. */
export const hintText = ({hints}: Question, at: number, language: Language): string =>
  `${quizWords.hint[language]({at, all: hints.length})}${hints[at - 1]?.[language] ?? ''}`;

const hintRows = (quiz: QuizState, look: QuizLook): readonly PageRow[] => {
  const {question, hints, phase, first} = quiz;
  if (question === undefined || phase === 'reply') return [];
  return question.hints
    .slice(0, hints)
    .flatMap((_, index) =>
      told(hintText(question, index + 1, look.language), look, index + 1 < hints ? 4 : first ? 2 : 0),
    );
};

/**
 * Returns the rows of the reply to a wrong first try, which stand below the question; empty if there was none. On a small screen they are
 * left out before the question is.
 */
const againRows = ({first, phase}: QuizState, look: QuizLook): readonly PageRow[] => {
  if (first === undefined || phase === 'reply') return [];
  const [verdict = '', ...rest] = againSentences(first, look);
  const {glyphs, language} = look;
  return [
    blankRow,
    ...wrap(verdict, textColumns(look.columns, language) - 2).map((text, line) => ({
      pieces: [
        ...(line === 0 ? [signPiece(glyphs.lost, {role: 'warning'})] : []),
        {column: firstColumn, text, style: {role: 'text', bold: true} as const},
      ],
      spare: 1,
    })),
    ...rest.flatMap((text) => told(text, look, 3)),
  ];
};

export const sureWays = (language: Language): readonly string[] =>
  confidences.map((each, index) => `${index + 1} ${sureWords[each][language]}`);

const sureRows = ({phase}: QuizState, {language}: QuizLook): readonly PageRow[] => {
  if (phase !== 'sure') return [];
  return [blankRow, row(`${quizWords.howSure[language]}   ${sureWays(language).join('   ')}`)];
};

/** Returns the rows of the reply to the learner's answer. With `listed` the choices stand above it, so the reply names them by letters. */
const replyRows = (
  {phase, answered, why}: QuizState,
  listed: boolean,
  look: QuizLook,
): readonly PageRow[] => {
  const last = answered.at(-1);
  if (phase !== 'reply' || last === undefined) return [];
  const [verdict = '', ...rest] = replySentences(last, {...look, listed});
  const {right} = (last.again ?? last).grade;
  const {glyphs, language, columns} = look;
  const [first = '', ...more] = wrap(verdict, textColumns(columns, language) - 2);
  const head: PageRow = {
    pieces: [
      signPiece(right ? glyphs.right : glyphs.lost, {role: right ? 'right' : 'warning', bold: true}),
      {column: firstColumn, text: first, style: {role: 'text', bold: true}},
    ],
  };
  return [
    blankRow,
    head,
    ...more.map((line) => row(line)),
    ...rest.flatMap((text) => told(text, look)),
    ...(why ? [blankRow, ...whySentences(last.question, look).flatMap((text) => told(text, look))] : []),
  ];
};

const conditionsOf = (quiz: QuizState, language: Language): string => {
  const {info, tookMs} = quiz;
  const {mode, seed, limitMs} = info;
  const left =
    limitMs === undefined ? [] : [quizWords.left[language]({time: lengthOfRound(limitMs - tookMs)})];
  const streak = streakOf(quiz);
  const run = mode === 'exam' || streak < 2 ? [] : [quizWords.streak[language]({streak})];
  return [quizWords.seed[language]({seed}), ...left, ...run].join(' · ');
};

/** Returns a text with the number of the question and the number of questions in the round. */
export const placeWords = ({info, answered, phase}: QuizState, language: Language): string =>
  quizWords.question[language]({at: answered.length + (phase === 'reply' ? 0 : 1), count: info.count});

/** Returns the rows of the question with its choices or its entry, the reply to a wrong first try, and hints. */
const askedRows = (quiz: QuizState, question: Question, look: QuizLook): readonly PageRow[] => {
  const entry = entryRows(quiz, look);
  return [
    ...(quiz.answered.length === 0 && quiz.info.fewer ? [...fewerRows(quiz.info.fewer, look), blankRow] : []),
    ...promptRows(question, {...look, picked: quiz.entry.typed}),
    blankRow,
    ...choiceRows(quiz, look),
    ...(entry.length > 0 && question.choices.length > 0 ? [blankRow] : []),
    ...entry,
    ...againRows(quiz, look),
    ...(quiz.phase !== 'reply' && quiz.hints > 0 && quiz.first === undefined ? [blankRow] : []),
    ...hintRows(quiz, look),
    ...sureRows(quiz, look),
  ];
};

/** Returns the least number of screen rows with which the question can be answered; undefined if no question waits for an answer. */
const rowsToAnswer = (quiz: QuizState, look: QuizLook): number | undefined => {
  const {question, phase} = quiz;
  if (question === undefined || (phase !== 'asking' && phase !== 'sure')) return undefined;
  return leastRows(askedRows(quiz, question, look));
};

/** Tells whether the whole question is visible on the screen, without which it cannot be answered. */
export const canBeAnswered = (quiz: QuizState, look: QuizLook): boolean =>
  (rowsToAnswer(quiz, look) ?? 0) <= look.rows;

/**
 * Draws a text that says how many rows the question needs; it replaces a question that does not fit, because a part of the choices would be
 * useless.
 */
const tooSmall = (rows: number, look: QuizLook): readonly Line[] => {
  const {columns, glyphs, keyHints, language} = look;
  const canvas = new Canvas(columns, look.rows);
  const told = wrap(plainText(quizWords.tooSmall[language]({rows}), glyphs), columns - 2);
  for (const [index, text] of told.slice(0, look.rows - 1).entries()) canvas.put(index + 1, 2, text, plain);
  putKeyLine(canvas, keyHints, {row: look.rows, column: 2, glyphs});
  return canvas.lines();
};

/**
 * Returns the rows of a reply with the question above; if both do not fit, the choices are left out, and the reply names the answers in
 * words.
 */
const replied = (quiz: QuizState, question: Question, look: QuizLook): readonly PageRow[] => {
  const asked = askedRows(quiz, question, look);
  const whole = [...asked, ...replyRows(quiz, true, look)];
  return leastRows(whole) <= look.rows
    ? whole
    : [...promptRows(question, {...look, picked: ''}), ...replyRows(quiz, false, look)];
};

export const questionScreen = (quiz: QuizState, look: QuizLook): readonly Line[] => {
  const {language, note} = look;
  const {question, info} = quiz;
  const needed = rowsToAnswer(quiz, look);
  if (needed !== undefined && needed > look.rows) return tooSmall(needed, look);
  const body =
    question === undefined ? [row(quizWords.looking[language], muted)] : replied(quiz, question, look);
  const title = quizWords[info.mode][language];
  const page = {title, beside: placeWords(quiz, language), conditions: conditionsOf(quiz, language)};
  // The note above the keys is left out if the question needs its rows.
  const hasRoom = needed === undefined || needed + noteRows <= look.rows;
  return quizPage({...page, body, note: hasRoom ? note : undefined}, look);
};
