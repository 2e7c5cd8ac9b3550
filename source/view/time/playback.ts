// The player as a pure reducer: it computes the next state from a state and an action.

import type {Language} from '../../lesson/text.ts';
import {nothingSelected} from '../selection.ts';
import {
  askedAt,
  barTo,
  bookmarkAfter,
  causeBeside,
  choiceNamed,
  eventBeside,
  nextMoment,
  packetBeside,
  wayOn,
} from './around.ts';
import {passedBy} from './first-tries.ts';
import {at, momentAt, viewOf} from './pace.ts';
import {mark, readingMs, select, settings, still} from './playback-settings.ts';
import type {
  Acting,
  ActionKind,
  ActionOf,
  Acts,
  Motion,
  PlaybackAction,
  PlaybackContext,
  PlaybackState,
  Speed,
} from './playback-state.ts';
import {
  atEnd,
  beatMs,
  invitesAt,
  isQuestion,
  narrationAt,
  narrationPlaces,
  openQuestions,
  stopAfter,
  stopBefore,
} from './waypoints.ts';

export type PlaybackPreferences = {
  readonly language: Language;
  readonly motion: Motion;
  readonly speed: Speed;
  readonly stopAtBeats: boolean;
  /** True if a run begins to play as soon as it is opened. */
  readonly playing: boolean;
};

const stepMs = 200;
const stepsASecond = 12;
const frameMs = 50;
/** The speed from which on each packet's flight takes `fastFlightMs`, however fast the rest is. */
const fastSpeed = 4;
const fastFlightMs = 250;

export const startPlayback = (preferences: PlaybackPreferences): PlaybackState => ({
  ...preferences,
  viewMs: 0,
  step: undefined,
  undo: undefined,
  holdMs: 0,
  lastStepAtMs: undefined,
  answers: {},
  firstTries: {},
  taken: [],
  gate: undefined,
  selection: nothingSelected,
  event: undefined,
  bookmarks: [],
  relative: false,
  eyes: 'ends',
  allValues: false,
  plainFirst: false,
  why: undefined,
  ending: undefined,
  help: false,
  focus: 'ladder',
  opened: [],
  own: {},
  typing: undefined,
  alone: false,
});

/**
 * Returns the player's state at a place in viewing time to which no question blocks the way; a question, the ending or a selected event is
 * closed.
 */
const place = (state: PlaybackState, viewMs: number): PlaybackState => ({
  ...state,
  ...still,
  undo: undefined,
  viewMs,
  gate: undefined,
  ending: undefined,
  event: undefined,
  why: state.why && {...state.why, event: undefined},
});

/** Returns the player's state in which the run is over and its ending offers what-ifs, with the first one marked. */
const end = (state: PlaybackState): PlaybackState => ({
  ...place(state, state.viewMs),
  why: undefined,
  ending: {marked: 0},
});

/**
 * Returns the player's state with a question opened. A selected packet is deselected, because the ladder would follow it instead of what
 * the question is about.
 */
const open = (state: PlaybackState, viewMs: number, beat: number): PlaybackState => ({
  ...select(place(state, viewMs), {packet: undefined}),
  gate: {beat, hint: state.firstTries[beat] !== undefined, replied: false},
});

/**
 * Returns the player's state at `toMs` or, if an unanswered question is on the way, with that question opened. A narration at the
 * question's place is read first.
 */
const forward = (from: PlaybackState, toMs: number, context: PlaybackContext): PlaybackState => {
  const state = from.event === undefined ? from : {...from, event: undefined};
  const bar = barTo(state, toMs, context);
  if (!bar) {
    const moved = {...state, viewMs: toMs, why: state.why && {...state.why, event: undefined}};
    return invitesAt(toMs, context) ? {...select(moved, {packet: undefined}), focus: 'ladder'} : moved;
  }
  return bar.readFirst ? place(state, bar.viewMs) : open(state, bar.viewMs, bar.beat);
};

