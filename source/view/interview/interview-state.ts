// The state of the interview: which questions are asked, how far the learner has come, and which points of an answer were ticked.
import {type InterviewPoint, type InterviewQuestion, setNames} from '../../lesson/interview.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {tracks} from '../../lesson/tracks.ts';
import {interviewWords as say} from '../../words/catalogue/interview.ts';
import {type Choice, countOf, type Draw, drawn, minutesOf} from './interview-draw.ts';

/** A question of an interview session, with the ids of the points of its answer that the learner has ticked. */
export type Asked = {
  readonly question: InterviewQuestion;
  readonly ticked: readonly string[];
};

/** The choices on the first page: to read all questions with their answers, or to be asked. */
type Offered = {readonly kind: 'read'} | Exclude<Choice, {readonly kind: 'due' | 'words'}>;

type Known = {
  /** All questions that can be asked, in the order of the file. */
  readonly all: readonly InterviewQuestion[];
  /**
   * Maps each question's id to the ids of the points that the learner did not tick when he answered it last; a question that was never
   * answered is absent.
   */
  readonly missed: ReadonlyMap<string, readonly string[]>;
  /** The titles of the lessons that demonstrate points of interview answers, by the lesson's id. */
  readonly titles: ReadonlyMap<string, Text>;
  /** The misconceptions that interview answers contradict, by id: what is believed, and what is true. */
  readonly beliefs: ReadonlyMap<string, {readonly belief: Text; readonly correct: Text}>;
  readonly seed: number;
};

export type InterviewState = Known & {
  /**
   * The page of the interview: `topics` has the choices, `list` all questions to read, `reading` one of them with its answer; `asking`,
   * `points` and `result` belong to a session.
   */
  readonly phase: 'topics' | 'list' | 'reading' | 'asking' | 'points' | 'result';
  /** The topic, set or mix of the interview session; undefined outside of a session. */
  readonly from: Choice | undefined;
  readonly asked: readonly Asked[];
  /** The index in `asked` of the interview question that is asked now, or of the marked one in the list of questions to read. */
  readonly at: number;
  /**
   * The index of the marked row on the interview's page: a choice, a point, or a question of the result. While a question is read, row 0 is
   * its answer.
   */
  readonly row: number;
  /**
   * Tells whether the model answer is folded, open and scrolled by the keys (`read`), or open while keys move among the points (`beside`).
   */
  readonly answer: 'folded' | 'read' | 'beside';
  /** The time in ms that the session should take, and that it has taken; undefined without a clock. */
  readonly clock: {readonly limitMs: number; readonly spentMs: number} | undefined;
  /** True if the learner has switched off the clock of the interview. */
  readonly untimed: boolean;
};

export const openInterview = (known: Known): InterviewState => ({
  ...known,
  phase: 'topics',
  from: undefined,
  asked: [],
  at: 0,
  row: 0,
  answer: 'folded',
  clock: undefined,
  untimed: false,
});

/** Returns the interview's state with a new session that asks these questions; if there are none, with the page of choices. */
export const begun = (
  state: InterviewState,
  questions: readonly InterviewQuestion[],
  draw: Draw,
): InterviewState => {
  const minutes = minutesOf(draw);
  return {
    ...state,
    from: draw.from,
    phase: questions.length > 0 ? 'asking' : 'topics',
    asked: questions.map((question) => ({question, ticked: []})),
    at: 0,
    row: 0,
    answer: 'folded',
    clock: minutes > 0 ? {limitMs: minutes * 60_000, spentMs: 0} : undefined,
  };
};

export const offered = ({all}: Pick<InterviewState, 'all'>): readonly Offered[] => [
  {kind: 'read'},
  {kind: 'mix'},
  {kind: 'all'},
  ...setNames.map((set) => ({kind: 'set', set}) as const),
  ...tracks.flatMap((topic) =>
    all.some((question) => question.topic === topic) ? [{kind: 'topic', topic} as const] : [],
  ),
];

/** Returns how many questions a choice on the interview's first page offers to read or asks. */
export const offeredCount = ({all}: Pick<InterviewState, 'all'>, row: Offered): number =>
  row.kind === 'read' ? all.length : countOf(all, row);

/**
 * Tells whether the interview's clock runs: while a question or its points are shown, unless the session has no clock or the learner has
 * switched it off.
 */
export const isTimed = ({phase, clock, untimed}: InterviewState): boolean =>
  clock !== undefined && !untimed && (phase === 'asking' || phase === 'points');

/** Returns the interview's state after a further time in ms has passed on its clock. The session does not end when the time is over. */
export const timePassed = (state: InterviewState, ms: number): InterviewState =>
  state.clock && isTimed(state)
    ? {...state, clock: {...state.clock, spentMs: state.clock.spentMs + ms}}
    : state;

