// What a panel is. Whoever adds one writes a file in panels/ and its line in panels/registry.ts; nothing else knows its name.

import type {Move} from '../lesson/attempt.ts';
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {Place, Size} from './layout.ts';
import type {Pane} from './pane.ts';
import type {Selection} from './selection.ts';
import type {Subject} from './subject.ts';
import type {View} from './view.ts';

/** While the panel has the focus its keys go before the player's own; answers to an open question go before both. */
export type PanelKey = {
  /** Names of keys, as `keyName` makes them, to the panel's commands. */
  readonly keys: {readonly [key: string]: string};
  readonly sign: string;
  readonly label: Text;
  /** Smallest first in the key line; undefined: only in the help. */
  readonly rank?: number;
  /** Where its command would change nothing, the key means what it means to the player. */
  readonly passes?: true;
};

/** What a command changes; what is absent stays. */
export type PanelMove<Own> = {
  readonly own?: Own;
  readonly selection?: Partial<Selection>;
  /** Elsewhere in the run: to a place in viewing time as far as no open question bars it, or by beats. */
  readonly go?: {readonly viewMs: number} | 'beatNext' | 'beatPrevious';
  /** Another run of the challenge, with these moves. */
  readonly attempt?: readonly Move[];
  /** Sequence numbers of the whole screen count from the ISN, or not any more. */
  readonly toggleRelative?: true;
  /** The whole screen is seen through the eyes of the next actor. */
  readonly nextEyes?: true;
  /** For the terminal's clipboard. */
  readonly copy?: string;
  /** Begins to read a line of text, from this one. */
  readonly type?: string;
  /** Leads to another panel, which stays open. */
  readonly open?: string;
};

/** Anything that the focus can be on. `Own`: what it remembers of its reader, plain data. */
export type Focusable<Own = unknown> = {
  /** As lessons write it in `panels:` (lesson/panel-names.ts). */
  readonly name: string;
  readonly title: Text;
  readonly start: Own;
  readonly keys: readonly PanelKey[];
  /** undefined: nothing would change. */
  command(view: View, own: Own, command: string): PanelMove<Own> | undefined;
  /** What a screen reader hears of it, a sentence a line; absent: its title is all there is to say. */
  spoken?(view: View, own: Own): readonly string[];
  /** What stands under its cursor, for *Why?*; undefined: nothing was chosen. */
  subject?(view: View, own: Own): Subject | undefined;
  /** What is still to be done: does one stretch of it, too short to be felt; undefined: nothing is left. */
  work?(view: View, own: Own): (() => Own) | undefined;
  /** The line of text that `type` asked for: its prompt, what is wrong with it so far, and what it brings about. */
  readonly typing?: {
    prompt(view: View, own: Own): Text;
    /** `at`: the character at which reading stopped. */
    problem?(view: View, text: string): {readonly message: Text; readonly at?: number} | undefined;
    accept(view: View, own: Own, text: string): PanelMove<Own>;
    /** As much more as there is no choice about; absent: nothing that is typed here has a name. */
    complete?(text: string): string;
  };
};

export type Panel<Own = unknown> = Focusable<Own> & {
  /** Which values that a beat shows (`snd.una`, `client.state`, `tcp.seq_raw`) are seen here; `shownIn`: in lessons of that track. */
  readonly shows?: RegExp;
  readonly shownIn?: Track;
  /** Whether this run has anything to show: a capture has no states. */
  isAvailable(view: View): boolean;
  /** Nothing that it shows has been met in the lesson so far: until then its room is the ladder's. */
  isUnmet?(view: View): boolean;
  /** What this run is about: without a lesson's word it stands before the panels that every run has. */
  leads?(view: View): boolean;
  /** Something goes wrong in this run that shows here: it stands before what the lesson was played with. */
  fails?(view: View): boolean;
  /** Below `least` it is not drawn; what has `best` gains nothing by more. */
  readonly least: Size;
  readonly best: Size;
  /** A key of its own calls it up: `tab` does not pass through it, and it has no number. */
  readonly calledUp?: true;
  /** The places it likes, best first. */
  readonly places: readonly Place[];
  /**
   * Where the ladder's place has less than `best` it takes the body, or the whole screen but the key line. `picture`: with the
   * focus it takes the ladder's place in any case, and what stands beside the ladder where that is one panel. `spread`: so, too,
   * and the body where that place has less than `best` and no lesson tells anything below it.
   */
  readonly covers?: 'picture' | 'spread' | 'body' | 'screen';
  put(pane: Pane, view: View, own: Own): void;
};

type Keyed = 'start' | 'keys' | 'command';

/** Of a panel that nothing can be done in, what the keys are about is left out. */
type Defined<Own> = Omit<Panel<Own>, Keyed> & Partial<Pick<Panel<Own>, Keyed>>;

/** Forgets the type of what the panel remembers: the player hands each panel back only what came from it. */
export const definePanel = <Own = undefined>(panel: Defined<Own>): Panel => ({
  start: undefined,
  keys: [],
  command: () => undefined,
  ...panel,
});

export const defineFocusable = <Own>(focusable: Focusable<Own>): Focusable => focusable;

export const upDownKeys = (label: Text): PanelKey => ({
  keys: {up: 'up', k: 'up', down: 'down', j: 'down'},
  sign: '↑↓',
  label,
  rank: 5,
});

export const pageKeys = (label: Text): PanelKey => ({
  keys: {'page-up': 'pageUp', 'page-down': 'pageDown'},
  sign: 'PgUp PgDn',
  label,
});

/** To the next and the one before, of whatever the panel shows one. */
export const besideKeys = (label: Text, rank?: number): PanelKey => ({
  keys: {n: 'next', p: 'previous'},
  sign: 'n p',
  label,
  ...(rank !== undefined && {rank}),
});

const backward: readonly string[] = ['up', 'pageUp', 'previous', 'left'];

/** Which way a command leads. */
export const wayOf = (command: string): 1 | -1 => (backward.includes(command) ? -1 : 1);

/** By how many rows; a page is `page` of them. */
export const rowsBy = (command: string, page = 10): number =>
  wayOf(command) * (command.startsWith('page') ? page : 1);
