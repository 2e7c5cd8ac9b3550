// The state of the player apart from the run itself: place, movement, answers, what is open; and the actions that change it.

import type {Eyes} from '../../account/eyes.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Language} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Selection} from '../selection.ts';
import type {Pacing} from './pace.ts';

export const speeds = [0.25, 0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

export const motions = ['full', 'reduced', 'none'] as const;
export type Motion = (typeof motions)[number];

/** A reader's wrong first try at a question: the id of the choice, and whether he had read the hint. */
type FirstTry = {readonly choice: string; readonly hinted: boolean};

/** The answer to a question: the id of the choice, or `skipped`. `first` is the wrong first try before it, if there was one. */
export type Answer = {readonly choice: string; readonly first?: FirstTry} | 'skipped';

export type PlaybackState = {
  /** The player's place in viewing time, in ms. No other place is stored; simulated time follows from the run's layout in viewing time. */
  readonly viewMs: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly motion: Motion;
  /** True if playing stops at each narration; otherwise it waits there for a while. */
  readonly stopAtBeats: boolean;
  /** The step that the player is making: its start, its end, and how much of its 200 ms has passed; undefined if none is under way. */
  readonly step: {readonly fromMs: number; readonly toMs: number; readonly elapsedMs: number} | undefined;
  /** The start and end of the last step forward, which ← undoes as long as the player is at its end. */
  readonly undo: {readonly fromMs: number; readonly toMs: number} | undefined;
  /** The remaining time in ms for which playing waits at a narration, if `stopAtBeats` is false; 0 if it does not wait. */
  readonly holdMs: number;
  /** The time of the last step forward, by any steady clock in ms: repetitions of the key faster than 12 a second are ignored. */
  readonly lastStepAtMs: number | undefined;
  /** The answers to the lesson's questions, by the index of the beat; a question without an entry is open. */
  readonly answers: {readonly [beat: number]: Answer};
  /**
   * The wrong first tries at questions that may still be corrected, by the index of the beat. A reader who returns to such a question has
   * one try left.
   */
  readonly firstTries: {readonly [beat: number]: FirstTry};
  /** The indices of the narrations that invite the reader to press keys and whose invitation he has followed. */
  readonly taken: readonly number[];
  /**
   * The question that is on the screen; undefined if none is. `hint`: its hint is shown; `replied`: it has been answered and the reply is
   * shown.
   */
  readonly gate: {readonly beat: number; readonly hint: boolean; readonly replied: boolean} | undefined;
  readonly selection: Selection;
  /** The number of the event that the reader has reached by stepping through events; undefined if he came to this place in another way. */
  readonly event: number | undefined;
  /** The places that the reader has bookmarked, in ms of viewing time, increasing. */
  readonly bookmarks: readonly number[];
  /** True if TCP's sequence numbers are relative to each end's initial one. */
  readonly relative: boolean;
  readonly eyes: Eyes;
  /** True if all values are shown, also those that the lesson has not mentioned yet. */
  readonly allValues: boolean;
  /** True if *Why?* and *What is this?* answer in plain words before they show a derivation. */
  readonly plainFirst: boolean;
  /**
   * Set while *Why?* is open: the event that it explains, undefined for the one that began the present instant; `deep` if the derivation is
   * shown.
   */
  readonly why: {readonly event: number | undefined; readonly deep?: true} | undefined;
  /** Set while the run is over and the reader chooses what to see next; `marked` is the index of the marked what-if. */
  readonly ending: {readonly marked: number} | undefined;
  readonly help: boolean;
  /** The name of the panel, or of the part of the screen, that has the focus and receives keys. */
  readonly focus: string;
  /** The names of the panels that the reader has opened, the last one first; they stay until they are closed. */
  readonly opened: readonly string[];
  /** The state that each panel remembers, by the panel's name. */
  readonly own: {readonly [panel: string]: unknown};
  /** The text that the reader is typing into a panel's input line, and the panel's name; undefined if he is not typing. */
  readonly typing: {readonly panel: string; readonly text: string} | undefined;
  /** True if panels are shown one at a time, as in a presentation, and none stands beside the ladder or below the narration. */
  readonly alone: boolean;
  readonly language: Language;
};

type Bare<Kind> = Kind extends string ? {readonly kind: Kind} : never;

/**
 * The kinds of actions without data. `reveal` shows the right answer without answering; `bookmark` sets or removes a bookmark at the
 * present place; `bookmarkNext` goes to the next one, after the last to the first.
 */
type BareAction = Bare<
  | ('togglePlay' | 'stepBack' | 'beatNext' | 'beatPrevious' | 'toStart' | 'toEnd' | 'faster' | 'slower')
  | ('continue' | 'skip' | 'reveal' | 'hint' | 'eventNext' | 'eventPrevious' | 'bookmark' | 'bookmarkNext')
  | ('packetPrevious' | 'packetNext' | 'markNext' | 'markPrevious')
  | (
      | 'toggleRelative'
      | 'nextEyes'
      | 'toggleWhy'
      | 'deepenWhy'
      | 'toggleHelp'
      | 'closePanel'
      | 'closeReply'
      | 'stopTyping'
    )
>;

/**
 * The actions that change the player's state: those of the reader, and `tick`, which says that `ms` of real time have passed. `atMs` is a
 * time in ms of any steady clock.
 */
export type PlaybackAction =
  | BareAction
  | {readonly kind: 'tick'; readonly ms: number}
  | {readonly kind: 'stepForward'; readonly atMs: number}
  /**
   * The actions that go to a place in viewing time at once. Questions on the way count as passed (`standAt`), or stop the player (`goTo`).
   */
  | {readonly kind: 'standAt'; readonly viewMs: number}
  | {readonly kind: 'goTo'; readonly viewMs: number}
  | {readonly kind: 'answer'; readonly choice: string}
  /** The actions that follow the chain of causes in *Why?*, backward or forward from the event that it explains. */
  | {readonly kind: 'causePrevious'; readonly from: number | undefined}
  | {readonly kind: 'causeNext'; readonly from: number | undefined}
  | {readonly kind: 'select'; readonly selection: Partial<Selection>}
  /** Moves the focus. `keep`: a panel that was not on the screen stays open when the focus leaves it. `waits`: the run pauses. */
  | {readonly kind: 'focus'; readonly panel: string; readonly keep: boolean; readonly waits?: true}
  | {readonly kind: 'remember'; readonly panel: string; readonly own: unknown}
  | {readonly kind: 'type'; readonly panel: string; readonly text: string}
  | {readonly kind: 'language'; readonly language: Language}
  | {readonly kind: 'allValues'; readonly on: boolean}
  | {readonly kind: 'plainFirst'; readonly on: boolean}
  | {readonly kind: 'speed'; readonly speed: Speed}
  | {readonly kind: 'motion'; readonly motion: Motion};

/** The facts about the run that the player's reducer needs; they do not change while the run is open. */
export type PlaybackContext = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** The number of other runs (what-ifs) that are offered at the end of this run. */
  readonly whatIfs: number;
};

export type ActionKind = PlaybackAction['kind'];
export type ActionOf = {readonly [Kind in ActionKind]: Extract<PlaybackAction, {kind: Kind}>};

/** An action of the player with its kind and context, so that a table with an entry for each kind can be called. */
export type Acting<Kind extends ActionKind> = {
  readonly kind: Kind;
  readonly action: ActionOf[Kind];
  readonly context: PlaybackContext;
};

/** A table with a function for each kind of the player's actions, which returns the state after it. */
export type Acts = {
  readonly [Kind in ActionKind]: (
    state: PlaybackState,
    action: ActionOf[Kind],
    context: PlaybackContext,
  ) => PlaybackState;
};
