// A round of the quiz in the app: its questions, its keys and what they do.

import {type Text, worded} from '../lesson/text.ts';
import {answerTo} from '../quiz/candidate.ts';
import type {Answer, Confidence} from '../quiz/progress-record.ts';
import type {Question} from '../quiz/question.ts';
import type {ReviewCard} from '../quiz/schedule.ts';
import type {ChallengeList} from '../view/challenge/challenge-list.ts';
import type {Answered} from '../view/quiz/answered.ts';
import type {LearnerPage} from '../view/quiz/learner-page.ts';
import {ruleOf} from '../view/quiz/quiz-screen.ts';
import {
  askQuestion,
  beginRound,
  beSure,
  canHint,
  canMoveMark,
  canType,
  endRound,
  erase,
  givenNow,
  moveMark,
  type QuizState,
  type RoundInfo,
  readHint,
  take,
  timed,
  toggledChoice,
  toggleMarked,
  typeIn,
  withFirstTry,
} from '../view/quiz/quiz-state.ts';
import {resultRows, wrongQuestions} from '../view/quiz/result-rows.ts';
import {resultWords} from '../words/catalogue/quiz-result.ts';
import type {Action, KeyContext} from './key-entry.ts';
import type {Round} from './opened-run.ts';

/** The record of an answer to a quiz question, as it is stored; id and time are added then. */
export type FreshAnswer = Omit<Answer, 'id' | 'atMs'>;

export type OpenQuiz = {readonly round: Round; readonly state: QuizState};

export const beginQuiz = (round: Round): OpenQuiz => ({round, state: beginRound(round.info)});

export const quizContext = ({phase}: QuizState): KeyContext => {
  switch (phase) {
    case 'asking':
      return 'quiz';
    case 'sure':
      return 'quizSure';
    case 'reply':
      return 'quizReply';
    case 'result':
      return 'quizResult';
  }
};

export type QuizEffect =
  | {readonly kind: 'beginRound'; readonly which: RoundWish}
  | {readonly kind: 'showPage'; readonly page: LearnerPage['kind']}
  | {readonly kind: 'askNext'}
  | {readonly kind: 'record'; readonly answer: FreshAnswer}
  | {readonly kind: 'openAsked'; readonly question: Question}
  | {readonly kind: 'openCounter'; readonly misconception: string}
  | {readonly kind: 'putOff'; readonly what: Postponed}
  | {readonly kind: 'exportProgress'}
  | {readonly kind: 'repeatQuestions'; readonly questions: readonly Question[]};

export type QuizOutcome = {readonly quiz: OpenQuiz; readonly effects: readonly QuizEffect[]};

const sureness: {readonly [action in Action]?: Confidence} = {
  sureYes: 'sure',
  sureThink: 'think',
  sureGuess: 'guess',
};

/**
 * Returns the quiz question whose run `p` or `enter` opens: the one on the screen (not in an exam), or that of the result's marked row;
 * undefined if there is none.
 */
const questionToSee = ({info, question, phase, answered, row}: QuizState): Question | undefined => {
  if (phase === 'result') return resultRows(answered)[row]?.question;
  return info.mode === 'exam' ? undefined : question;
};

/**
 * Returns the misconception against which a run can be watched from the quiz: that of the answer whose reply is shown, or of the result's
 * marked row; undefined if there is none.
 */
const beliefToWatch = ({round: {reference}, state}: OpenQuiz): string | undefined => {
  const {phase, answered, row} = state;
  const shown =
    phase === 'result' ? [resultRows(answered)[row]?.misconception] : answered.at(-1)?.grade.misconceptions;
  return shown?.find((id) => id !== undefined && reference.misconception(id)?.counter !== undefined);
};

const canPutOff = ({info, phase, question}: QuizState): boolean =>
  info.mode === 'review' && phase === 'asking' && question !== undefined;

export const quizKeyWorks = (key: string, action: Action, quiz: OpenQuiz): boolean => {
  const {state} = quiz;
  const {phase, answered, entry} = state;
  switch (action) {
    case 'quizType':
      return canType(state, key);
    case 'quizUp':
    case 'quizDown':
      return canMoveMark(state);
    case 'quizToggle':
      return toggledChoice(state) !== undefined;
    case 'quizTake':
      return givenNow(state) !== undefined;
    case 'quizErase':
      return phase === 'sure' || (phase === 'asking' && (entry.picked.length > 0 || entry.typed !== ''));
    case 'quizWhy':
      return ruleOf(answered.at(-1)?.question, quiz.round.reference) !== undefined;
    case 'quizHint':
      return canHint(state);
    case 'quizRun':
      return questionToSee(state) !== undefined;
    case 'quizLater':
      return canPutOff(state);
    case 'watch':
      return beliefToWatch(quiz) !== undefined;
    case 'quizRepeat':
      return wrongQuestions(answered).length > 0;
    case 'quizAgain':
      return answered.length > 0;
    default:
      return true;
  }
};

