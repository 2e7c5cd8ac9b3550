// The definition of a panel. A new panel is a file in panels/ and a line in panels/registry.ts; nothing else knows its name.

import type {Move} from '../lesson/attempt.ts';
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import type {Place, Size} from './layout.ts';
import type {Pane} from './pane.ts';
import type {Selection} from './selection.ts';
import type {Subject} from './subject.ts';
import type {View} from './view.ts';

/**
 * A key of a panel. While the panel has the focus, its keys take precedence over the player's, but answers to an open question come first.
 */
export type PanelKey = {
  /** The commands of the panel by the names of keys, as `keyName` makes them. */
  readonly keys: {readonly [key: string]: string};
  readonly sign: string;
  readonly label: Text;
  /** The place in the key line, the smallest first; undefined if only the help shows the key. */
  readonly rank?: number;
  /** The key has its meaning in the player if its command would change nothing. */
  readonly passes?: true;
};

/** The changes that a command makes; absent ones stay as they are. */
export type PanelMove<Own> = {
  readonly own?: Own;
  readonly selection?: Partial<Selection>;
  /** Goes elsewhere in the run: to a place in viewing time, at most to an open question, or by beats. */
  readonly go?: {readonly viewMs: number} | 'beatNext' | 'beatPrevious';
  /** Runs the challenge again with these moves. */
  readonly attempt?: readonly Move[];
  /** Switches all sequence numbers on the screen between relative and absolute. */
  readonly toggleRelative?: true;
  /** Shows the whole screen through the eyes of the next observer. */
  readonly nextEyes?: true;
  /** A text for the terminal's clipboard. */
  readonly copy?: string;
  /** Starts the input of a line of text, which begins with this one. */
  readonly type?: string;
  /** The name of another panel that opens and stays open. */
  readonly open?: string;
};

/** A part of the screen that can have the focus. `Own` is its state, as plain data. */
export type Focusable<Own = unknown> = {
  /** The name that lessons use in `panels:` (lesson/panel-names.ts). */
  readonly name: string;
  readonly title: Text;
  readonly start: Own;
  readonly keys: readonly PanelKey[];
  /** Returns what a command changes; undefined if it changes nothing. */
  command(view: View, own: Own, command: string): PanelMove<Own> | undefined;
  /** Returns sentences for a screen reader; absent if the title says everything. */
  spoken?(view: View, own: Own): readonly string[];
  /** Returns the subject of *Why?* under the cursor; undefined if nothing was chosen. */
  subject?(view: View, own: Own): Subject | undefined;
  /** Returns a function that does a part of the remaining work, short enough not to be felt; undefined if none is left. */
  work?(view: View, own: Own): (() => Own) | undefined;
  /** The line of text that `type` asks for: its prompt, its present error, and its effect. */
  readonly typing?: {
    prompt(view: View, own: Own): Text;
    /** Returns the error of a text; `at` is the character at which parsing stopped. */
    problem?(view: View, text: string): {readonly message: Text; readonly at?: number} | undefined;
    accept(view: View, own: Own, text: string): PanelMove<Own>;
    /** Returns the text completed as far as it is unambiguous; absent if the panel has no names to complete. */
    complete?(text: string): string;
  };
};

export type Panel<Own = unknown> = Focusable<Own> & {
  /**
   * Matches the values of beats that the panel shows (`snd.una`, `client.state`, `tcp.seq_raw`); `shownIn` restricts that to lessons of a
   * track.
   */
  readonly shows?: RegExp;
  readonly shownIn?: Track;
  /** Tells whether the panel has something to show in this run; a capture has no states, for example. */
  isAvailable(view: View): boolean;
  /** Tells whether the lesson has reached nothing yet that the panel shows; until then the ladder has its room. */
  isUnmet?(view: View): boolean;
  /** Tells whether the run is about what the panel shows; then the panel comes before those of every run, unless a lesson chooses. */
  leads?(view: View): boolean;
  /** Tells whether something goes wrong in the run that the panel shows; then it comes before the lesson's panels. */
  fails?(view: View): boolean;
  /** The least size at which the panel is drawn, and the size above which it gains nothing. */
  readonly least: Size;
  readonly best: Size;
  /** A key of its own opens the panel: `tab` does not reach it, and it has no number. */
  readonly calledUp?: true;
  /** The places that suit the panel, the best first. */
  readonly places: readonly Place[];
  /**
   * The region that the panel takes if the ladder's place is smaller than `best`: the body, or the whole screen except the key line.
   * `picture`: while focused the panel always takes the ladder's place, and the side as well if that has one panel. `spread`: the same, and
   * the body if that place is smaller than `best` and no lesson is narrated below it.
   */
  readonly covers?: 'picture' | 'spread' | 'body' | 'screen';
  put(pane: Pane, view: View, own: Own): void;
};

type Keyed = 'start' | 'keys' | 'command';

/** The definition of a panel; a panel without commands leaves out everything about keys. */
type Defined<Own> = Omit<Panel<Own>, Keyed> & Partial<Pick<Panel<Own>, Keyed>>;

/** Returns the panel without the type of its state: the player gives each panel only a state that came from it. */
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

/** Returns the keys for the next and the previous one, in a panel that shows one thing at a time. */
export const besideKeys = (label: Text, rank?: number): PanelKey => ({
  keys: {n: 'next', p: 'previous'},
  sign: 'n p',
  label,
  ...(rank !== undefined && {rank}),
});

const backward: readonly string[] = ['up', 'pageUp', 'previous', 'left'];

/** Returns the direction of a command. */
export const wayOf = (command: string): 1 | -1 => (backward.includes(command) ? -1 : 1);

/** Returns by how many rows a command moves; a page is `page` rows. */
export const rowsBy = (command: string, page = 10): number =>
  wayOf(command) * (command.startsWith('page') ? page : 1);