/** Returns the player's state with the question opened that blocks playing at the present place; undefined if there is none. */
const asking = (state: PlaybackState, context: PlaybackContext): PlaybackState | undefined => {
  const bar = barTo(state, state.viewMs, context);
  return bar && open(state, state.viewMs, bar.beat);
};

/** Returns the player's state at the end of a step forward, which remembers where the step began, so that ← can undo it. */
const land = (
  state: PlaybackState,
  way: {fromMs: number; toMs: number},
  context: PlaybackContext,
): PlaybackState => {
  const landed = {...forward(state, way.toMs, context), ...still};
  return {...landed, undo: {fromMs: way.fromMs, toMs: landed.viewMs}};
};

/** Returns the place in viewing time to which `ms` of real time lead at the present playing speed. */
const travel = (state: PlaybackState, ms: number, context: PlaybackContext): number => {
  const {pacing} = context;
  if (state.speed < fastSpeed) return Math.min(pacing.durationMs, state.viewMs + ms * state.speed);
  let {viewMs} = state;
  let left = ms;
  for (let moment = momentAt(pacing, viewMs); left > 0 && moment < pacing.moments - 1; moment++) {
    const flightMs = at(pacing.flightMs, moment);
    const rate = flightMs > 0 ? flightMs / fastFlightMs : state.speed;
    const end = at(pacing.viewMs, moment + 1);
    const took = (end - viewMs) / rate;
    if (took > left) return viewMs + left * rate;
    left -= took;
    viewMs = end;
  }
  return viewMs;
};

const play = (state: PlaybackState, ms: number, context: PlaybackContext): PlaybackState => {
  if (state.holdMs > 0) return {...state, holdMs: Math.max(0, state.holdMs - ms)};
  const toMs = travel(state, ms, context);
  const beat = narrationPlaces(context).find((each) => each > state.viewMs && each <= toMs);
  const moved = forward(state, beat ?? toMs, context);
  if (beat !== undefined && moved.gate === undefined)
    return state.stopAtBeats
      ? {...moved, ...still}
      : {
          ...moved,
          playing: true,
          holdMs: readingMs(narrationAt(context, moved.viewMs).beat?.say[moved.language] ?? ''),
        };
  return atEnd(moved, context) ? {...moved, ...still} : moved;
};

const tick = (state: PlaybackState, ms: number, context: PlaybackContext): PlaybackState => {
  const {step} = state;
  if (!step) return state.playing ? play(state, ms, context) : state;
  const elapsedMs = step.elapsedMs + ms;
  if (elapsedMs >= stepMs) return land(state, step, context);
  const viewMs = step.fromMs + ((step.toMs - step.fromMs) * elapsedMs) / stepMs;
  return {...state, viewMs, step: {...step, elapsedMs}};
};

const togglePlay = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  switch (wayOn(state, context)) {
    case 'nowhere':
      return state;
    case 'moment':
      return {...forward(state, nextMoment(state, context), context), ...still};
    case 'stop':
      return {...state, ...still};
    case 'question':
      return asking(state, context) ?? state;
    case 'ending':
      return end(state);
    case 'play': {
      const viewMs = atEnd(state, context) ? 0 : state.viewMs;
      return {...state, playing: state.motion !== 'none', ending: undefined, why: undefined, viewMs};
    }
  }
};

const stepForward = (before: PlaybackState, atMs: number, context: PlaybackContext): PlaybackState => {
  const {lastStepAtMs} = before;
  if (before.gate || before.ending || before.help) return before;
  if (lastStepAtMs !== undefined && atMs - lastStepAtMs < 1000 / stepsASecond) return before;
  const state = {...before, lastStepAtMs: atMs};
  if (state.step) return land(state, state.step, context);
  const target = stopAfter(context, state);
  const question = asking(state, context);
  if (question) return {...question, undo: {fromMs: state.viewMs, toMs: state.viewMs}};
  if (atEnd(state, context)) return context.whatIfs > 0 ? end(state) : {...state, ...still};
  const toMs = Math.min(openQuestions(context, state.answers)[0]?.place ?? target, target);
  const {pacing} = context;
  const moment = momentAt(pacing, state.viewMs);
  const flies = at(pacing.flightMs, moment) > 0 && at(pacing.viewMs, moment) < state.viewMs;
  if (flies || state.motion === 'none') return land(state, {fromMs: state.viewMs, toMs}, context);
  if (toMs <= state.viewMs) return {...state, ...still};
  return {
    ...state,
    ...still,
    event: undefined,
    why: state.why && {...state.why, event: undefined},
    step: {fromMs: state.viewMs, toMs, elapsedMs: 0},
  };
};

