// The form in which files of the key table define rows: key, screen, condition, label, action. The key line, the help, docs/keys.md, the
// mouse and the code that handles keys read the table.
import type {Text} from '../lesson/text.ts';
import type {Size} from '../view/layout.ts';
import type {AppState} from './app-state.ts';
import type {Action, KeyContext} from './key-entry.ts';

/** The texts of an entry; `hint` contains those of the key line. */
type Written = {
  readonly label: Text;
  readonly hint?: {
    readonly label: Text;
    /** The label while the run plays. */
    readonly playing?: Text;
    /** The label if the key opens a question, or the choice of what else could have happened. */
    readonly asking?: Text;
    /** The label if playing has stopped at a narration. */
    readonly reading?: Text;
    readonly ending?: Text;
    /** The label if the key costs half of an answer's points. */
    readonly costs?: Text;
    /** The label if the key leads back to where the lesson was left, or to what is below. */
    readonly back?: Text;
    /** The label if the key leads to the page at the end of a lesson. */
    readonly closing?: Text;
    /** The label if the key closes a panel that it has opened. */
    readonly called?: Text;
    /** The label if the run is over, so that the key begins it again. */
    readonly again?: Text;
  };
};

/** The state and the size of the screen for which it is asked whether a key would do anything. */
type Now = {readonly state: AppState; readonly size: Size};

/** Tells whether a key would do anything now. This is computed from the state, without trying the key. */
export type Enabled = (now: Now, action: Action, key: string) => boolean;

type Row = {
  /** The contexts in which the row's keys are read; absent if they are those of its table. */
  readonly contexts?: readonly KeyContext[];
  /** The action of each key; keys have the names that `keyName` returns. */
  readonly keys: {readonly [key: string]: Action};
  /** The condition under which the keys do anything; absent if it is that of its table. */
  readonly enabled?: Enabled;
  /** The sign of the keys in the help, which lists entries in the order of the table; absent if it is the first key. */
  readonly sign?: string;
  /** The row's hint in the key line; absent if it has none. */
  readonly hint?: {
    readonly sign?: string;
    /** The contexts in which the hint is shown; absent if they are those of the keys. */
    readonly in?: readonly KeyContext[];
    /** The order in the key line, ascending; hints with the highest number are left out first, or by `leaves` if that is given. */
    readonly rank: number;
    readonly leaves?: number;
    /** True for the key that continues a run that waits for the reader. */
    readonly goesOn?: true;
    /** True if the hint is left out after all others, because a reader who is lost needs it. */
    readonly stays?: true;
  };
};

export type Hint = NonNullable<Row['hint']> & NonNullable<Written['hint']>;

export type KeyEntry = Required<Omit<Row, 'hint'>> &
  Omit<Written, 'hint'> & {readonly id: string; readonly hint?: Hint};

/** A row of the key table; it must have a hint if its texts include one. */
type RowOf<W extends Written> = Omit<Row, 'hint'> &
  (W extends {readonly hint: object} ? Required<Pick<Row, 'hint'>> : {readonly hint?: never});

const always: Enabled = () => true;

/** The values that rows of a table leave out: its usual contexts and condition. */
type Usual = {readonly contexts: readonly KeyContext[]; readonly enabled?: Enabled};

/** Returns the entries of the key table, in the order of the help, from their texts and rows; every entry with texts must have a row. */
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
