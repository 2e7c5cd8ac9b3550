// What an entry of the key table says.
import type {Text} from '../lesson/text.ts';

/** What the keys mean depends on what is on the screen. */
export const keyContexts = [
  'menu',
  'lessons',
  'settings',
  'player',
  'question',
  'reply',
  'why',
  'ending',
  'opening',
  'closing',
  'alter',
  'forks',
  'compare',
  'pointing',
  'quiz',
  'quizSure',
  'quizReply',
  'quizResult',
  'review',
  'progress',
  'picker',
  'export',
  'replace',
  'captures',
  'interviewList',
  'interviewAsked',
  'interviewPoints',
  'search',
  'reading',
  'path',
  'typing',
  'help',
  'presenting',
] as const;
export type KeyContext = (typeof keyContexts)[number];

export type Action =
  | 'playPause'
  | 'next'
  | 'stepBack'
  | 'stepForward'
  | 'beatBack'
  | 'beatForward'
  | 'start'
  | 'end'
  | 'faster'
  | 'slower'
  | 'eventForward'
  | 'eventBack'
  | 'bookmark'
  | 'bookmarkNext'
  | 'packetUp'
  | 'packetDown'
  | 'why'
  | 'deepen'
  | 'cause'
  | 'effect'
  | 'numbers'
  | 'allValues'
  | 'eyes'
  | 'panelNext'
  | 'panelPrevious'
  | 'panelNumbered'
  | 'openBytes'
  | 'openGraph'
  | 'openCache'
  | 'openCard'
  | 'openLink'
  | 'lookUp'
  | 'pageBack'
  | 'pageOn'
  | 'accept'
  | 'markUp'
  | 'markDown'
  | 'openMarked'
  | 'openNumbered'
  | 'answer'
  | 'hint'
  | 'skip'
  | 'goOn'
  | 'begin'
  | 'beginAnew'
  | 'closingOpen'
  | 'alter'
  | 'alterLess'
  | 'alterMore'
  | 'alterMend'
  | 'alterType'
  | 'alterDo'
  | 'forks'
  | 'forkGo'
  | 'undo'
  | 'redo'
  | 'predict'
  | 'simulate'
  | 'compare'
  | 'compareOpen'
  | 'compareBack'
  | 'compareOn'
  | 'compareStart'
  | 'compareEnd'
  | 'differenceBack'
  | 'differenceOn'
  | 'differenceFirst'
  | 'compareSide'
  | 'copyCode'
  | 'listUp'
  | 'listDown'
  | 'listPageUp'
  | 'listPageDown'
  | 'listFirst'
  | 'listLast'
  | 'change'
  | 'forward'
  | 'quizType'
  | 'quizUp'
  | 'quizDown'
  | 'quizToggle'
  | 'quizTake'
  | 'quizErase'
  | 'quizHint'
  | 'quizRun'
  | 'quizOn'
  | 'quizWhy'
  | 'quizRepeat'
  | 'watch'
  | 'check'
  | 'quizLater'
  | 'practiseWeak'
  | 'exportProgress'
  | 'sureYes'
  | 'sureThink'
  | 'sureGuess'
  | 'pickerPlay'
  | 'pickerLesson'
  | 'openKeys'
  | 'pickerFilter'
  | 'pickerSort'
  | 'pickerExport'
  | 'exportWrite'
  | 'exportName'
  | 'exportReplace'
  | 'capturesOpen'
  | 'capturesType'
  | 'complete'
  | 'stopReading'
  | 'interviewTick'
  | 'interviewShow'
  | 'interviewAnswer'
  | 'interviewOn'
  | 'search'
  | 'point'
  | 'pointBack'
  | 'pointOn'
  | 'pointUp'
  | 'pointDown'
  | 'pointMore'
  | 'searchOpen'
  | 'startRound'
  | 'otherPage'
  | 'onward'
  | 'answerNumbered'
  | 'blank'
  | 'language'
  | 'theme'
  | 'help'
  | 'back'
  | 'redraw'
  | 'suspend'
  | 'leave';

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

type Row = {
  /** Absent: those that are usual in its table. */
  readonly contexts?: readonly KeyContext[];
  /** Key name, as `keyName` makes it, to what it does. */
  readonly keys: {readonly [key: string]: Action};
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

/** Every entry that something is written of has its row, in the order of the help. */
export function keyEntries<W extends {readonly [id: string]: Written}>(
  usual: readonly KeyContext[],
  written: W,
  rows: {readonly [Id in keyof W]: RowOf<W[Id]>},
): readonly KeyEntry[];
export function keyEntries(
  usual: readonly KeyContext[],
  written: {readonly [id: string]: Written},
  rows: {readonly [id: string]: Row},
): readonly KeyEntry[] {
  return Object.entries(rows).flatMap(([id, {hint, ...row}]) => {
    const said = written[id];
    if (said === undefined) return [];
    const [sign = ''] = Object.keys(row.keys);
    const told = hint && said.hint ? {hint: {...said.hint, ...hint}} : {};
    return [{sign, contexts: usual, ...row, id, label: said.label, ...told}];
  });
}

/** Where letters are text and not keys. */
export const isText = (context: KeyContext): boolean =>
  context === 'typing' || context === 'path' || context === 'search';

/** Keys before an audience, ahead of what they else are. */
export const presenting = 'presenting' satisfies KeyContext;

export const untyped = keyContexts.filter((context) => !isText(context) && context !== presenting);