const stepBack = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  if (state.help) return state;
  if (state.ending) return place(state, state.viewMs);
  if (state.step) return place(state, state.step.fromMs);
  if (state.undo && state.undo.toMs === state.viewMs) return place(state, state.undo.fromMs);
  // On the way back from a question that was opened at the place of a narration, the player first returns to the narration.
  if (state.gate && narrationPlaces(context).includes(state.viewMs)) return place(state, state.viewMs);
  return place(state, stopBefore(context, state));
};

const beatNext = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  const {pacing, beats} = context;
  if (state.gate || state.ending || beats.length === 0) return state;
  const later = beats
    .filter((beat) => !isQuestion(beat) || state.answers[beat.index] === undefined)
    .map((beat) => beatMs(pacing, beat))
    .filter((each) => each > state.viewMs);
  const question = asking(state, context);
  if (question) return question;
  if (later.length === 0)
    return atEnd(state, context) && context.whatIfs > 0 ? end(state) : {...state, ...still};
  return {...forward(state, Math.min(...later), context), ...still};
};

const beatPrevious = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  if (context.beats.length === 0) return state;
  const earlier = narrationPlaces(context).filter((each) => each < state.viewMs);
  return place(state, earlier[earlier.length - 1] ?? 0);
};

const goOn = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  const closed = {...state, gate: undefined, why: undefined};
  const question = asking(closed, context);
  if (question) return question;
  if (atEnd(state, context)) return context.whatIfs > 0 ? end(closed) : closed;
  if (state.motion === 'none') return {...forward(closed, nextMoment(closed, context), context), ...still};
  return {...closed, playing: true};
};

const hint = (state: PlaybackState, context: PlaybackContext): PlaybackState =>
  state.gate && askedAt(state, context)?.hint ? {...state, gate: {...state.gate, hint: true}} : state;

const answer = (state: PlaybackState, choice: string, context: PlaybackContext): PlaybackState => {
  const {gate} = state;
  const beat = askedAt(state, context);
  const taken = choiceNamed(state, choice, context);
  if (!gate || !beat || !taken) return state;
  const first = state.firstTries[gate.beat];
  // A second try at a question makes sense only with more than two choices, because otherwise only the right one would be left.
  if (!taken.correct && first === undefined && beat.choices.length > 2)
    return {
      ...state,
      gate: {...gate, hint: true},
      firstTries: {...state.firstTries, [gate.beat]: {choice, hinted: gate.hint}},
    };
  const given = {choice, ...(first && {first})};
  return {...state, answers: {...state.answers, [gate.beat]: given}, gate: {...gate, replied: true}};
};

/** Continues without an answer to the open question, which then counts as skipped, or as answered by its wrong first try. */
const unanswered = (
  state: PlaybackState,
  goesOn: (passed: PlaybackState) => PlaybackState,
): PlaybackState => {
  const {gate, answers} = state;
  if (!gate || gate.replied) return state;
  return goesOn({...state, answers: {...answers, [gate.beat]: passedBy(state, gate.beat)}});
};

const reveal = (state: PlaybackState): PlaybackState =>
  unanswered(state, (passed) => ({...passed, gate: passed.gate && {...passed.gate, replied: true}}));

/** Returns the player's state after `<` or `>` in *Why?*, which then explains the cause or an effect of its event. */
const followCause = (
  state: PlaybackState,
  action: ActionOf['causePrevious' | 'causeNext'],
  context: PlaybackContext,
): PlaybackState => {
  const event = causeBeside(state, action, context);
  return event === undefined ? state : {...state, why: {...state.why, event}};
};