/** Returns the keys that answer a quiz question with choices, such as `a–d`. */
export const answerKeys = ({question}: QuizState): string => `a–${question?.choices.at(-1)?.id ?? 'f'}`;

const moved = (state: QuizState, action: Action, key: string): QuizState => {
  const how = sureness[action];
  if (how !== undefined) return beSure(state, how);
  switch (action) {
    case 'quizType':
      return typeIn(state, key);
    case 'quizUp':
    case 'quizDown':
      return moveMark(state, action === 'quizUp' ? -1 : 1);
    case 'quizToggle':
      return toggleMarked(state);
    case 'quizTake':
      return take(state);
    case 'quizErase':
      return erase(state);
    case 'quizHint':
      return readHint(state);
    case 'quizWhy':
      return {...state, why: !state.why};
    case 'quizOn':
      return state.phase === 'reply' ? {...state, phase: 'asking', question: undefined} : state;
    default:
      return state;
  }
};

/** Returns the state with a pasted number as the answer; it is accepted as a whole or not at all, and choices cannot be pasted. */
export const pastedAnswer = <State extends {readonly quiz?: OpenQuiz | undefined}>(
  state: State,
  text: string,
): State => {
  const {quiz} = state;
  if (quiz?.state.question === undefined || quiz.state.question.choices.length > 0) return state;
  let typed = quiz.state;
  for (const character of text.trim()) {
    const next = typeIn(typed, character);
    if (next === typed) return state;
    typed = next;
  }
  return {...state, quiz: {...quiz, state: typed}};
};

const recordOf = ({question, given, again, hints, confidence}: Answered, {mode}: RoundInfo): FreshAnswer =>
  answerTo(question, {
    given,
    hints,
    ...(again === undefined ? {} : {again: again.given}),
    ...(confidence === undefined ? {} : {confidence}),
    askedIn: mode,
  });

/** Returns the effects of a key in a quiz round: storing a new answer, and asking for the next question. */
const effectsOf = (before: QuizState, after: QuizState): readonly QuizEffect[] => {
  const given = after.answered.length > before.answered.length ? after.answered.at(-1) : undefined;
  const isOpen = after.phase === 'asking' && after.question === undefined;
  return [
    ...(given === undefined ? [] : [{kind: 'record', answer: recordOf(given, after.info)} as const]),
    ...(isOpen && before.question !== undefined ? [{kind: 'askNext'} as const] : []),
  ];
};

/** Tells whether an action of the key table belongs to a quiz round. */
export const isInRound = (action: Action): boolean =>
  action.startsWith('quiz') || action === 'watch' || sureness[action] !== undefined;

/** Returns the outcome of a key in a quiz round; undefined if the round does not handle the key. */
export const pressInQuiz = (
  quiz: OpenQuiz,
  action: Action,
  {key, atMs}: {readonly key: string; readonly atMs: number},
): QuizOutcome | undefined => {
  const {round} = quiz;
  if (!isInRound(action)) return undefined;
  const state = timed({...quiz.state, ending: false}, atMs);
  if (state.phase !== quiz.state.phase || !quizKeyWorks(key, action, {round, state}))
    return {quiz: {round, state}, effects: []};
  if (action === 'quizRepeat' || action === 'quizAgain') {
    const all = state.answered.map(({question}) => question);
    const questions = action === 'quizRepeat' ? wrongQuestions(state.answered) : all;
    return {quiz, effects: [{kind: 'repeatQuestions', questions}]};
  }
  if (action === 'quizRun') {
    const question = questionToSee(state);
    const looked = state.looked || state.phase === 'asking';
    return question === undefined
      ? {quiz, effects: []}
      : {quiz: {round, state: {...state, looked}}, effects: [{kind: 'openAsked', question}]};
  }
  if (action === 'watch') {
    const misconception = beliefToWatch({round, state});
    return {quiz, effects: misconception === undefined ? [] : [{kind: 'openCounter', misconception}]};
  }
  if (action === 'quizLater' && state.question !== undefined) {
    const after = {...withFirstTry(state), question: undefined};
    const putOff = {kind: 'putOff', what: {question: state.question}} as const;
    return {quiz: {round, state: after}, effects: [putOff, ...effectsOf(state, after)]};
  }
  const after = finished(moved(state, action, key));
  return {quiz: {round, state: after}, effects: effectsOf(state, after)};
};

/** Returns the state of the quiz round, ended if its last question has been answered. */
const finished = (state: QuizState): QuizState => {
  const isOpen = state.phase === 'asking' && state.question === undefined;
  return isOpen && state.answered.length >= state.info.count ? endRound(state) : state;
};

