// The signs of the screen in Unicode and in ASCII. Both sets have the same widths cell by cell.

import {cut} from '../words/width.ts';

/** Each sign in Unicode and in ASCII. */
const signs = {
  space: [' ', ' '],
  lifeline: ['│', '|'],
  folded: ['┊', ':'],
  crossed: ['┼', '+'],
  /** Where a line stops that goes on in another row: it comes from the left, from the right. */
  cutRight: ['╴', '-'],
  cutLeft: ['╶', '-'],
  /** Where a line goes on one row lower: a flight to the right in its upper and lower row, one to the left likewise. */
  bendRight: ['╮', '.'],
  landRight: ['╰', "'"],
  bendLeft: ['╭', '.'],
  landLeft: ['╯', "'"],
  attacker: ['▲', '!'],
  leaveRight: ['├', '+'],
  leaveLeft: ['┤', '+'],
  travelled: ['─', '-'],
  toGo: ['┈', '.'],
  cometBody: ['━', '='],
  /** Half cells of a comet that flies to the right: its tail and its head. */
  tailRight: ['╼', '='],
  headRight: ['╸', '='],
  tailLeft: ['╾', '='],
  headLeft: ['╺', '='],
  pausedRight: ['▸', '>'],
  pausedLeft: ['◂', '<'],
  arrivedRight: ['▸', '>'],
  arrivedLeft: ['◂', '<'],
  lost: ['✗', 'x'],
  again: ['↺', '(r)'],
  /** The same in one cell. */
  againMark: ['↺', 'r'],
  reordered: ['⇄', '~'],
  copied: ['+', '+'],
  edited: ['±', '*'],
  gutterTop: ['╭', 'r'],
  gutter: ['┊', ':'],
  gutterEnd: ['╰', 'r'],
  gutterTopRight: ['╮', 'r'],
  gutterEndRight: ['╯', 'r'],
  right: ['✓', 'ok'],
  timer: ['◷', '['],
  timerGap: [' ', ''],
  timerEnd: ['', ']'],
  timerDone: ['━', '='],
  timerLeft: ['┈', '.'],
  changed: ['◆', '*'],
  /** A host does something without a packet. */
  happening: ['◇', 'o'],
  beat: ['•', 'o'],
  /** The reader's own mark on the timeline. */
  bookmark: ['▼', 'V'],
  question: ['?', '?'],
  cursor: ['●', '@'],
  selected: ['▸', '>'],
  markOpen: ['▐', '['],
  markClose: ['▌', ']'],
  narration: ['▎', '|'],
  paused: ['‖ ', ''],
  passed: ['━', '='],
  coming: ['┈', '.'],
  end: ['┤', '|'],
  gap: ['┄┄', '~~'],
  gapTimeline: ['╌╌', '~~'],
  earlier: ['▴', '^'],
  more: ['▾', 'v'],
  burst: ['═', '='],
  rule: ['─', '-'],
  treeBranch: ['├', '+'],
  treeFork: ['┬', '+'],
  treeEnd: ['└', '+'],
  treeTrunk: ['│', '|'],
  treeTwig: ['─', '-'],
  dot: [' · ', ', '],
  times: ['×', 'x'],
  ellipsis: ['…', '...'],
  /** Where the next typed character goes. */
  typing: ['▏', '_'],
  apostrophe: ['’', "'"],
  arrows: ['←→', '<- ->'],
  none: ['—', '-'],
  noLimit: ['∞', '-'],
  toDo: ['○', '.'],
  begun: ['◐', '-'],
  done: ['●', '*'],
  deduced: ['◌', '(?)'],
  estimated: ['≈', '~'],
  /** Bars: taken, free, and a gap in what has arrived. */
  full: ['▮', '#'],
  free: ['▯', '-'],
  hole: ['░', ':'],
  /** Sealed by the key whose number follows. */
  sealed: ['▒', '#'],
  /** Anybody on the way can read it. */
  inClear: ['·', '.'],
  /** Phases of an HTTP exchange. */
  barDns: ['░', ':'],
  barConnect: ['▒', '='],
  barSecure: ['▞', '%'],
  barSend: ['▓', '>'],
  barWait: ['┈', '.'],
  barReceive: ['█', '<'],
  barIdle: ['─', '-'],
  barData: ['█', '#'],
  /** How curves are drawn: `braille`, `blocks` or `ascii`. */
  plot: ['braille', 'ascii'],
} as const satisfies {readonly [name: string]: readonly [string, string]};

export type Glyphs = {readonly [name in keyof typeof signs]: string};

const isWhole = (set: {readonly [name: string]: string}): set is Glyphs =>
  Object.keys(signs).every((name) => name in set);

const setOf = (which: 0 | 1): Glyphs => {
  const set = Object.fromEntries(Object.entries(signs).map(([name, pair]) => [name, pair[which]]));
  if (!isWhole(set)) throw new Error('a sign has one form only');
  return set;
};

export const unicodeGlyphs = setOf(0);
export const asciiGlyphs = setOf(1);

export const glyphsFor = (ascii: boolean): Glyphs => (ascii ? asciiGlyphs : unicodeGlyphs);

/** Some fonts have no braille. */
export const graphForms = ['braille', 'blocks'] as const;
export type GraphForm = (typeof graphForms)[number];

export const blockGlyphs: Glyphs = {...unicodeGlyphs, plot: 'blocks'};

export const isAscii = ({plot}: Glyphs): boolean => plot === 'ascii';

/** A sawtooth to judge a font by. */
export const graphSample = (form: GraphForm): string => (form === 'blocks' ? '▂▅█▂▅█▂▅█' : '⡠⠊⡇⡠⠊⡇⡠⠊⡇');

const plainSigns: {readonly [sign: string]: string} = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '×': 'x',
  '·': ',',
  '–': '-',
  '—': '-',
  '−': '-',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '≈': '~',
  '◌': '(?)',
  '→': '->',
  '←': '<-',
  '↑': '^',
  '↓': 'v',
  '✓': 'ok',
  '✗': 'x',
  '◂': '<',
  '▸': '>',
  '◷': 'timer',
  '↺': '(r)',
  '§': 'section ',
  '∞': 'no limit',
  µ: 'u',
};

/** Text from lessons and tables as this set of signs can show it; Chinese stays as it is. */
export const plainText = (text: string, glyphs: Glyphs): string =>
  glyphs.lifeline === unicodeGlyphs.lifeline
    ? text
    : text
        .replaceAll('←→', '<- ->')
        .replaceAll('↑↓', '^ v')
        .replace(/ · /g, ', ')
        .replaceAll('2³²', '2^32')
        .replace(/[^\u0020-\u007e]/g, (sign) => plainSigns[sign] ?? sign);

/** The same, cut to so many columns. */
export const fitText = (text: string, columns: number, glyphs: Glyphs): string =>
  cut(plainText(text, glyphs), columns, glyphs.ellipsis);
