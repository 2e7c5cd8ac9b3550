// Handles the keys of the focused panel, and the line of text that a panel may ask for.
import type {Move} from '../lesson/move.ts';
import {focusedOf} from '../view/arrange.ts';
import {guarded} from '../view/guarded.ts';
import type {Message} from '../view/note.ts';
import type {Focusable, PanelKey, PanelMove} from '../view/panel.ts';
import {challengePanel} from '../view/panels/challenge.ts';
import {panels} from '../view/panels/registry.ts';
import {tickInterval} from '../view/time/playback.ts';
import type {PlaybackAction} from '../view/time/playback-state.ts';
import {challengeTold} from '../words/catalogue/challenge-told.ts';
import {hintTold} from './challenge-told.ts';
import type {Action, KeyContext} from './key-entry.ts';
import {actionFor} from './keymap.ts';
import {typedOn} from './line-keys.ts';
import {lookOf, type PlayerState, type Press, playPlayer} from './player.ts';

export type PanelOutcome = {
  readonly player: PlayerState;
  /** A text to copy to the terminal's clipboard; undefined if the key copies nothing. */
  readonly copy?: string | undefined;
  /** The moves with which the challenge has to be simulated again; undefined if the key makes no move. */
  readonly attempt?: readonly Move[] | undefined;
  /** A message on what the key did; undefined if there is none. */
  readonly message?: Message | undefined;
};

const longestLine = 200;
/** The time in ms between two parts of background work, so that keys can be handled in between. */
const workMs = 10;

/** The contexts in which the focused panel's keys work; `goFirst` are actions of a question that take precedence over them. */
export const panelContexts: readonly KeyContext[] = ['player', 'question', 'reply'];
const goFirst: readonly Action[] = ['answer', 'goOn', 'skip', 'hint'];

/** Returns the outcome of a key in the focused panel; undefined if the panel does not handle the key. */
export function pressInPanel(
  player: PlayerState,
  {key}: Press,
  context: KeyContext,
): PanelOutcome | undefined {
  if (context === 'typing') return typeKey(player, key);
  if (!panelContexts.includes(context)) return undefined;
  const action = actionFor(key, context);
  if (action !== undefined && goFirst.includes(action)) return undefined;
  const focused = reached(player, key);
  const entry = focused?.keys.find(({keys}) => key in keys);
  const command = entry?.keys[key];
  if (focused === undefined || command === undefined) return undefined;
  if (isMade(player, focused, command)) return {player, message: challengeTold.solvedAlready};
  const move = commanded(player, focused, command);
  if (move === undefined) return entry?.passes ? undefined : {player};
  const outcome = carriedOut(player, focused, move);
  // A hint that is asked for from another panel is also shown as a message, because the challenge's panel may not be on the screen.
  const isHint = focused === challengePanel && command === 'hint' && focusedOf(lookOf(player)) !== focused;
  return isHint ? {...outcome, message: hintTold(outcome.player)} : outcome;
}

/**
 * Tells whether a panel's command would add a move although the learner has seen that the challenge is solved; such a command is refused.
 */
const isMade = ({sawSolved}: PlayerState, {name}: Focusable, command: string): boolean =>
  sawSolved === true && name === challengePanel.name && command === 'make';

/** The keys of the challenge's panel that also work in other panels, unless the focused panel has a key of the same name. */
const challengeKeys: readonly string[] = ['u', 'i'];

/**
 * Returns the panel for which a key is meant: the focused one, or the challenge's panel for some keys; undefined if nothing has the focus.
 */
function reached(player: PlayerState, key: string): Focusable | undefined {
  const focused = focusedOf(lookOf(player));
  const isFree = !focused?.keys.some(({keys}) => key in keys);
  return isFree && player.run.challenge && challengeKeys.includes(key) ? challengePanel : focused;
}

