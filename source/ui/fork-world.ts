// The keys by which the reader marks a host or a link above the ladder of packets, and changes its settings on a page over the player.
import {type Move, withMove} from '../lesson/move.ts';
import type {Settable} from '../lesson/settable.ts';
import {type Text, worded} from '../lesson/text.ts';
import {settingsOf} from '../sim/fork.ts';
import type {Setting} from '../sim/setting.ts';
import {type Part, partBeside, partsOf} from '../view/forks/parts.ts';
import {
  chosenIn,
  enterDoes,
  firstTyped,
  markedSettable,
  moveVary,
  settledVary,
  startVary,
  type VaryMove,
  type VaryState,
  valueBeside,
  withChosen,
  withOwn,
} from '../view/forks/vary.ts';
import {partNote} from '../view/forks/vary-sheet.ts';
import type {Message} from '../view/note.ts';
import {packetBeside} from '../view/time/around.ts';
import {forkErrorText} from '../words/alter.ts';
import {partSentences, varySentences} from '../words/catalogue/alter.ts';
import {forked, forking, isLong} from './fork-state.ts';
import type {Action} from './key-entry.ts';
import {typedOn} from './line-keys.ts';
import type {Overlay} from './overlay.ts';
import type {OverlayOutcome} from './overlay-outcome.ts';
import {type PlayerState, type Press, playPlayer, under} from './player.ts';

/** Returns the settings of the run's hosts and links that the reader can change, with the values that he has given them. */
export const settablesNow = ({run, forks}: PlayerState): readonly Settable[] => {
  const {challenge} = run;
  if (challenge === undefined)
    return withOwn(run.fork?.settables?.() ?? [], forks ? settingsOf(forks.tree) : []);
  const own = challenge.moves.flatMap((move) => (move.kind === 'set' ? [move.setting] : []));
  return withOwn(challenge.settable, [...(challenge.run.set ?? []), ...own]);
};

/** Returns the message on the marked host or link, followed by another message if a key has one, so that the mark is never hidden. */
export const noteOnPart = (player: PlayerState, part: Part, message?: Text): Message => {
  const note = partNote(player.run.trace, settablesNow(player), part);
  return message ? {...note, ...worded(partSentences.also, {part: note, message})} : note;
};

/**
 * Tells whether hosts and links of the run can be marked: the run can be simulated with other settings, or a challenge offers such moves.
 */
export const canMarkParts = ({run, forks}: PlayerState): boolean =>
  forks !== undefined || (run.challenge?.settable.length ?? 0) > 0;

/**
 * Tells whether `↑` leads from the first packet of the ladder to the hosts above it: nothing covers the run, and no earlier packet can be
 * selected.
 */
export const leadsToParts = (player: PlayerState): boolean => {
  const {playback, context, overlay} = player;
  const {gate, why, ending, selection} = playback;
  const isFree = [gate, why, ending, overlay].every((each) => each === undefined);
  return isFree && canMarkParts(player) && packetBeside(playback, -1, context) === selection.packet;
};

const marking = (player: PlayerState, part: Part): OverlayOutcome => ({
  player: under(player, {kind: 'parts', part}),
});

/**
 * Returns the outcome of marking a host or link, the first host if none is given; the ladder gets the focus, because the mark is drawn
 * above it.
 */
export const markPart = (player: PlayerState, given?: Part): OverlayOutcome => {
  const part = given ?? partsOf(player.run.trace)[0];
  if (part === undefined) return {player};
  return marking(playPlayer(player, {kind: 'focus', panel: 'ladder', keep: false}), part);
};

const varying = (player: PlayerState, state: VaryState, problem?: Text): OverlayOutcome => ({
  player: under(player, {kind: 'vary', state, problem}),
});

/** Tells whether a host or link has settings to change; true while the settings of the run are not loaded yet. */
const canVary = (player: PlayerState, part: Part): boolean =>
  player.run.fork?.prepare !== undefined || startVary(settablesNow(player), part).place !== undefined;

export const pressInParts = (
  player: PlayerState,
  part: Part,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  switch (action) {
    case 'partBack':
    case 'partOn':
      return marking(player, partBeside(player.run.trace, part, action === 'partOn' ? 1 : -1));
    case 'alter':
      return canVary(player, part)
        ? varying(player, startVary(settablesNow(player), part))
        : {player, message: partSentences.nothing};
    case 'playPause':
      return {player: playPlayer({...player, overlay: undefined}, {kind: 'togglePlay'})};
    case 'partLeave':
    case 'parts':
    case 'back':
      return {player: {...player, overlay: undefined}};
    default:
      return undefined;
  }
};

const moves: ReadonlyMap<Action, VaryMove> = new Map([
  ['listUp', 'up'],
  ['listDown', 'down'],
  ['alterLess', 'less'],
  ['alterMore', 'more'],
]);

/**
 * Returns the outcome of `enter` on the page that changes a host or link: the chosen values are tried; if there are none, the reader types
 * one or chooses among few.
 */
