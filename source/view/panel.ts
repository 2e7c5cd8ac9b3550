// The types that define a panel. A new panel is a file in panels/ and a line in panels/registry.ts; nothing else knows its name.

import type {Move} from '../lesson/move.ts';
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {Place, Size} from './layout.ts';
import type {Pane} from './pane.ts';
import type {Selection} from './selection.ts';
import type {Subject} from './subject.ts';
import type {View} from './view.ts';

/**
 * A key of a panel. While the panel has the focus, its keys take precedence over the player's, but not over answers to an open question.
 */
export type PanelKey = {
  /** The commands of a panel by the names of the keys that give them, as `keyName` makes these names. */
  readonly keys: {readonly [key: string]: string};
  readonly sign: string;
  readonly label: Text;
  /** The place of the key in the line of keys, the smallest first; undefined if only the help shows the key. */
  readonly rank?: number;
  /** True if the key keeps its meaning in the player whenever the panel's command would change nothing. */
  readonly passes?: true;
};

/** The changes that a panel's command makes; what is undefined stays as it is. */
export type PanelMove<Own> = {
  readonly own?: Own;
  readonly selection?: Partial<Selection>;
  /** Moves the player: to a place in viewing time (at most to an open question), or to the next or previous step of the narration. */
  readonly go?: {readonly viewMs: number} | 'beatNext' | 'beatPrevious';
  /** The learner's moves with which the challenge is run again. */
  readonly attempt?: readonly Move[];
  /** True to switch all sequence numbers on the screen between relative and absolute. */
  readonly toggleRelative?: true;
  /** True to show the whole screen through the eyes of the next observer. */
  readonly nextEyes?: true;
  /** The text to put into the terminal's clipboard. */
  readonly copy?: string;
  /** The text that is already in the input line which the panel opens. */
  readonly type?: string;
  /** The name of another panel, which is opened and stays open. */
  readonly open?: string;
};

/** A part of the screen that can have the focus. `Own` is the type of its state, which is plain data. */
export type Focusable<Own = unknown> = {
  /** The panel's name, which lessons write in `panels:` (lesson/panel-names.ts). */
  readonly name: string;
  readonly title: Text;
  readonly start: Own;
  readonly keys: readonly PanelKey[];
  /** Returns what a command of the panel changes; undefined if it changes nothing. */
  command(view: View, own: Own, command: string): PanelMove<Own> | undefined;
  /** Returns the sentences that a screen reader speaks of the panel; absent if the title says everything. */
  spoken?(view: View, own: Own): readonly string[];
  /** Returns what *Why?* explains while the panel has the focus; undefined if nothing in it was chosen. */
  subject?(view: View, own: Own): Subject | undefined;
  /**
   * Returns a function that does the next part of the panel's remaining work, short enough not to be felt; undefined if nothing is left to
   * do.
   */
  work?(view: View, own: Own): (() => Own) | undefined;
  /** The input line that a panel's `type` opens: its prompt, what is wrong with the typed text, and what the text changes. */
  readonly typing?: {
    prompt(view: View, own: Own): Text;
    /** Returns what is wrong with the text in the input line; undefined if nothing is. `at` is the character at which parsing stopped. */
    problem?(view: View, text: string): {readonly message: Text; readonly at?: number} | undefined;
    accept(view: View, own: Own, text: string): PanelMove<Own>;
    /** Returns the text completed as far as it is unambiguous; absent if the panel has no names to complete. */
    complete?(text: string): string;
  };
};

export type Panel<Own = unknown> = Focusable<Own> & {
  /**
   * Matches the values that the narration can show and that this panel contains (`snd.una`, `client.state`, `tcp.seq_raw`); `shownIn`
   * limits that to the lessons of a track.
   */
  readonly shows?: RegExp;
  readonly shownIn?: Track;
  /** Tells whether the panel has anything to show in this run; a capture has no simulated states, for example. */
  isAvailable(view: View): boolean;
  /** Tells whether the lesson has not reached anything yet that the panel shows; until then the ladder gets the panel's room. */
  isUnmet?(view: View): boolean;
  /**
   * Tells whether the run is mainly about what the panel shows. The panel then comes before those of every run, unless a lesson chooses
   * others.
   */
  leads?(view: View): boolean;
  /**
   * Tells whether something that the panel shows goes wrong in the run. The panel is then placed before the panels that the lesson chooses.
   */
  fails?(view: View): boolean;
  /** The least size at which the panel can be drawn, and the size above which more room gains nothing. */
  readonly least: Size;
  readonly best: Size;
  /** True if only a key of its own opens the panel: `tab` does not reach it, and it has no number. */
  readonly calledUp?: true;
  /** The places on the screen that suit the panel, the best first. */
  readonly places: readonly Place[];
  /**
   * The area that the focused panel covers. `picture`: the ladder's place, and the side if that has one panel. `body`, `screen`: that
   * region, if the ladder's place is smaller than `best`. `spread`: as `picture`, but the body if that is smaller than `best` and no lesson
   * is narrated below.
   */
  readonly covers?: 'picture' | 'spread' | 'body' | 'screen';
  put(pane: Pane, view: View, own: Own): void;
};

type Keyed = 'start' | 'keys' | 'command';

/** The definition of a panel as its file gives it; a panel without commands leaves out everything about keys. */
type Defined<Own> = Omit<Panel<Own>, Keyed> & Partial<Pick<Panel<Own>, Keyed>>;

/**
 * Returns the panel that a definition describes, without the type of its state. That is safe because the player gives each panel only a
 * state that came from it.
 */
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

/** Returns the key entry for `n` and `p`, which move a panel that shows one item at a time to the next and the previous item. */
export const besideKeys = (label: Text, rank?: number): PanelKey => ({
  keys: {n: 'next', p: 'previous'},
  sign: 'n p',
  label,
  ...(rank !== undefined && {rank}),
});

const backward: readonly string[] = ['up', 'pageUp', 'previous', 'left'];

/** Returns the direction in which a panel's command moves: 1 for forward, -1 for backward. */
export const wayOf = (command: string): 1 | -1 => (backward.includes(command) ? -1 : 1);

/** Returns by how many rows a panel's command moves, negative for backward; a page is `page` rows. */
export const rowsBy = (command: string, page = 10): number =>
  wayOf(command) * (command.startsWith('page') ? page : 1);
