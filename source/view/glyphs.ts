// The signs of the screen in Unicode and in ASCII. Both sets have the same widths cell by cell.

import {cut} from '../words/width.ts';

/** The signs of the screen, each in Unicode and in ASCII. */
const signs = {
  space: [' ', ' '],
  lifeline: ['│', '|'],
  folded: ['┊', ':'],
  crossed: ['┼', '+'],
  /** The ends of the two parts of a packet's line that continues in another row: of its left part, then of its right part. */
  cutRight: ['╴', '-'],
  cutLeft: ['╶', '-'],
  /**
   * The bends of a packet's line that goes down one row: for a line to the right its upper and lower bend, then the same for a line to the
   * left.
   */
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
  /** The half cells at the tail and the head of a moving packet's line, for a packet to the right and for one to the left. */
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
  /** The sign for a retransmission, in one cell. */
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
  /** The sign for an event on a host that is not a packet. */
  happening: ['◇', 'o'],
  beat: ['•', 'o'],
  /** The sign for a bookmark that the reader has set on the timeline. */
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
  /** The cursor in a line being typed, at the place of the next character. */
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
  /** The signs in the bar of a buffer for used room, free room, and a gap in the received data. */
  full: ['▮', '#'],
  free: ['▯', '-'],
  hole: ['░', ':'],
  /** The sign for encrypted data; the number of the key follows it. */
  sealed: ['▒', '#'],
  /** The sign for data that anybody on the path can read. */
  inClear: ['·', '.'],
  /** The signs for the bars of an HTTP exchange's phases in the waterfall. */
  barDns: ['░', ':'],
  barConnect: ['▒', '='],
  barSecure: ['▞', '%'],
  barSend: ['▓', '>'],
  barWait: ['┈', '.'],
  barReceive: ['█', '<'],
  barIdle: ['─', '-'],
  barData: ['█', '#'],
  /** The characters that graphs draw curves with: `braille`, `blocks` or `ascii`. */
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

/** The two ways of drawing curves in Unicode; the second is for fonts without braille characters. */
export const graphForms = ['braille', 'blocks'] as const;
export type GraphForm = (typeof graphForms)[number];

export const blockGlyphs: Glyphs = {...unicodeGlyphs, plot: 'blocks'};

export const isAscii = ({plot}: Glyphs): boolean => plot === 'ascii';

/** Returns a sample curve by which a reader sees whether the font has the characters. */
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

/**
 * Returns a text from lessons and tables with its special signs replaced by ASCII if `glyphs` is the ASCII set; Chinese characters stay.
 */
export const plainText = (text: string, glyphs: Glyphs): string =>
  glyphs.lifeline === unicodeGlyphs.lifeline
    ? text
    : text
        .replaceAll('←→', '<- ->')
        .replaceAll('↑↓', '^ v')
        .replace(/ · /g, ', ')
        .replaceAll('2³²', '2^32')
        .replace(/[^\u0020-\u007e]/g, (sign) => plainSigns[sign] ?? sign);

/** Returns a text in the signs of `glyphs`, cut to a number of columns. */
export const fitText = (text: string, columns: number, glyphs: Glyphs): string =>
  cut(plainText(text, glyphs), columns, glyphs.ellipsis);
