// Tells whether an action of the reader would change the player's state now. The key table asks this to show only keys that do something.
import {
  askedAt,
  barTo,
  bookmarkAfter,
  causeBeside,
  choiceNamed,
  eventBeside,
  eyesNext,
  nextMoment,
  packetBeside,
  speedBeside,
  wayOn,
} from './around.ts';
import {viewOf} from './pace.ts';
import type {
  Acting,
  ActionKind,
  ActionOf,
  PlaybackAction,
  PlaybackContext,
  PlaybackState,
} from './playback-state.ts';
import {atEnd, beatMs, invitesAt, isQuestion} from './waypoints.ts';

const moves = ({playing, step, holdMs}: PlaybackState): boolean =>
  playing || step !== undefined || holdMs > 0;

/** Tells whether going to the present place would change anything: it ends movement and closes what covers the run. */
const settles = (state: PlaybackState): boolean =>
  moves(state) ||
  state.undo !== undefined ||
  state.gate !== undefined ||
  state.ending !== undefined ||
  state.event !== undefined ||
  state.why?.event !== undefined;

/** Tells whether a step of the player back in time would change anything. */
const leadsBack = (state: PlaybackState): boolean => state.viewMs > 0 || settles(state);

/** Tells whether going forward to the place `toMs`, in viewing time, would change anything. */
const advances = (state: PlaybackState, toMs: number, context: PlaybackContext): boolean => {
  const isElsewhere = toMs > state.viewMs || state.event !== undefined || state.why?.event !== undefined;
  if (moves(state) || isElsewhere || barTo(state, toMs, context)) return true;
  return invitesAt(toMs, context) && (state.selection.packet !== undefined || state.focus !== 'ladder');
};

/** Tells whether the play key would do something other than begin to play: stop, or offer the what-ifs at the end. */
const endsOrStops = (state: PlaybackState, context: PlaybackContext): boolean =>
  (atEnd(state, context) && context.whatIfs > 0) || moves(state);

const togglesPlay = (state: PlaybackState, context: PlaybackContext): boolean => {
  const way = wayOn(state, context);
  return way === 'moment' ? advances(state, nextMoment(state, context), context) : way !== 'nowhere';
};

const stepsForward = (state: PlaybackState, context: PlaybackContext): boolean => {
  if (state.gate || state.ending || state.help) return false;
  const isBarred = barTo(state, state.viewMs, context) !== undefined;
  return !atEnd(state, context) || isBarred || endsOrStops(state, context);
};

const toNextBeat = (state: PlaybackState, context: PlaybackContext): boolean => {
  const {pacing, beats} = context;
  if (state.gate || state.ending || beats.length === 0) return false;
  const isOpen = beats.some(
    (beat) =>
      beatMs(pacing, beat) > state.viewMs && (!isQuestion(beat) || state.answers[beat.index] === undefined),
  );
  return isOpen || barTo(state, state.viewMs, context) !== undefined || endsOrStops(state, context);
};

const toEvent = (state: PlaybackState, by: 1 | -1, context: PlaybackContext): boolean => {
  const event = eventBeside(state, by, context);
  // A step to the next event is not possible while the reply to a question is shown, because it would leave the reply unread.
  return event !== undefined && (!state.gate || viewOf(context.pacing, event) <= state.viewMs);
};

const toBookmark = (state: PlaybackState): boolean => {
  const next = bookmarkAfter(state);
  return next !== undefined && (next < state.viewMs || !(state.gate || state.ending));
};

const followsCause = (
  state: PlaybackState,
  action: ActionOf['causePrevious' | 'causeNext'],
  context: PlaybackContext,
): boolean => {
  const event = causeBeside(state, action, context);
  return event !== undefined && event !== state.why?.event;
};

const focuses = (state: PlaybackState, {panel, keep, waits}: ActionOf['focus']): boolean =>
  panel !== state.focus || (keep && state.opened[0] !== panel) || (waits === true && moves(state));

type Tests = {
  readonly [Kind in ActionKind]?: (
    state: PlaybackState,
    action: ActionOf[Kind],
    context: PlaybackContext,
  ) => boolean;
};

/** The tests for the actions that keys perform; an action without a test always changes something. */
const tests: Tests = {
  togglePlay: (state, _, context) => togglesPlay(state, context),
  stepForward: (state, _, context) => stepsForward(state, context),
  stepBack: (state) => !state.help && leadsBack(state),
  beatNext: (state, _, context) => toNextBeat(state, context),
  beatPrevious: (state, _, {beats}) => beats.length > 0 && leadsBack(state),
  toStart: leadsBack,
  toEnd: (state, _, context) =>
    !state.gate && !state.ending && advances(state, context.pacing.durationMs, context),
  eventNext: (state, _, context) => toEvent(state, 1, context),
  eventPrevious: (state, _, context) => toEvent(state, -1, context),
  bookmarkNext: toBookmark,
  faster: (state) => speedBeside(state, 1) !== undefined,
  slower: (state) => speedBeside(state, -1) !== undefined,
  packetPrevious: (state, _, context) => packetBeside(state, -1, context) !== state.selection.packet,
  packetNext: (state, _, context) => packetBeside(state, 1, context) !== state.selection.packet,
  nextEyes: (state, _, context) => eyesNext(state, context) !== state.eyes,
  toggleWhy: ({gate}) => !gate || gate.replied,
  deepenWhy: ({why}) => why !== undefined && !why.deep,
  causePrevious: followsCause,
  causeNext: followsCause,
  answer: (state, {choice}, context) => choiceNamed(state, choice, context) !== undefined,
  hint: (state, _, context) => askedAt(state, context)?.hint !== undefined && state.gate?.hint === false,
  skip: ({gate}) => gate?.replied === false,
  continue: ({gate}) => gate?.replied === true,
  markPrevious: ({ending}, _, {whatIfs}) => ending !== undefined && whatIfs > 1,
  markNext: ({ending}, _, {whatIfs}) => ending !== undefined && whatIfs > 1,
  focus: focuses,
};

const tested = <Kind extends ActionKind>(
  state: PlaybackState,
  {kind, action, context}: Acting<Kind>,
): boolean => tests[kind]?.(state, action, context) ?? true;

export const changes = (state: PlaybackState, action: PlaybackAction, context: PlaybackContext): boolean =>
  tested(state, {kind: action.kind, action, context});

/** Returns what the play key opens or restarts, if it does more than play or pause; otherwise undefined. */
export const playLeadsTo = (
  state: PlaybackState,
  context: PlaybackContext,
): 'question' | 'ending' | 'again' | undefined => {
  const way = wayOn(state, context);
  const bar = way === 'moment' ? barTo(state, nextMoment(state, context), context) : undefined;
  if (way === 'question' || bar?.readFirst === false) return 'question';
  if (way === 'ending') return way;
  return way === 'play' && atEnd(state, context) ? 'again' : undefined;
};
