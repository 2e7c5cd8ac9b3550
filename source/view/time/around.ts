// Computes where each kind of step leads from the reader's place in a run, and which question blocks the way. The player's reducer uses it,
// and the key table, which shows only keys that do something.
import {causeOf, effectOf} from '../../account/causes.ts';
import {instantOf} from '../../account/entries.ts';
import {type Eyes, nextEyes} from '../../account/eyes.ts';
import {at, momentAt} from './pace.ts';
import {
  type ActionOf,
  type PlaybackContext,
  type PlaybackState,
  type Speed,
  speeds,
} from './playback-state.ts';
import {atEnd, hiddenAt, isQuestion, narrationPlaces, openQuestions, type Question} from './waypoints.ts';

type Bar = {readonly beat: number; readonly viewMs: number; readonly readFirst: boolean};

/**
 * Returns the unanswered question that blocks the player's way to `toMs`, and whether a narration at the question's place has to be read
 * first; undefined if the way is free.
 */
export const barTo = (state: PlaybackState, toMs: number, context: PlaybackContext): Bar | undefined => {
  const [next] = openQuestions(context, state.answers);
  if (!next || next.place > toMs) return undefined;
  const viewMs = Math.max(next.place, state.viewMs);
  const readFirst = viewMs > state.viewMs && narrationPlaces(context).includes(viewMs);
  return {beat: next.question.index, viewMs, readFirst};
};

/** Returns the place, in ms of viewing time, at which something becomes visible next, or of a narration before it. */
export const nextMoment = ({viewMs}: PlaybackState, context: PlaybackContext): number => {
  const {pacing} = context;
  const next = at(pacing.viewMs, Math.min(pacing.moments - 1, momentAt(pacing, viewMs) + 1));
  return Math.min(next, narrationPlaces(context).find((place) => place > viewMs) ?? next);
};

/** Returns what the play key does now: `moment` if it steps by one moment because the reader wants no motion, `nowhere` if nothing. */
export const wayOn = (
  state: PlaybackState,
  context: PlaybackContext,
): 'nowhere' | 'moment' | 'stop' | 'question' | 'ending' | 'play' => {
  if (state.gate || state.help) return 'nowhere';
  const offers = atEnd(state, context) && context.whatIfs > 0;
  if (state.motion === 'none' && !offers) return 'moment';
  if (state.playing || state.step) return 'stop';
  if (barTo(state, state.viewMs, context)) return 'question';
  return offers && !state.ending ? 'ending' : 'play';
};

/** Returns the next faster (1) or slower (-1) playing speed; undefined if there is none, or while a question waits for an answer. */
export const speedBeside = ({gate, speed}: PlaybackState, by: 1 | -1): Speed | undefined =>
  gate && !gate.replied ? undefined : speeds[speeds.indexOf(speed) + by];

export const eyesNext = ({eyes, viewMs}: PlaybackState, {trace, pacing}: PlaybackContext): Eyes =>
  nextEyes(trace, eyes, at(pacing.event, momentAt(pacing, viewMs)));

/**
 * Returns the number of the packet to select after the next or previous key; undefined for the newest packet, which is shown without being
 * selected.
 */
export const packetBeside = (
  {selection, viewMs}: PlaybackState,
  by: 1 | -1,
  {pacing}: PlaybackContext,
): number | undefined => {
  const newest = at(pacing.sent, momentAt(pacing, viewMs));
  const packet = Math.max(1, (selection.packet ?? newest) + by);
  return packet >= newest ? undefined : packet;
};

/** Returns the number of the next or previous event of the run; undefined if there is none, or if help or the ending is shown. */
export const eventBeside = (
  state: PlaybackState,
  by: 1 | -1,
  {pacing}: PlaybackContext,
): number | undefined => {
  const event = (state.event ?? at(pacing.event, momentAt(pacing, state.viewMs))) + by;
  const isThere = event >= 1 && event <= at(pacing.event, pacing.moments - 1);
  return isThere && !state.help && !state.ending ? event : undefined;
};

/**
 * Returns the place of the next bookmark in viewing time, after the last one that of the first; undefined if there is none except at the
 * present place.
 */
export const bookmarkAfter = ({bookmarks, viewMs}: PlaybackState): number | undefined => {
  const next = bookmarks.find((each) => each > viewMs) ?? bookmarks[0];
  return next === viewMs ? undefined : next;
};

/**
 * Returns the number of the event to which `<` or `>` leads in *Why?*: the cause or an effect of the event `from`; undefined if there is
 * none, or the screen has not shown it yet.
 */
export const causeBeside = (
  state: PlaybackState,
  {kind, from}: ActionOf['causePrevious' | 'causeNext'],
  context: PlaybackContext,
): number | undefined => {
  if (!state.why || state.gate || from === undefined) return undefined;
  const {trace, pacing} = context;
  const cursor = at(pacing.event, momentAt(pacing, state.viewMs));
  const to = kind === 'causePrevious' ? causeOf(trace, from) : effectOf(trace, from);
  const instant = instantOf(trace, cursor);
  // While a question hides its answer, causes and effects in the present instant count as not happened yet.
  const last = hiddenAt(context, state).length > 0 ? (instant[0]?.n ?? 1) - 1 : (instant.at(-1)?.n ?? 0);
  return to !== undefined && to <= last ? to : undefined;
};

/** Returns the question that is open and waits for an answer; undefined if there is none. */
export const askedAt = ({gate}: PlaybackState, {beats}: PlaybackContext): Question | undefined =>
  beats.filter(isQuestion).find(({index}) => index === gate?.beat && !gate.replied);

/** Returns the choice of the open question with that id; undefined if there is none, or if it was the wrong first try. */
export const choiceNamed = (
  state: PlaybackState,
  choice: string,
  context: PlaybackContext,
): Question['choices'][number] | undefined => {
  const beat = askedAt(state, context);
  const isTried = choice === state.firstTries[beat?.index ?? -1]?.choice;
  return isTried ? undefined : beat?.choices.find(({id}) => id === choice);
};
