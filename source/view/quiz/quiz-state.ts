// The state of a quiz round, and how the learner's keys change it: the question, the entry, the answers.

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

/** The facts about a quiz round that do not change while it lasts: mode, title, seed, number of questions, time limit. */
export type RoundInfo = {
  readonly mode: RoundMode;
  readonly title: Text;
  /** The shell command that begins the same quiz round again, without its seed; undefined if its input came through a pipe and is gone. */
  readonly command: Written<'shell'> | undefined;
  readonly seed: number;
  /** The most questions of the quiz round. */
  readonly count: number;
  /** The reason for which the quiz round has fewer questions than requested; undefined if it has not. */
  readonly fewer?: Text;
  /** The time limit of the quiz round in ms; undefined if there is none. */
  readonly limitMs?: number;
};

/**
 * The learner's entries so far for the present question: the chosen letters in order, a number as typed, and the index of the marked
 * choice.
 */
type Entry = {
  readonly picked: readonly string[];
  readonly typed: string;
  readonly marked: number | undefined;
};

export type QuizState = {
  readonly info: RoundInfo;
  /** The present question of the quiz round; undefined while the next one is being made. */
  readonly question: Question | undefined;
  /** The step of the present quiz question; `sure`: an answer is chosen, and the learner is asked how sure he is. */
  readonly phase: 'asking' | 'sure' | 'reply' | 'result';
  readonly entry: Entry;
  /** The wrong first answer to this question, while it can still be corrected; otherwise undefined. */
  readonly first: Answered | undefined;
  readonly hints: number;
  readonly looked: boolean;
  /** True if the protocol rule is shown below the reply. */
  readonly why: boolean;
  readonly answered: readonly Answered[];
  /** True if the learner asked to end an exam and has to confirm that. */
  readonly ending: boolean;
  /** The number of questions that were left out of the quiz round because they could not be shown. */
  readonly dropped: number;
  /**
   * The clock's time when the first question of the round was asked, undefined before that; and the time that the round has taken, both in
   * ms.
   */
  readonly startedMs: number | undefined;
  readonly tookMs: number;
  /** The index of the marked row in the result of the quiz round. */
  readonly row: number;
};

const nothing: Entry = {picked: [], typed: '', marked: undefined};

/** The part of a quiz round's state that is reset at the beginning of each question. */
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

/** Returns the state of the quiz round with a new question; without one the round is over. */
export const askQuestion = (quiz: QuizState, question: Question | undefined, atMs: number): QuizState => {
  if (question === undefined) return endRound(quiz);
  const startedMs = quiz.startedMs ?? atMs;
  return {...quiz, ...untouched, question, startedMs};
};

/** Returns the state in which a wrong first try counts as the answer to the question, because the round ends before a second try. */
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

/** Returns the answer that the learner's entry amounts to; undefined if it is incomplete. */
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

/** Tells whether a choice is no longer offered because it was the wrong first answer. */
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

/** Tells whether a key would change the answer to the present question. In an exam the letter of the marked choice would not. */
export const canType = (quiz: QuizState, key: string): boolean => {
  const {question, entry, info, phase} = quiz;
  if (question === undefined || phase !== 'asking') return false;
  if (question.choices.length === 0) return numberTyped(quiz, key) !== undefined;
  const index = question.choices.findIndex(({id}) => id === key);
  const isMarked = question.form === 'choice' && info.mode === 'exam' && index === entry.marked;
  return index >= 0 && !isOut(quiz, key) && !isMarked;
};

/**
 * Returns the quiz round's state after a key was typed: the letter of a choice, or a digit of a number; `+` begins a relative sequence
 * number.
 */
export const typeIn = (quiz: QuizState, key: string): QuizState => {
  const {question, info} = quiz;
  if (question === undefined || quiz.phase !== 'asking') return quiz;
  if (question.choices.length > 0) {
    const picked = pick(quiz, key);
    // An answer in an exam cannot be taken back, so a letter only marks its choice; otherwise it also gives the answer.
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

/** Returns the numbers of the prompt's packets among which the learner can choose; empty if the question does not ask for a packet. */
const packetsOffered = ({form, prompt}: Question): readonly string[] =>
  form === 'packet'
    ? prompt
        .filter(isPacket)
        .flatMap(({number = []}) => number)
        .map(String)
    : [];

/** Tells whether the mark of the quiz screen can move to anything else: a row of the result, a choice, or a packet. */
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

/**
 * Returns the id of the marked choice that the toggle key adds to the answer or removes; undefined if the question has a single right
 * choice or no choice is marked.
 */
export const toggledChoice = ({question, entry}: QuizState): string | undefined =>
  question?.form === 'choice' ? undefined : question?.choices[entry.marked ?? -1]?.id;

/** Returns the quiz round's state with the marked choice added to the answer, or removed from it. */
export const toggleMarked = (quiz: QuizState): QuizState => {
  const id = toggledChoice(quiz);
  return id === undefined ? quiz : pick(quiz, id);
};

/**
 * Returns the quiz round's state after the learner has given an answer. Except in an exam, he is first asked how sure he is of a first try.
 */
export const take = (quiz: QuizState): QuizState => {
  if (quiz.phase !== 'asking' || givenNow(quiz) === undefined) return quiz;
  const isAsked = quiz.info.mode !== 'exam' && quiz.first === undefined;
  return isAsked ? {...quiz, phase: 'sure'} : settle(quiz, undefined);
};

/** Tells whether a second try at a question makes sense: of two choices, only the right one would be left. */
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

/** Returns how many of the last answers of a quiz round, in a row, were right at the first try. */
export const streakOf = ({answered}: QuizState): number => {
  const lastWrong = answered.findLastIndex(({grade: {right}}) => !right);
  return answered.length - 1 - lastWrong;
};