const choose = (player: PlayerState, state: VaryState): OverlayOutcome => {
  const settable = markedSettable(settablesNow(player), state);
  if (settable === undefined) return {player};
  switch (enterDoes(settable, state)) {
    case 'run':
      return carryOut(player, state, state.chosen);
    case 'type':
      return varying(player, {...state, typed: firstTyped(settable, settable.value)});
    case 'choose':
      return varying(player, state, varySentences.enter.choose);
  }
};

export const pressInVary = (
  player: PlayerState,
  opened: VaryState,
  {key}: Press,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const state = settledVary(settablesNow(player), opened);
  if (state.typed !== undefined) return typeInVary(player, state, key, action);
  const move = action && moves.get(action);
  if (move) return varying(player, moveVary(settablesNow(player), state, move));
  switch (action) {
    case 'alterType':
      return varying(player, {...state, typed: key});
    case 'alterDo':
      return choose(player, state);
    case 'back':
      return marking(player, state.part);
    default:
      return undefined;
  }
};

/** The most characters of a typed setting, more than the longest text that a program may send in one call. */
const longestTyped = 2000;

const typeInVary = (
  player: PlayerState,
  state: VaryState,
  key: string,
  action: Action | undefined,
): OverlayOutcome | undefined => {
  const {typed = ''} = state;
  if (action === 'accept') return acceptTyped(player, state, typed.trim());
  if (action === 'back') return varying(player, {...state, typed: undefined});
  if (action !== undefined) return undefined;
  if (key === 'up' || key === 'down') return keepTyped(player, state, key);
  const next = typedOn(typed, key);
  return varying(player, next === undefined ? state : {...state, typed: next.slice(0, longestTyped)});
};

/** Returns the outcome of an arrow key while a setting's value is typed: the value becomes a chosen one, and another row is marked. */
const keepTyped = (player: PlayerState, state: VaryState, key: 'up' | 'down'): OverlayOutcome => {
  const settables = settablesNow(player);
  const settable = markedSettable(settables, state);
  const typed = (state.typed ?? '').trim();
  const kept = settable === undefined || typed === '' ? state : withChosen(state, settable, typed);
  return varying(player, moveVary(settables, {...kept, typed: undefined}, key));
};

/** Returns the outcome of `enter` after a typed setting's value: it is tried together with the values that were chosen before. */
const acceptTyped = (player: PlayerState, state: VaryState, typed: string): OverlayOutcome => {
  const settable = markedSettable(settablesNow(player), state);
  if (settable === undefined) return {player};
  const {place, value} = settable;
  const {chosen} = withChosen(state, settable, typed);
  return chosen.length === 0
    ? varying(player, state, worded(varySentences.same, {place, value}))
    : carryOut(player, state, chosen);
};

/**
 * Returns the outcome of giving hosts or links new settings: a fork of the run, or a new attempt at the challenge; or the page with the
 * reason why not.
 */
const carryOut = (player: PlayerState, state: VaryState, set: readonly Setting[]): OverlayOutcome => {
  const {challenge} = player.run;
  if (challenge) {
    const moves = set.map((setting): Move => ({kind: 'set', atUs: 0, setting}));
    // The page stays open until the challenge's run with these values is there, because a value may be refused.
    return {player, attempt: moves.reduce<readonly Move[]>(withMove, challenge.moves)};
  }
  const begun = forking(player, {set});
  if (!begun.ok) return varying(player, state, forkErrorText(begun.error));
  if (begun.value === undefined) return {player};
  return isLong(player) ? {player, forking: begun.value} : {player: forked(begun.value)};
};

/** Tells whether an action on the pages for hosts and links would change anything now; undefined for all other actions. */
export const partActionWorks = (action: Action, player: PlayerState): boolean | undefined => {
  const {overlay} = player;
  if (overlay?.kind === 'parts') return partWorks(action, player, overlay);
  if (overlay?.kind === 'vary') return varyWorks(action, player, overlay);
  return action === 'parts' ? canMarkParts(player) : undefined;
};

const partWorks = (
  action: Action,
  player: PlayerState,
  {part}: Extract<Overlay, {kind: 'parts'}>,
): boolean | undefined => {
  switch (action) {
    case 'partBack':
    case 'partOn':
      return partBeside(player.run.trace, part, action === 'partOn' ? 1 : -1) !== part;
    case 'alter':
      return canVary(player, part);
    default:
      return undefined;
  }
};

const typedByDigits: readonly Settable['unit'][] = ['time', 'size', 'rate', 'percent', 'number'];

const varyWorks = (
  action: Action,
  player: PlayerState,
  {state}: Extract<Overlay, {kind: 'vary'}>,
): boolean | undefined => {
  const settables = settablesNow(player);
  const now = settledVary(settables, state);
  const settable = markedSettable(settables, now);
  switch (action) {
    case 'listUp':
    case 'listDown':
      return moveVary(settables, now, action === 'listDown' ? 'down' : 'up').place !== now.place;
    case 'alterLess':
    case 'alterMore':
      return (
        settable !== undefined &&
        valueBeside(settable, chosenIn(now, now.place), action === 'alterMore' ? 1 : -1) !== undefined
      );
    case 'alterType':
      return (
        settable !== undefined &&
        (typedByDigits.includes(settable.unit) || settable.bounds.entries === 'addresses')
      );
    case 'alterMend':
      return false;
    default:
      return undefined;
  }
};