const standAt = (state: PlaybackState, viewMs: number, context: PlaybackContext): PlaybackState => {
  const passed = openQuestions(context, state.answers).filter(
    (bar) => bar.place < viewMs || (bar.place === viewMs && bar.question.kind === 'prediction'),
  );
  const skipped = passed.map(({question: {index}}) => [index, passedBy(state, index)] as const);
  return place({...state, answers: {...state.answers, ...Object.fromEntries(skipped)}}, viewMs);
};

const goTo = (state: PlaybackState, viewMs: number, context: PlaybackContext): PlaybackState => {
  if (viewMs < state.viewMs) return place(state, viewMs);
  return state.gate || state.ending ? state : {...forward(state, viewMs, context), ...still};
};

const toEvent = (state: PlaybackState, by: 1 | -1, context: PlaybackContext): PlaybackState => {
  const event = eventBeside(state, by, context);
  if (event === undefined) return state;
  const viewMs = viewOf(context.pacing, event);
  const moved = viewMs <= state.viewMs ? place(state, viewMs) : goTo(state, viewMs, context);
  // A step to an event ends at a question on the way, or at a narration before that question.
  if (moved.gate || moved.viewMs !== viewMs) return moved;
  return {...moved, ...still, event, why: moved.why && {...moved.why, event}};
};

const bookmarkNext = (state: PlaybackState, context: PlaybackContext): PlaybackState => {
  const next = bookmarkAfter(state);
  return next === undefined ? state : goTo(state, next, context);
};

const acts: Acts = {
  ...settings,
  tick: (state, {ms}, context) => (state.gate || state.help ? state : tick(state, ms, context)),
  togglePlay: (state, _, context) => togglePlay(state, context),
  stepForward: (state, {atMs}, context) => stepForward(state, atMs, context),
  stepBack: (state, _, context) => stepBack(state, context),
  beatNext: (state, _, context) => beatNext(state, context),
  beatPrevious: (state, _, context) => beatPrevious(state, context),
  toStart: (state) => place(state, 0),
  toEnd: (state, _, context) => goTo(state, context.pacing.durationMs, context),
  goTo: (state, {viewMs}, context) => goTo(state, viewMs, context),
  standAt: (state, {viewMs}, context) => standAt(state, viewMs, context),
  answer: (state, {choice}, context) => answer(state, choice, context),
  continue: (state, _, context) => (state.gate?.replied ? goOn(state, context) : state),
  skip: (state, _, context) => unanswered(state, (passed) => goOn(passed, context)),
  reveal,
  hint: (state, _, context) => hint(state, context),
  markPrevious: (state, _, context) => mark(state, -1, context),
  markNext: (state, _, context) => mark(state, 1, context),
  eventNext: (state, _, context) => toEvent(state, 1, context),
  eventPrevious: (state, _, context) => toEvent(state, -1, context),
  bookmarkNext: (state, _, context) => bookmarkNext(state, context),
  packetPrevious: (state, _, context) => select(state, {packet: packetBeside(state, -1, context)}),
  packetNext: (state, _, context) => select(state, {packet: packetBeside(state, 1, context)}),
  causePrevious: followCause,
  causeNext: followCause,
};

const acted = <Kind extends ActionKind>(
  state: PlaybackState,
  {kind, action, context}: Acting<Kind>,
): PlaybackState => acts[kind](state, action, context);

export const playback = (
  state: PlaybackState,
  action: PlaybackAction,
  context: PlaybackContext,
): PlaybackState => acted(state, {kind: action.kind, action, context});

/** Returns the time in ms after which the player needs its next tick; undefined if nothing moves, so that no timer needs to run. */
export const tickInterval = (state: PlaybackState, context: PlaybackContext): number | undefined => {
  if (state.gate || state.help || !(state.playing || state.step)) return undefined;
  if (state.motion === 'full' || state.step) return frameMs;
  if (state.holdMs > 0) return Math.max(frameMs, Math.min(1000, state.holdMs));
  const wait = (nextMoment(state, context) - state.viewMs) / state.speed;
  return Math.max(frameMs, Math.min(1000, wait));
};