/**
 * Returns the number of unanswered questions if leaving an exam has to be confirmed; 0 for other rounds, before the first answer, on the
 * result page, or once the learner was asked.
 */
export const unansweredIn = ({state}: OpenQuiz): number => {
  const {info, phase, answered, ending} = state;
  return info.mode !== 'exam' || phase === 'result' || ending || answered.length === 0
    ? 0
    : info.count - answered.length;
};

/**
 * Returns the outcome of `q` in the quiz: a round in progress ends and shows its result; undefined if the result is already shown or
 * nothing was answered, so that the quiz is left.
 */
export const stopQuiz = ({round, state}: OpenQuiz): QuizOutcome | undefined => {
  const after = endRound(state);
  if (state.phase === 'result' || after.answered.length === 0) return undefined;
  return {quiz: {round, state: after}, effects: effectsOf(state, after)};
};

/** Returns the quiz round after its end, because there is no further question that can be asked. */
export const ended = ({round, state}: OpenQuiz): OpenQuiz => ({round, state: endRound(state)});

/**
 * Returns the note that a quiz round ended earlier than announced, because there was nothing more to ask; empty if it did not, or if
 * questions were left out.
 */
const spent = ({answered, dropped}: QuizState, wanted: number): Pick<RoundInfo, 'fewer'> =>
  dropped > 0 || answered.length === wanted
    ? {}
    : {fewer: worded(resultWords.fewer.spent, {made: answered.length, wanted})};

export const asked = (quiz: OpenQuiz, atMs: number): OpenQuiz => {
  const {round, state} = quiz;
  const question = round.next(state.answered, state.dropped);
  const left = round.left?.();
  const count = left === undefined ? state.info.count : state.answered.length + left;
  const info = {...state.info, count, ...(question ? {} : spent(state, count))};
  return {round, state: askQuestion({...state, info}, question, atMs)};
};

/** Returns the outcome of leaving out a question that cannot be shown: another one is asked for. */
export const dropped = ({round, state}: OpenQuiz): QuizOutcome => {
  const asking = {phase: 'asking', question: undefined, dropped: state.dropped + 1} as const;
  const after = {...withFirstTry(state), ...asking};
  return {quiz: {round, state: after}, effects: effectsOf(state, after)};
};

/** Does a part of the work for the next quiz question; returns false if nothing is left to do. */
export const prepared = ({round, state}: OpenQuiz): boolean => {
  const {phase, answered, question} = state;
  if (phase === 'result' || question === undefined) return false;
  return round.prepare?.(answered.length + (phase === 'reply' ? 0 : 1)) ?? false;
};

export const passed = ({round, state}: OpenQuiz, ms: number): OpenQuiz => {
  const {startedMs, tookMs} = state;
  return {round, state: startedMs === undefined ? state : timed(state, startedMs + tookMs + ms)};
};

/** Returns the time in ms after which the clock of an exam with a time limit has to be drawn again; undefined without one. */
export const examInterval = ({quiz}: {readonly quiz?: OpenQuiz | undefined}): number | undefined => {
  if (quiz === undefined || quiz.state.phase === 'result' || quiz.state.startedMs === undefined)
    return undefined;
  return quiz.round.info.limitMs === undefined ? undefined : 1000;
};

/**
 * The subject of a quiz round: finished lessons, all lessons, due cards, the weakest misconceptions, one misconception, or one lesson;
 * `check` is the short test at the end of a lesson, `file` its file if it is not built in.
 */
export type RoundWish =
  | 'practice'
  | 'everything'
  | 'review'
  | 'weak'
  | {readonly belief: string}
  | {readonly lesson: string}
  | {readonly check: string; readonly file?: string};

/** The cards that the learner postpones: all that a quiz question asks for, or one. */
export type Postponed = {readonly question: Question} | {readonly card: ReviewCard};

/** The facts about the learner that menu and pages show; `due` is the number of due cards. */
export type LearnerNote = {
  readonly due: number;
  /** The number of misconceptions that practice of the weakest ones asks about. */
  readonly toCorrect: number;
  /** The ids of the misconceptions that the learner's last answers show. */
  readonly weak: ReadonlySet<string>;
  /** The lessons that the learner has begun, by id, and whether he has finished them. */
  readonly lessons: ReadonlyMap<string, {readonly finished: boolean}>;
  /** The challenge that the learner tried last and has not solved, if that is the last thing he did. */
  readonly tried?: {readonly id: string; readonly title: Text} | undefined;
  /** The list of challenges with what the learner has solved; undefined if there are none. */
  readonly challenges?: ChallengeList | undefined;
};
