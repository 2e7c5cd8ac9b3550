// A round of the quiz at one instant, and what the learner's keys make of it: what is asked, entered, answered.

import type {Text} from '../../lesson/text.ts';
import {type GivenAnswer, grade} from '../../quiz/grade.ts';
import {beginsCount, rawOf} from '../../quiz/initial-numbers.ts';
import type {AskedIn, Confidence} from '../../quiz/progress-record.ts';
import {isPacket} from '../../quiz/prompt.ts';
import type {Question} from '../../quiz/question.ts';
import type {Written} from '../../words/written.ts';
import type {Answered} from './answered.ts';
import {resultRows} from './result-rows.ts';

export type RoundMode = Exclude<AskedIn, 'lesson'>;

/** What a round is about; the questions come one by one. */
export type RoundInfo = {
  readonly mode: RoundMode;
  readonly title: Text;
  /** How the same round is begun again, without its seed; undefined: what came through a pipe is gone. */
  readonly command: Written<'shell'> | undefined;
  readonly seed: number;
  /** So many questions at most. */
  readonly count: number;
  /** Why they are fewer than wished for. */
  readonly fewer?: Text;
  /** Absent: as long as it takes. */
  readonly limitMs?: number;
};

/** What has been entered so far: letters in order, a number as typed, and the marked choice. */
type Entry = {
  readonly picked: readonly string[];
  readonly typed: string;
  readonly marked: number | undefined;
};

export type QuizState = {
  readonly info: RoundInfo;
  /** Absent: the next one is being looked for. */
  readonly question: Question | undefined;
  /** `sure`: an answer is chosen, and it is asked how sure the learner is. */
  readonly phase: 'asking' | 'sure' | 'reply' | 'result';
  readonly entry: Entry;
  /** The wrong answer to this question that may still be mended. */
  readonly first: Answered | undefined;
  readonly hints: number;
  readonly looked: boolean;
  /** The rule is open beside the reply. */
  readonly why: boolean;
  readonly answered: readonly Answered[];
  /** In an exam: it was asked to end, and waits to be asked once more. */
  readonly ending: boolean;
  /** Questions that could not be shown. */
  readonly dropped: number;
  /** Milliseconds that the round has taken, of the clock that counts them. */
  readonly startedMs: number | undefined;
  readonly tookMs: number;
  /** The marked row of the result. */
  readonly row: number;
};

const nothing: Entry = {picked: [], typed: '', marked: undefined};

/** Of each question. */
const untouched = {
  phase: 'asking',
  entry: nothing,
  first: undefined,
  hints: 0,
  looked: false,
  why: false,
} as const;

export const beginRound = (info: RoundInfo): QuizState => ({
  info,
  question: undefined,
  ...untouched,
  answered: [],
  ending: false,
  dropped: 0,
  startedMs: undefined,
  tookMs: 0,
  row: 0,
});

/** Without a question the round is over. */
export const askQuestion = (quiz: QuizState, question: Question | undefined, atMs: number): QuizState => {
  if (question === undefined) return endRound(quiz);
  const startedMs = quiz.startedMs ?? atMs;
  return {...quiz, ...untouched, question, startedMs};
};

/** Whoever leaves before the second try has answered wrongly. */
export const withFirstTry = (quiz: QuizState): QuizState =>
  quiz.first === undefined ? quiz : {...quiz, answered: [...quiz.answered, quiz.first], first: undefined};

export const endRound = (quiz: QuizState): QuizState => ({...withFirstTry(quiz), phase: 'result', row: 0});

export const timed = (quiz: QuizState, atMs: number): QuizState => {
  if (quiz.phase === 'result' || quiz.startedMs === undefined) return quiz;
  const tookMs = Math.max(quiz.tookMs, Math.round(atMs - quiz.startedMs));
  const {limitMs} = quiz.info;
  const now = {...quiz, tookMs};
  return limitMs !== undefined && tookMs >= limitMs ? endRound({...now, tookMs: limitMs}) : now;
};