export const clockSwitched = (state: InterviewState): InterviewState =>
  state.clock === undefined ? state : {...state, untimed: !state.untimed};

export const askedNow = ({asked, at}: InterviewState): Asked | undefined => asked[at];

/** Returns the questions that the learner has answered in this session; empty before the result. */
export const answeredOf = ({asked, at, phase}: InterviewState): readonly Asked[] =>
  asked.slice(0, phase === 'result' ? at : 0);

export const markedPoint = (state: InterviewState): InterviewPoint | undefined => {
  const points = askedNow(state)?.question.points;
  if (state.phase === 'points') return points?.[state.row];
  return state.phase === 'reading' ? points?.[state.row - 1] : undefined;
};

export const listLength = (state: InterviewState): number => {
  const points = askedNow(state)?.question.points.length ?? 0;
  switch (state.phase) {
    case 'topics':
      return offered(state).length;
    case 'list':
      return state.asked.length;
    case 'reading':
      return points + 1;
    case 'points':
      return points;
    case 'result':
      return answeredOf(state).length;
    case 'asking':
      return 0;
  }
};

export const markAt = (state: InterviewState, row: number): InterviewState => ({
  ...state,
  row,
  at: state.phase === 'list' ? row : state.at,
  answer: state.answer === 'read' ? 'beside' : state.answer,
});

export const toggled = (state: InterviewState): InterviewState => {
  const point = state.phase === 'points' ? markedPoint(state) : undefined;
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

/**
 * Returns the interview's state with the present question counted as answered: the next question is asked, or the result is shown if none
 * is left or `ends` is true.
 */
const answered = (state: InterviewState, ends = false): InterviewState => {
  const now = askedNow(state);
  if (now === undefined) return state;
  const missed = new Map([...state.missed, [now.question.id, missedIn(now).map(({id}) => id)] as const]);
  const at = state.at + 1;
  const phase = ends || at >= state.asked.length ? 'result' : 'asking';
  return {...state, missed, at, phase, row: 0, answer: 'folded'};
};

/** Returns the interview question that is on the screen; in a list or in the result, the marked one. undefined if there is none. */
export const questionNow = (state: InterviewState): InterviewQuestion | undefined =>
  state.phase === 'result' ? answeredOf(state)[state.row]?.question : askedNow(state)?.question;

/** Returns the interview's state with the list of all questions to read. */
const toRead = (state: InterviewState): InterviewState => ({
  ...begun(state, state.all, {from: {kind: 'all'}}),
  from: undefined,
  phase: 'list',
});

/**
 * Returns the interview's state after `enter`: it begins with the marked choice, opens the marked question, shows the points, or goes to
 * the next question; after the result it returns to the first page.
 */
export const wentOn = (state: InterviewState): InterviewState => {
  switch (state.phase) {
    case 'topics': {
      const from = offered(state)[state.row];
      if (from === undefined) return state;
      if (from.kind === 'read') return toRead(state);
      const draw = {from, seed: from.kind === 'topic' ? undefined : state.seed};
      return begun(state, drawn(state.all, draw), draw);
    }
    case 'list':
      return {...state, phase: 'reading', row: 0};
    case 'reading':
      return {...state, at: (state.at + 1) % state.asked.length, row: 0};
    case 'asking':
      return {...state, phase: 'points', row: 0};
    case 'points':
      return answered(state);
    case 'result':
      return {...openInterview({...state, seed: state.seed + 1}), untimed: state.untimed};
  }
};

/**
 * Returns the interview's state after `q`: the result of a session with answers, or one page up while reading; undefined if `q` leaves the
 * interview. Points that were ticked are kept.
 */
export const stopped = (state: InterviewState): InterviewState | undefined => {
  if (state.phase === 'reading') return {...state, phase: 'list', row: state.at};
  if (state.phase === 'list') return {...openInterview(state), untimed: state.untimed};
  if (state.phase === 'topics' || state.phase === 'result') return undefined;
  if (state.phase === 'points' && (askedNow(state)?.ticked.length ?? 0) > 0) return answered(state, true);
  return state.at > 0 ? {...state, phase: 'result', row: 0, answer: 'folded'} : undefined;
};

/** Returns a text that names the lesson whose run demonstrates a point of an interview answer, or says why none does. */
export const shownBy = ({titles}: InterviewState, {proof, unshown}: InterviewPoint): Text =>
  proof === undefined
    ? unshown === undefined
      ? say.shownByNone
      : say.unshown[unshown]
    : worded(say.shownBy, {lesson: titles.get(proof.lesson) ?? proof.lesson});
