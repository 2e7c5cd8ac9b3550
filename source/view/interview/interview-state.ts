// The state of the interview: which questions are asked, how far the learner has come, and which points of an answer were ticked.
import type {InterviewPoint, InterviewQuestion} from '../../lesson/interview.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {type Track, tracks} from '../../lesson/tracks.ts';
import {drawFrom} from '../../quiz/draw.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';

/** A question in this session, with the ids of the points that the learner has ticked. */
export type Asked = {
  readonly question: InterviewQuestion;
  readonly ticked: readonly string[];
};

export type InterviewState = {
  /** All questions that can be asked, in the order of the file. */
  readonly all: readonly InterviewQuestion[];
  /** The ids of the points that were not ticked at the last answer, by question; a question that was never answered is absent. */
  readonly missed: ReadonlyMap<string, readonly string[]>;
  /** The titles of the lessons that demonstrate points, by id. */
  readonly titles: ReadonlyMap<string, Text>;
  readonly seed: number;
  readonly phase: 'topics' | 'asking' | 'points' | 'result';
  /** The chosen topic, or `due` for the questions due for review; undefined for all topics. */
  readonly topic: Track | 'due' | undefined;
  readonly asked: readonly Asked[];
  /** The index in `asked` of the present question. */
  readonly at: number;
  /** The index of the marked row: a topic, a point, or a question of the result. */
  readonly row: number;
  /**
   * Tells whether the model answer is folded, open and scrolled by the keys (`read`), or open while keys move among the points (`beside`).
   */
  readonly answer: 'folded' | 'read' | 'beside';
};

/** The number of questions that are drawn if the learner chooses all topics. */
const mixedCount = 8;

export type Draw = {
  readonly topic?: Track | undefined;
  /** The seed of the shuffled order; undefined for the order of the file. */
  readonly seed?: number | undefined;
  readonly count?: number | undefined;
};

export const drawn = (
  all: readonly InterviewQuestion[],
  {topic, seed, count}: Draw,
): readonly InterviewQuestion[] => {
  const within = all.filter((question) => topic === undefined || question.topic === topic);
  const order = seed === undefined ? within : drawFrom(`interview ${seed}`).shuffled('questions', within);
  return order.slice(0, count);
};

export const openInterview = ({
  all,
  missed,
  titles,
  seed,
}: Pick<InterviewState, 'all' | 'missed' | 'titles' | 'seed'>): InterviewState => ({
  all,
  missed,
  titles,
  seed,
  phase: 'topics',
  topic: undefined,
  asked: [],
  at: 0,
  row: 0,
  answer: 'folded',
});

export const begun = (
  state: InterviewState,
  questions: readonly InterviewQuestion[],
  topic?: InterviewState['topic'],
): InterviewState => ({
  ...state,
  topic,
  phase: questions.length > 0 ? 'asking' : 'topics',
  asked: questions.map((question) => ({question, ticked: []})),
  at: 0,
  row: 0,
  answer: 'folded',
});

/** Returns the rows of the topic list, each with its number of questions; the topic undefined stands for some questions of all topics. */
export const topicRows = ({
  all,
}: Pick<InterviewState, 'all'>): readonly {readonly topic: Track | undefined; readonly count: number}[] => [
  {topic: undefined, count: Math.min(mixedCount, all.length)},
  ...tracks.flatMap((topic) => {
    const count = all.filter((question) => question.topic === topic).length;
    return count > 0 ? [{topic, count}] : [];
  }),
];

export const askedNow = ({asked, at}: InterviewState): Asked | undefined => asked[at];

/** Returns the questions that the learner has answered in this session; empty before the result. */
export const answeredOf = ({asked, at, phase}: InterviewState): readonly Asked[] =>
  asked.slice(0, phase === 'result' ? at : 0);

export const markedPoint = (state: InterviewState): InterviewPoint | undefined =>
  state.phase === 'points' ? askedNow(state)?.question.points[state.row] : undefined;

export const listLength = (state: InterviewState): number => {
  if (state.phase === 'topics') return topicRows(state).length;
  if (state.phase === 'points') return askedNow(state)?.question.points.length ?? 0;
  return state.phase === 'result' ? answeredOf(state).length : 0;
};

export const markAt = (state: InterviewState, row: number): InterviewState => ({
  ...state,
  row,
  answer: state.answer === 'read' ? 'beside' : state.answer,
});

export const toggled = (state: InterviewState): InterviewState => {
  const point = markedPoint(state);
  if (point === undefined) return state;
  const asked = state.asked.map((each, index) => {
    if (index !== state.at) return each;
    const {ticked} = each;
    const isTicked = ticked.includes(point.id);
    return {...each, ticked: isTicked ? ticked.filter((id) => id !== point.id) : [...ticked, point.id]};
  });
  return markAt({...state, asked}, state.row);
};

export const folded = (state: InterviewState): InterviewState =>
  state.phase === 'points' ? {...state, answer: state.answer === 'folded' ? 'read' : 'folded'} : state;

export const missedIn = ({question, ticked}: Asked): readonly InterviewPoint[] =>
  question.points.filter(({id}) => !ticked.includes(id));

/** Returns the state with the present question counted as answered, at the next question or at the result. */
const answered = (state: InterviewState, ends = false): InterviewState => {
  const now = askedNow(state);
  if (now === undefined) return state;
  const missed = new Map([...state.missed, [now.question.id, missedIn(now).map(({id}) => id)] as const]);
  const at = state.at + 1;
  const phase = ends || at >= state.asked.length ? 'result' : 'asking';
  return {...state, missed, at, phase, row: 0, answer: 'folded'};
};

/** Returns the state after `enter`: it begins with the marked topic, shows the points, or goes to the next question. */
export const wentOn = (state: InterviewState): InterviewState => {
  switch (state.phase) {
    case 'topics': {
      const row = topicRows(state)[state.row];
      if (row === undefined) return state;
      const {topic} = row;
      const draw = topic === undefined ? {seed: state.seed, count: mixedCount} : {topic};
      return begun(state, drawn(state.all, draw), topic);
    }
    case 'asking':
      return {...state, phase: 'points', row: 0};
    case 'points':
      return answered(state);
    case 'result':
      return openInterview({...state, seed: state.seed + 1});
  }
};

/**
 * Returns the state after `q`: the result of what was answered. undefined if `q` leaves the interview. Points that were ticked are kept.
 */
export const stopped = (state: InterviewState): InterviewState | undefined => {
  if (state.phase === 'topics' || state.phase === 'result') return undefined;
  if (state.phase === 'points' && (askedNow(state)?.ticked.length ?? 0) > 0) return answered(state, true);
  return state.at > 0 ? {...state, phase: 'result', row: 0, answer: 'folded'} : undefined;
};

/** Returns a text on which lesson's run demonstrates a point. */
export const shownBy = ({titles}: InterviewState, {proof}: InterviewPoint): Text => {
  if (proof === undefined) return say.shownByNone;
  return worded(say.shownBy, {lesson: titles.get(proof.lesson) ?? proof.lesson});
};