/** The answer as it stands; undefined: it is not whole yet. */
export const givenNow = ({question, entry: {picked, typed, marked}}: QuizState): GivenAnswer | undefined => {
  switch (question?.form) {
    case 'choice':
      return question.choices[marked ?? -1]?.id;
    case 'several':
      return picked.length > 0 ? picked.toSorted() : undefined;
    case 'order':
      return picked.length === question.choices.length ? picked : undefined;
    default:
      return rawOf(typed, question?.countsFrom?.isn);
  }
};

const withEntry = (quiz: QuizState, change: Partial<Entry>): QuizState => ({
  ...quiz,
  entry: {...quiz.entry, ...change},
});

/** The choice that was wrong at the first try is none any more. */
const isOut = ({first, question}: QuizState, id: string | undefined): boolean =>
  question?.form === 'choice' && first !== undefined && first.given === id;

const pick = (quiz: QuizState, id: string): QuizState => {
  const {question, entry} = quiz;
  const index = question?.choices.findIndex((choice) => choice.id === id) ?? -1;
  if (index < 0 || isOut(quiz, id)) return quiz;
  const {picked} = entry;
  if (question?.form === 'choice') return withEntry(quiz, {marked: index});
  const without = picked.filter((each) => each !== id);
  return withEntry(quiz, {
    marked: index,
    picked: without.length === picked.length ? [...picked, id] : without,
  });
};

const mostTyped = 15;

const numberTyped = ({question, entry}: QuizState, key: string): string | undefined => {
  const typed = `${entry.typed}${key}`;
  const isNumber = question?.form === 'packet' ? /^[1-9]\d*$/ : /^(0x?|0x[0-9a-f]+|\d+)$/;
  const isTyped = isNumber.test(typed) || (question?.countsFrom !== undefined && beginsCount(typed));
  return isTyped && typed.length <= mostTyped ? typed : undefined;
};

/** Whether that key is a part of an answer; in an exam a letter that is marked marks nothing else. */
export const canType = (quiz: QuizState, key: string): boolean => {
  const {question, entry, info, phase} = quiz;
  if (question === undefined || phase !== 'asking') return false;
  if (question.choices.length === 0) return numberTyped(quiz, key) !== undefined;
  const index = question.choices.findIndex(({id}) => id === key);
  const isMarked = question.form === 'choice' && info.mode === 'exam' && index === entry.marked;
  return index >= 0 && !isOut(quiz, key) && !isMarked;
};

/** A letter of a choice, or a digit of a number; `+` begins one that is counted from an initial number. */
export const typeIn = (quiz: QuizState, key: string): QuizState => {
  const {question, info} = quiz;
  if (question === undefined || quiz.phase !== 'asking') return quiz;
  if (question.choices.length > 0) {
    const picked = pick(quiz, key);
    // In an exam nothing is taken back, so a letter only marks.
    const isTaken = picked !== quiz && question.form === 'choice' && info.mode !== 'exam';
    return isTaken ? take(picked) : picked;
  }
  const typed = numberTyped(quiz, key);
  return typed === undefined ? quiz : withEntry(quiz, {typed});
};

export const erase = (quiz: QuizState): QuizState => {
  if (quiz.phase === 'sure') return {...quiz, phase: 'asking'};
  if (quiz.phase !== 'asking') return quiz;
  const {picked, typed} = quiz.entry;
  return withEntry(quiz, {picked: picked.slice(0, -1), typed: typed.slice(0, -1)});
};

const beside = (length: number, at: number, by: 1 | -1): number =>
  at < 0 ? (by > 0 ? 0 : length - 1) : (at + by + length) % length;

/** The packets to choose from: those that the question shows. */
const packetsOffered = ({form, prompt}: Question): readonly string[] =>
  form === 'packet'
    ? prompt
        .filter(isPacket)
        .flatMap(({number = []}) => number)
        .map(String)
    : [];

