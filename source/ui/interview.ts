// Handles the keys of the interview, in which the learner answers questions aloud and ticks the points that he made.
import {lessonOf} from '../lesson/interview.ts';
import type {Ticks} from '../quiz/progress-record.ts';
import {
  askedNow,
  clockSwitched,
  folded,
  type InterviewState,
  listLength,
  markAt,
  markedPoint,
  missedIn,
  questionNow,
  stopped,
  toggled,
  wentOn,
} from '../view/interview/interview-state.ts';
import type {Action, KeyContext} from './key-entry.ts';
import {movedMark} from './list-moves.ts';

/** The record of one answer in an interview, to be stored: the points that the learner ticked after answering aloud. */
export type FreshTicks = Omit<Ticks, 'id' | 'atMs'>;

export type InterviewEffect =
  /** An effect that opens the interview; with `about`, the id of a question, it asks the due questions, beginning with that one. */
  | {readonly kind: 'openInterview'; readonly about?: string}
  | {readonly kind: 'recordTicks'; readonly ticks: FreshTicks}
  | {readonly kind: 'openProof'; readonly question: string; readonly point: string; readonly lesson: string};

/** The effects by which keys of the interview open the lesson of a question, or the run that contradicts its misconception. */
type Leading =
  | {readonly kind: 'open'; readonly lesson: string}
  | {readonly kind: 'openCounter'; readonly misconception: string};

type InterviewOutcome = {
  /** The state of the interview after the key; undefined if the learner has left it. */
  readonly interview: InterviewState | undefined;
  readonly effects: readonly (InterviewEffect | Leading)[];
};

export const interviewContext = ({phase}: InterviewState): KeyContext => {
  if (phase === 'asking') return 'interviewAsked';
  if (phase === 'reading') return 'interviewRead';
  return phase === 'points' ? 'interviewPoints' : 'interviewList';
};

/** Returns the effect that records the interview question which was answered between two states; empty if none was. */
const ticksBetween = (
  before: InterviewState,
  after: InterviewState | undefined,
): readonly InterviewEffect[] => {
  const asked = askedNow(before);
  const isAnswered = before.phase === 'points' && after !== undefined && after.at > before.at;
  if (!isAnswered || asked === undefined) return [];
  const {question, ticked} = asked;
  const lesson = lessonOf(question) ?? '';
  const missed = missedIn(asked).map(({id}) => id);
  const ticks = {
    kind: 'ticks',
    question: question.id,
    topic: question.topic,
    lesson,
    ticked,
    missed,
  } as const;
  return [{kind: 'recordTicks', ticks}];
};

const shown = (interview: InterviewState): readonly InterviewEffect[] => {
  const point = markedPoint(interview);
  const question = askedNow(interview)?.question.id;
  if (question === undefined || point?.proof === undefined) return [];
  return [{kind: 'openProof', question, point: point.id, lesson: point.proof.lesson}];
};

/**
 * Returns the effect that opens the lesson of the interview question on the screen, or the run against its misconception; empty before the
 * answer.
 */
const ledTo = (interview: InterviewState, action: Action): readonly Leading[] => {
  const question = interview.phase === 'asking' ? undefined : questionNow(interview);
  const lesson = question && lessonOf(question);
  const misconception = question?.belief;
  if (action === 'watch') return misconception === undefined ? [] : [{kind: 'openCounter', misconception}];
  return lesson === undefined ? [] : [{kind: 'open', lesson}];
};

/** Returns the outcome of a key in the interview; undefined if the app handles the key. */
export const pressInInterview = (interview: InterviewState, action: Action): InterviewOutcome | undefined => {
  const row = movedMark(action, {marked: interview.row, length: listLength(interview)});
  if (row !== undefined) return {interview: markAt(interview, row), effects: []};
  switch (action) {
    case 'interviewTick':
      return {interview: toggled(interview), effects: []};
    case 'interviewAnswer':
      return {interview: folded(interview), effects: []};
    case 'interviewShow':
      return {interview, effects: shown(interview)};
    case 'interviewLesson':
    case 'watch':
      return {interview, effects: ledTo(interview, action)};
    case 'interviewClock':
      return {interview: clockSwitched(interview), effects: []};
    case 'interviewOn': {
      const after = wentOn(interview);
      return {interview: after, effects: ticksBetween(interview, after)};
    }
    case 'back': {
      const after = stopped(interview);
      return {interview: after, effects: ticksBetween(interview, after)};
    }
    default:
      return undefined;
  }
};

/** Tells whether a key of the interview would do anything in its present state. */
export const interviewKeyWorks = (interview: InterviewState, action: Action): boolean => {
  switch (action) {
    case 'listUp':
    case 'listDown':
      return listLength(interview) > 1 || interview.answer === 'read';
    case 'interviewTick':
      return markedPoint(interview) !== undefined;
    case 'interviewLesson':
    case 'watch':
      return interview.phase !== 'topics' && ledTo(interview, action).length > 0;
    case 'interviewClock':
      return interview.clock !== undefined;
    case 'interviewShow':
      return markedPoint(interview)?.proof !== undefined;
    default:
      return true;
  }
};