/** Returns the keys of the focused panel that would change anything now, with those of a challenge's panel that work from there. */
export function panelKeysNow(player: PlayerState): readonly PanelKey[] {
  const focused = focusedOf(lookOf(player));
  if (focused === undefined) return [];
  // A key whose command throws counts as working; the error is reported when the key is pressed.
  const works = (panel: Focusable, command: string): boolean =>
    guarded(
      () => !isMade(player, panel, command) && commanded(player, panel, command) !== undefined,
      () => true,
    );
  const isElsewhere = player.run.challenge !== undefined && focused.name !== challengePanel.name;
  const beyond = isElsewhere
    ? challengePanel.keys.filter(({keys}) =>
        Object.keys(keys).some(
          (key) => challengeKeys.includes(key) && !focused.keys.some((entry) => key in entry.keys),
        ),
      )
    : [];
  return [...focused.keys, ...beyond].flatMap((entry) => {
    const working = Object.entries(entry.keys).filter(([, command]) =>
      works(beyond.includes(entry) ? challengePanel : focused, command),
    );
    if (working.length === 0) return [];
    // A key that would change nothing in the panel belongs to the player, if its entry says so.
    return [entry.passes ? {...entry, keys: Object.fromEntries(working)} : entry];
  });
}

function commanded(player: PlayerState, focused: Focusable, command: string): PanelMove<unknown> | undefined {
  return focused.command(lookOf(player), ownOf(player, focused), command);
}

function ownOf({playback}: PlayerState, {name, start}: Focusable): unknown {
  return playback.own[name] ?? start;
}

function carriedOut(player: PlayerState, {name}: Focusable, move: PanelMove<unknown>): PanelOutcome {
  const {own, selection, go, type, open, copy, attempt, toggleRelative, nextEyes} = move;
  const actions: PlaybackAction[] = [
    ...('own' in move ? [{kind: 'remember', panel: name, own} as const] : []),
    ...(selection === undefined ? [] : [{kind: 'select', selection} as const]),
    ...(go === undefined
      ? []
      : [typeof go === 'string' ? ({kind: go} as const) : ({kind: 'goTo', ...go} as const)]),
    ...(toggleRelative ? [{kind: 'toggleRelative'} as const] : []),
    ...(nextEyes ? [{kind: 'nextEyes'} as const] : []),
    ...(open === undefined ? [] : [{kind: 'focus', panel: open, keep: true} as const]),
    ...(type === undefined ? [] : [{kind: 'type', panel: open ?? name, text: type} as const]),
  ];
  return {player: actions.reduce(playPlayer, player), copy, attempt};
}

function typeKey(player: PlayerState, key: string): PanelOutcome | undefined {
  const {typing} = player.playback;
  const focused = focusedOf(lookOf(player));
  if (typing === undefined || focused?.typing === undefined) return undefined;
  const {text} = typing;
  if (key === 'enter') {
    const move = focused.typing.accept(lookOf(player), ownOf(player, focused), text);
    // The typed text stays until the challenge's run with that move is there, because the value may be refused.
    const stays = move.attempt !== undefined;
    return carriedOut(stays ? player : playPlayer(player, {kind: 'stopTyping'}), focused, move);
  }
  const next = key === 'tab' ? (focused.typing.complete?.(text) ?? text) : typedOn(text, key);
  if (next === undefined) return undefined;
  const typed = {kind: 'type', panel: typing.panel, text: next.slice(0, longestLine)} as const;
  return {player: playPlayer(player, typed)};
}

/** Returns a function that does the next part of the panels' background work, whichever panel has the focus; undefined if none is left. */
function workLeft(player: PlayerState): (() => PlaybackAction) | undefined {
  const view = lookOf(player);
  for (const panel of panels) {
    const stretch = panel.work?.(view, ownOf(player, panel));
    if (stretch !== undefined) return () => ({kind: 'remember', panel: panel.name, own: stretch()});
  }
  return undefined;
}

/** Returns the player after a part of the panels' background work. */
export function workOn(player: PlayerState): PlayerState {
  const stretch = workLeft(player);
  return stretch === undefined ? player : playPlayer(player, stretch());
}

/** Returns the time in ms until the next tick; undefined if nothing moves and no background work is left. */
export function playerInterval(player: PlayerState, motion = player.playback.motion): number | undefined {
  const moving = tickInterval({...player.playback, motion}, player.context);
  return moving ?? (workLeft(player) === undefined ? undefined : workMs);
}
