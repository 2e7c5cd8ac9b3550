// A row of the key table: key, screen, when it is enabled, label, action. The key line, the help, docs/keys.md, the mouse and the key
// handler read it.
import type {Text} from '../lesson/text.ts';
import type {Size} from '../view/layout.ts';
import type {AppState} from './app-state.ts';
import type {Action, KeyContext} from './key-entry.ts';

/** The texts of an entry; a part of the key line that differs has a text of its own. */
type Written = {
  readonly label: Text;
  readonly hint?: {
    readonly label: Text;
    /** The text in place of `label` while the run plays. */
    readonly playing?: Text;
    /** The text in place of `label` if the key opens a question, or what else could have happened. */
    readonly asking?: Text;
    /** The text in place of `label` if playing has stopped at a text. */
    readonly reading?: Text;
    readonly ending?: Text;
    /** The text in place of `label` if the key costs half of an answer. */
    readonly costs?: Text;
    /** The text if the key leads to the place where the lesson was left, or waits. */
    readonly back?: Text;
    /** The text if the key leads to the page at the end of a lesson. */
    readonly closing?: Text;
    /** The text in place of `label` if the key closes a panel that it has opened. */
    readonly called?: Text;
    /** The text if nothing is left to play, so that the key begins again. */
    readonly again?: Text;
  };
};

/** The state and the size of the screen in which a key is judged. */
type Now = {readonly state: AppState; readonly size: Size};

/** Tells whether a key would do anything now. It is computed from the state; the key is not tried. */
export type Enabled = (now: Now, action: Action, key: string) => boolean;

type Row = {
  /** The contexts; absent for the usual ones of its table. */
  readonly contexts?: readonly KeyContext[];
  /** The action of each key, by its name from `keyName`. */
  readonly keys: {readonly [key: string]: Action};
  /** The condition; absent for the usual one of its table. */
  readonly enabled?: Enabled;
  /** The sign in the help, which lists entries in the order of the table; the label mentions further keys. Absent for the first key. */
  readonly sign?: string;
  /** The part in the key line; absent if it has none. */
  readonly hint?: {
    readonly sign?: string;
    /** The contexts of the hint; absent for those of the keys. */
    readonly in?: readonly KeyContext[];
    /** The place in the line, which shows hints in ascending order and leaves out the highest first; `leaves` replaces it for that. */
    readonly rank: number;
    readonly leaves?: number;
    /** The key that continues while the run waits for the reader. */
    readonly goesOn?: true;
    /** The hint is left out after all others, because a reader who is lost needs it. */
    readonly stays?: true;
  };
};

export type Hint = NonNullable<Row['hint']> & NonNullable<Written['hint']>;

export type KeyEntry = Required<Omit<Row, 'hint'>> &
  Omit<Written, 'hint'> & {readonly id: string; readonly hint?: Hint};

/** A row; it is in the key line if its texts contain one for that. */
type RowOf<W extends Written> = Omit<Row, 'hint'> &
  (W extends {readonly hint: object} ? Required<Pick<Row, 'hint'>> : {readonly hint?: never});

const always: Enabled = () => true;

/** The usual values of a table, which its rows leave out. */
type Usual = {readonly contexts: readonly KeyContext[]; readonly enabled?: Enabled};

/** Returns the entries in the order of the help; every entry with texts must have a row. */
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
