// The signs of the screen in Unicode and in ASCII. Both sets have the same widths cell by cell.

import {cut} from '../words/width.ts';

/** Each sign in Unicode and in ASCII. */
const signs = {
  space: [' ', ' '],
  lifeline: ['│', '|'],
  folded: ['┊', ':'],
  crossed: ['┼', '+'],
  /** The ends of a line that is continued in another row: it comes from the left, or from the right. */
  cutRight: ['╴', '-'],
  cutLeft: ['╶', '-'],
  /** The bends of a line that goes down one row: a flight to the right in its upper and lower row, and one to the left likewise. */
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
  /** The sign for retransmissions in one cell. */
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
  /** Something happens on a host without a packet. */
  happening: ['◇', 'o'],
  beat: ['•', 'o'],
  /** A bookmark of the reader on the timeline. */
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
  /** The place of the next typed character. */
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
  /** Bars: used, free, and a gap in the received data. */
  full: ['▮', '#'],
  free: ['▯', '-'],
  hole: ['░', ':'],
  /** Data encrypted with the key whose number follows. */
  sealed: ['▒', '#'],
  /** Data that anybody on the path can read. */
  inClear: ['·', '.'],
  /** The phases of an HTTP exchange. */
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

/** The two ways to draw curves in Unicode, because some fonts have no braille. */
export const graphForms = ['braille', 'blocks'] as const;
export type GraphForm = (typeof graphForms)[number];

export const blockGlyphs: Glyphs = {...unicodeGlyphs, plot: 'blocks'};

export const isAscii = ({plot}: Glyphs): boolean => plot === 'ascii';

/** Returns a sawtooth by which a reader sees whether the font has the characters. */
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

/** Returns a text from lessons and tables with these signs; Chinese stays as it is. */
export const plainText = (text: string, glyphs: Glyphs): string =>
  glyphs.lifeline === unicodeGlyphs.lifeline
    ? text
    : text
        .replaceAll('←→', '<- ->')
        .replaceAll('↑↓', '^ v')
        .replace(/ · /g, ', ')
        .replaceAll('2³²', '2^32')
        .replace(/[^\u0020-\u007e]/g, (sign) => plainSigns[sign] ?? sign);

/** Returns a text with these signs, cut to a number of columns. */
export const fitText = (text: string, columns: number, glyphs: Glyphs): string =>
  cut(plainText(text, glyphs), columns, glyphs.ellipsis);
