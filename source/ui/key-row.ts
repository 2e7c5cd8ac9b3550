// A row of the key table: key, screen, when it is enabled, label, action. The key line, the help, docs/keys.md, the mouse and what is done
// with a key read it.
import type {Text} from '../lesson/text.ts';
import type {Size} from '../view/layout.ts';
import type {AppState} from './app-state.ts';
import type {Action, KeyContext} from './key-entry.ts';

/** What is written of an entry; the places of the key line that say something else have a text of their own. */
type Written = {
  readonly label: Text;
  readonly hint?: {
    readonly label: Text;
    /** In place of `label` while the run plays. */
    readonly playing?: Text;
    /** In place of `label` where the key opens a question, or what else could have happened. */
    readonly asking?: Text;
    /** In place of `label` where play has stopped for something to be read. */
    readonly reading?: Text;
    readonly ending?: Text;
    /** In place of `label` where the key costs half of an answer. */
    readonly costs?: Text;
    /** To where the lesson was left, or waits. */
    readonly back?: Text;
    /** To the page that a lesson ends with. */
    readonly closing?: Text;
    /** In place of `label` where a panel was called up by a key of its own: it closes. */
    readonly called?: Text;
    /** Where nothing is left to play, and the key begins anew. */
    readonly again?: Text;
  };
};

/** Where and when a key is asked about. */
type Now = {readonly state: AppState; readonly size: Size};

/** Whether a key would do anything now. It goes by what the screen is made of; no key is tried. */
export type Enabled = (now: Now, action: Action, key: string) => boolean;

type Row = {
  /** Absent: those that are usual in its table. */
  readonly contexts?: readonly KeyContext[];
  /** Key name, as `keyName` makes it, to what it does. */
  readonly keys: {readonly [key: string]: Action};
  /** Absent: what is usual in its table. */
  readonly enabled?: Enabled;
  /** As the help shows them; the order of the table is its order. Further keys stand in the label. Absent: the first key. */
  readonly sign?: string;
  /** Absent: not in the key line. */
  readonly hint?: {
    readonly sign?: string;
    /** Absent: wherever the keys work. */
    readonly in?: readonly KeyContext[];
    /** The line shows them in ascending order, and drops the highest first: by `leaves`, where that differs. */
    readonly rank: number;
    readonly leaves?: number;
    /** Where the run waits for the reader, this is the key that goes on. */
    readonly goesOn?: true;
    /** Dropped after all others: whoever is lost needs it. */
    readonly stays?: true;
  };
};

export type Hint = NonNullable<Row['hint']> & NonNullable<Written['hint']>;

export type KeyEntry = Required<Omit<Row, 'hint'>> &
  Omit<Written, 'hint'> & {readonly id: string; readonly hint?: Hint};

/** In the key line is what has a text for it. */
type RowOf<W extends Written> = Omit<Row, 'hint'> &
  (W extends {readonly hint: object} ? Required<Pick<Row, 'hint'>> : {readonly hint?: never});

const always: Enabled = () => true;

/** What the rows of a table leave out. */
type Usual = {readonly contexts: readonly KeyContext[]; readonly enabled?: Enabled};

/** Every entry that something is written of has its row, in the order of the help. */
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
