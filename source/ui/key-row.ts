// The form in which files of the key table define rows: key, screen, condition, label, action. The key line, the help, docs/keys.md, the
// mouse and the code that handles keys read the table.
import type {Text} from '../lesson/text.ts';
import type {Size} from '../view/layout.ts';
import type {AppState} from './app-state.ts';
import type {Action, KeyContext} from './key-entry.ts';

/** The texts of an entry of the key table: the label for the help, and in `hint` the labels for the key line. */
type Written = {
  readonly label: Text;
  readonly hint?: {
    readonly label: Text;
    /** The key's label in the key line while the run plays. */
    readonly playing?: Text;
    /** The key's label in the key line if the key opens a question. */
    readonly asking?: Text;
    /** The key's label in the key line if playing has stopped at a narration. */
    readonly reading?: Text;
    readonly ending?: Text;
    /** The key's label in the quiz, where the key costs half of an answer's points. */
    readonly costs?: Text;
    /** The key's label in the quiz, where it picks one of several choices instead of giving the answer. */
    readonly picks?: Text;
    /**
     * The key's label in the key line if it leads back to the run before or to the lesson below, or to the place where the reader left the
     * lesson.
     */
    readonly back?: Text;
    /** The key's label in the key line if it leads to the page at the end of a lesson. */
    readonly closing?: Text;
    /** The key's label in the key line while the panel that it opened has the focus, so that it closes that. */
    readonly called?: Text;
    /** The key's label in the key line when the run is over, so that the key begins it again. */
    readonly again?: Text;
  };
};

/** The present state of the app and the size of the screen, on which it depends whether a key does anything. */
type Now = {readonly state: AppState; readonly size: Size};

/** The type of a function that tells whether a key would do anything now; it looks at the state and does not try the key. */
export type Enabled = (now: Now, action: Action, key: string) => boolean;

type Row = {
  /** The contexts in which the row's keys are read; absent if they are the usual ones of its part of the key table. */
  readonly contexts?: readonly KeyContext[];
  /** The action of each key in this row of the key table; keys have the names that `keyName` returns. */
  readonly keys: {readonly [key: string]: Action};
  /** The condition under which the row's keys do anything; absent if it is the usual one of its part of the key table. */
  readonly enabled?: Enabled;
  /** The sign of the row's keys in the help; absent if it is the name of the first key. */
  readonly sign?: string;
  /** The row's hint in the key line; absent if the key line never shows it. */
  readonly hint?: {
    readonly sign?: string;
    /** The contexts in which the key line shows the hint; absent if they are those of the row's keys. */
    readonly in?: readonly KeyContext[];
    /**
     * The hint's place in the key line, in ascending order. If the line is too long, the hints with the highest `leaves` go first, or the
     * highest `rank` if that is absent.
     */
    readonly rank: number;
    readonly leaves?: number;
    /** True for a key that continues what waits for the reader, such as a run that has stopped. */
    readonly goesOn?: true;
    /** True if the hint stays in a key line that is too long, because a reader who is lost needs it. */
    readonly stays?: true;
  };
};

export type Hint = NonNullable<Row['hint']> & NonNullable<Written['hint']>;

export type KeyEntry = Required<Omit<Row, 'hint'>> &
  Omit<Written, 'hint'> & {readonly id: string; readonly hint?: Hint};

/** A row of the key table as it is defined; it must have a `hint` exactly if its texts have one. */
type RowOf<W extends Written> = Omit<Row, 'hint'> &
  (W extends {readonly hint: object} ? Required<Pick<Row, 'hint'>> : {readonly hint?: never});

const always: Enabled = () => true;

/** The contexts and the condition that rows of a part of the key table have unless they name others. */
type Usual = {readonly contexts: readonly KeyContext[]; readonly enabled?: Enabled};

/** Returns the entries of the key table from their texts and rows, in the order of the rows; every entry with texts must have a row. */
export function keyEntries<W extends {readonly [id: string]: Written}>(
  usual: Usual,
  written: W,
  rows: {readonly [Id in keyof W]: RowOf<W[Id]>},
): readonly KeyEntry[];
export function keyEntries(
  usual: Usual,
  written: {readonly [id: string]: Written},
  rows: {readonly [id: string]: Row},
): readonly KeyEntry[] {
  return Object.entries(rows).flatMap(([id, {hint, ...row}]) => {
    const said = written[id];
    if (said === undefined) return [];
    const [sign = ''] = Object.keys(row.keys);
    const told = hint && said.hint ? {hint: {...said.hint, ...hint}} : {};
    return [{sign, enabled: always, ...usual, ...row, id, label: said.label, ...told}];
  });
}