/** Whether there is something to mark but what is marked. */
export const canMoveMark = (quiz: QuizState): boolean => {
  const {question, entry, phase} = quiz;
  if (phase === 'result') return resultRows(quiz.answered).length > 1;
  if (question === undefined || phase !== 'asking') return false;
  const isOther = (id: string, index: number): boolean => index !== entry.marked && !isOut(quiz, id);
  if (question.choices.some(({id}, index) => isOther(id, index))) return true;
  return packetsOffered(question).some((packet) => packet !== entry.typed);
};

export const moveMark = (quiz: QuizState, by: 1 | -1): QuizState => {
  const {question, entry, phase} = quiz;
  if (phase === 'result') {
    const rows = resultRows(quiz.answered).length;
    return rows === 0 ? quiz : {...quiz, row: beside(rows, quiz.row, by)};
  }
  if (question === undefined || phase !== 'asking') return quiz;
  const {choices} = question;
  if (choices.length > 0) {
    const next = beside(choices.length, entry.marked ?? -1, by);
    return withEntry(quiz, {
      marked: isOut(quiz, choices[next]?.id) ? beside(choices.length, next, by) : next,
    });
  }
  const packets = packetsOffered(question);
  const next = packets[beside(packets.length, packets.indexOf(entry.typed), by)];
  return next === undefined ? quiz : withEntry(quiz, {typed: next});
};

/** What the key for it takes or leaves; undefined: one choice alone is taken at once. */
export const toggledChoice = ({question, entry}: QuizState): string | undefined =>
  question?.form === 'choice' ? undefined : question?.choices[entry.marked ?? -1]?.id;

/** The marked choice joins the others, or leaves them. */
export const toggleMarked = (quiz: QuizState): QuizState => {
  const id = toggledChoice(quiz);
  return id === undefined ? quiz : pick(quiz, id);
};

/** How sure somebody is, is asked where the answer is told at once. */
export const take = (quiz: QuizState): QuizState => {
  if (quiz.phase !== 'asking' || givenNow(quiz) === undefined) return quiz;
  const isAsked = quiz.info.mode !== 'exam' && quiz.first === undefined;
  return isAsked ? {...quiz, phase: 'sure'} : settle(quiz, undefined);
};

/** Of two choices the other one would be no try. */
const leavesTry = ({form, choices}: Question): boolean => form !== 'choice' || choices.length > 2;

const settle = (quiz: QuizState, confidence: Confidence | undefined): QuizState => {
  const {question, first, info} = quiz;
  const given = givenNow(quiz);
  if (question === undefined || given === undefined) return quiz;
  const told = {given, grade: grade(question, given)};
  if (first !== undefined)
    return {...quiz, answered: [...quiz.answered, {...first, again: told}], first: undefined, phase: 'reply'};
  const hints = quiz.hints + (quiz.looked ? 1 : 0);
  const answer = {question, ...told, hints, ...(confidence === undefined ? {} : {confidence})};
  if (info.mode !== 'exam' && !told.grade.right && leavesTry(question)) {
    const oneMore = Math.min(question.hints.length, quiz.hints + 1);
    return {...quiz, first: answer, entry: nothing, hints: oneMore, phase: 'asking'};
  }
  const answered = [...quiz.answered, answer];
  return info.mode === 'exam'
    ? {...quiz, answered, question: undefined, phase: 'asking'}
    : {...quiz, answered, phase: 'reply'};
};

export const beSure = (quiz: QuizState, confidence: Confidence): QuizState =>
  quiz.phase === 'sure' ? settle(quiz, confidence) : quiz;

export const readHint = (quiz: QuizState): QuizState =>
  canHint(quiz) ? {...quiz, hints: quiz.hints + 1} : quiz;

export const canHint = ({info, question, hints, phase}: QuizState): boolean =>
  info.mode !== 'exam' && phase === 'asking' && hints < (question?.hints.length ?? 0);

/** Right answers in a row, up to now. */
export const streakOf = ({answered}: QuizState): number => {
  const lastWrong = answered.findLastIndex(({grade: {right}}) => !right);
  return answered.length - 1 - lastWrong;
};
