// The state of the player beside the run itself: place, movement, answers, and what is open.

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

/** A wrong first try: its choice, and whether the hint was read before it. */
type FirstTry = {readonly choice: string; readonly hinted: boolean};

/** The id of the choice, or `skipped`. `first` is absent if the first try was the only one. */
export type Answer = {readonly choice: string; readonly first?: FirstTry} | 'skipped';

export type PlaybackState = {
  /** The place in viewing time, in ms. It is the only place; simulated time follows from the pacing. */
  readonly viewMs: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly motion: Motion;
  /** Playing stops at each beat. */
  readonly stopAtBeats: boolean;
  /** A step under way: its start, its end, and how much of its 200 ms has passed. */
  readonly step: {readonly fromMs: number; readonly toMs: number; readonly elapsedMs: number} | undefined;
  /** The last step forward while its end is on the screen; ← undoes it. */
  readonly undo: {readonly fromMs: number; readonly toMs: number} | undefined;
  /** The rest of a hold at a beat in ms, if `stopAtBeats` is off. */
  readonly holdMs: number;
  /** `atMs` of the last step forward: repetitions of the key faster than 12 a second are dropped. */
  readonly lastStepAtMs: number | undefined;
  /** The answers, by the index of the beat. */
  readonly answers: {readonly [beat: number]: Answer};
  /**
   * The wrong first tries of questions that may still be corrected, by the index of the beat. A reader who returns to such a question has
   * one try left.
   */
  readonly firstTries: {readonly [beat: number]: FirstTry};
  /** The indexes of beats whose invitations the reader has followed. */
  readonly taken: readonly number[];
  /** The question on the screen; `replied` if it has been answered and the reply is shown. */
  readonly gate: {readonly beat: number; readonly hint: boolean; readonly replied: boolean} | undefined;
  readonly selection: Selection;
  /** The event to which a step by events has led, while it is the place; undefined if the place is a moment. */
  readonly event: number | undefined;
  /** The bookmarked places in viewing time, increasing. */
  readonly bookmarks: readonly number[];
  /** Sequence numbers are shown relative to each end's ISN. */
  readonly relative: boolean;
  readonly eyes: Eyes;
  /** Shows all values, also those that the lesson has not reached. */
  readonly allValues: boolean;
  /** *Why?* and *What is this?* answer in plain words before they show a derivation. */
  readonly plainFirst: boolean;
  /** Set while *Why?* is open; `event` is undefined for the event that began the present instant. `deep` if the derivation is shown. */
  readonly why: {readonly event: number | undefined; readonly deep?: true} | undefined;
  /** Set while the run is over and the reader chooses what to see next; `marked` counts the what-ifs from 0. */
  readonly ending: {readonly marked: number} | undefined;
  readonly help: boolean;
  /** The name of the panel or part of the screen that receives keys. */
  readonly focus: string;
  /** The panels that the reader opened, the last one first; they stay until they are closed. */
  readonly opened: readonly string[];
  /** The state of each panel. */
  readonly own: {readonly [panel: string]: unknown};
  /** A line of text that is being typed, for the panel of that name. */
  readonly typing: {readonly panel: string; readonly text: string} | undefined;
  /** Shows one panel at a time, on the whole screen. */
  readonly alone: boolean;
  readonly language: Language;
};

type Bare<Kind> = Kind extends string ? {readonly kind: Kind} : never;

/**
 * The kinds of actions without data. `reveal` shows the right answer without answering; `bookmark` sets or removes one at the present
 * place; after the last bookmark `bookmarkNext` goes to the first.
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

/** The actions of the reader, and `tick`: `ms` of real time have passed. `atMs` is a time of any steady clock. */
export type PlaybackAction =
  | BareAction
  | {readonly kind: 'tick'; readonly ms: number}
  | {readonly kind: 'stepForward'; readonly atMs: number}
  /** Goes to a place at once. Questions on the way are not asked (`standAt`), or block the way (`goTo`). */
  | {readonly kind: 'standAt'; readonly viewMs: number}
  | {readonly kind: 'goTo'; readonly viewMs: number}
  | {readonly kind: 'answer'; readonly choice: string}
  /** Goes along the chain of causes in *Why?*, from the event that it explains. */
  | {readonly kind: 'causePrevious'; readonly from: number | undefined}
  | {readonly kind: 'causeNext'; readonly from: number | undefined}
  | {readonly kind: 'select'; readonly selection: Partial<Selection>}
  /** Moves the focus. `keep` keeps a panel that was not on the screen when the focus leaves it. `waits` pauses the run. */
  | {readonly kind: 'focus'; readonly panel: string; readonly keep: boolean; readonly waits?: true}
  | {readonly kind: 'remember'; readonly panel: string; readonly own: unknown}
  | {readonly kind: 'type'; readonly panel: string; readonly text: string}
  | {readonly kind: 'language'; readonly language: Language}
  | {readonly kind: 'allValues'; readonly on: boolean}
  | {readonly kind: 'plainFirst'; readonly on: boolean}
  | {readonly kind: 'speed'; readonly speed: Speed}
  | {readonly kind: 'motion'; readonly motion: Motion};

/** The context of the reducer, which stays the same while a run is open. */
export type PlaybackContext = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** The number of runs that are offered at the end. */
  readonly whatIfs: number;
};

export type ActionKind = PlaybackAction['kind'];
export type ActionOf = {readonly [Kind in ActionKind]: Extract<PlaybackAction, {kind: Kind}>};

/** An action with its kind beside it, so that a table with an entry for each kind can be called. */
export type Acting<Kind extends ActionKind> = {
  readonly kind: Kind;
  readonly action: ActionOf[Kind];
  readonly context: PlaybackContext;
};

/** A table with the reducer of each action. */
export type Acts = {
  readonly [Kind in ActionKind]: (
    state: PlaybackState,
    action: ActionOf[Kind],
    context: PlaybackContext,
  ) => PlaybackState;
};
