// What the player remembers besides the run itself: place, movement, answers, and what is open.

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

/** The wrong choice of the first try, and whether the hint was read before it. */
type FirstTry = {readonly choice: string; readonly hinted: boolean};

/** A choice's id, or that the question was skipped. `first`: absent where the first try was the only one. */
export type Answer = {readonly choice: string; readonly first?: FirstTry} | 'skipped';

export type PlaybackState = {
  /** Place in viewing time, in ms: the only place there is; simulated time follows from the pacing. */
  readonly viewMs: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly motion: Motion;
  /** Play stops at each beat. */
  readonly stopAtBeats: boolean;
  /** A step under way: from where, to where, and how much of its 200 ms has gone by. */
  readonly step: {readonly fromMs: number; readonly toMs: number; readonly elapsedMs: number} | undefined;
  /** The last step forward, as long as its end is on the screen: what ← undoes. */
  readonly undo: {readonly fromMs: number; readonly toMs: number} | undefined;
  /** What is left of a hold at a beat when `stopAtBeats` is off, in ms. */
  readonly holdMs: number;
  /** `atMs` of the last step forward: keys that repeat faster than 12 a second are dropped. */
  readonly lastStepAtMs: number | undefined;
  /** By the index of the beat. */
  readonly answers: {readonly [beat: number]: Answer};
  /** Of questions that may still be mended, by the index of the beat: whoever goes back and comes again has one try left. */
  readonly firstTries: {readonly [beat: number]: FirstTry};
  /** Beats, by their indexes, whose invitations have been taken up. */
  readonly taken: readonly number[];
  /** The question on the screen; `replied`: its answer is given, the reply is read. */
  readonly gate: {readonly beat: number; readonly hint: boolean; readonly replied: boolean} | undefined;
  readonly selection: Selection;
  /** The event that a step by events has come to, as long as it is the place; undefined: the place is a moment. */
  readonly event: number | undefined;
  /** Places in viewing time, rising. */
  readonly bookmarks: readonly number[];
  /** Sequence numbers count from each end's ISN. */
  readonly relative: boolean;
  readonly eyes: Eyes;
  /** Also values that the lesson has not come to. */
  readonly allValues: boolean;
  /** *Why?* and *What is this?* answer in plain words before they derive it. */
  readonly plainFirst: boolean;
  /** Why? is open, at this event; undefined: at what the current instant began with. `deep`: with its derivation, until it is closed. */
  readonly why: {readonly event: number | undefined; readonly deep?: true} | undefined;
  /** The run is over and the reader chooses what else to see; `marked`: among the what-ifs, from 0. */
  readonly ending: {readonly marked: number} | undefined;
  readonly help: boolean;
  /** Name of the panel or part of the screen that the keys are for. */
  readonly focus: string;
  /** Panels that the reader opened, the last one first: they stay until closed. */
  readonly opened: readonly string[];
  /** What each panel remembers of its reader. */
  readonly own: {readonly [panel: string]: unknown};
  /** A line of text that is being typed, for the panel of that name. */
  readonly typing: {readonly panel: string; readonly text: string} | undefined;
  /** One panel at a time, with the whole screen. */
  readonly alone: boolean;
  readonly language: Language;
};

type Bare<Kind> = Kind extends string ? {readonly kind: Kind} : never;

/** With which nothing goes. `reveal` answers nothing and shows what is right; `bookmark` sets one here, or takes it away; after the last one `bookmarkNext` goes to the first. */
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

/** Actions of the reader, and `tick`: `ms` of real time have gone by. `atMs` is any steady clock. */
export type PlaybackAction =
  | BareAction
  | {readonly kind: 'tick'; readonly ms: number}
  | {readonly kind: 'stepForward'; readonly atMs: number}
  /** There at once: questions on the way are not asked (`standAt`), or bar it (`goTo`). */
  | {readonly kind: 'standAt'; readonly viewMs: number}
  | {readonly kind: 'goTo'; readonly viewMs: number}
  | {readonly kind: 'answer'; readonly choice: string}
  /** In *Why?*, from the event that it explains. */
  | {readonly kind: 'causePrevious'; readonly from: number | undefined}
  | {readonly kind: 'causeNext'; readonly from: number | undefined}
  | {readonly kind: 'select'; readonly selection: Partial<Selection>}
  /** `keep`: a panel that was not on the screen stays when the focus goes on. `waits`: the run stops meanwhile. */
  | {readonly kind: 'focus'; readonly panel: string; readonly keep: boolean; readonly waits?: true}
  | {readonly kind: 'remember'; readonly panel: string; readonly own: unknown}
  | {readonly kind: 'type'; readonly panel: string; readonly text: string}
  | {readonly kind: 'language'; readonly language: Language}
  | {readonly kind: 'allValues'; readonly on: boolean}
  | {readonly kind: 'plainFirst'; readonly on: boolean}
  | {readonly kind: 'speed'; readonly speed: Speed}
  | {readonly kind: 'motion'; readonly motion: Motion};

/** What stays the same while a run is open. */
export type PlaybackContext = {
  readonly trace: Trace;
  readonly pacing: Pacing;
  readonly beats: readonly BoundBeat[];
  /** How many runs are offered at the end. */
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

/** What each action makes of the state. */
export type Acts = {
  readonly [Kind in ActionKind]: (
    state: PlaybackState,
    action: ActionOf[Kind],
    context: PlaybackContext,
  ) => PlaybackState;
};
