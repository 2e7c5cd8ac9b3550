// Draws the help page: the table of keys in two columns, and the signs of the screen.
import type {Language, Text} from '../lesson/text.ts';
import {helpSentences} from '../words/catalogue/panels.ts';
import {cut, textWidth, wrap} from '../words/width.ts';
import {Canvas, muted, plain, strong} from './canvas.ts';
import {fitText, type Glyphs, type GraphForm, graphSample, isAscii, plainText} from './glyphs.ts';
import {type PageFrame, putKeyLine} from './page-frame.ts';
import type {Line} from './span.ts';

export type HelpKey = {readonly key: string; readonly label: string};

export type HelpSection = {readonly heading: string; readonly keys: readonly HelpKey[]};

export type HelpOptions = PageFrame & {
  readonly language: Language;
  /** The name of the panel or page to which the keys belong, shown to the right of the help's heading. */
  readonly context: string;
  /** The keys of the help page that everybody needs, in the order in which they are read. */
  readonly keys: readonly HelpKey[];
  /** The further keys of the help page, grouped by purpose; the keys of the panel with the focus come last. */
  readonly sections: readonly HelpSection[];
  /** The index of the page of the help that is shown; after the last page the first one follows again. */
  readonly page: number;
  /** True if the help offers to type a word and look up its meaning. */
  readonly findsWords: boolean;
};

const {words} = helpSentences;

type Sign = {readonly sign: (glyphs: Glyphs) => string; readonly label: Text};

const flying = (g: Glyphs): string =>
  g.leaveRight + g.travelled + g.tailRight + g.cometBody.repeat(2) + g.arrivedRight;

/** Returns a short sample curve by which the reader sees whether the font has the characters. */
const shortSample = (form: GraphForm): string => graphSample(form).slice(0, 3);

/** The signs of the screen and their meanings, row by row. */
const signs: readonly Sign[] = [
  {sign: flying, label: helpSentences.signs.label.inFlight},
  {sign: (g) => g.lost, label: helpSentences.signs.label.lost},
  {sign: (g) => `${g.timer}${g.timerEnd}`, label: helpSentences.signs.label.timer},
  {sign: (g) => g.travelled.repeat(5) + g.arrivedRight, label: helpSentences.signs.label.arrived},
  {sign: (g) => g.again, label: helpSentences.signs.label.sentAgain},
  {sign: (g) => g.changed, label: helpSentences.signs.label.stateChanged},
  {sign: (g) => g.selected, label: helpSentences.signs.label.selected},
  {sign: (g) => g.beat, label: helpSentences.signs.label.beat},
  {sign: (g) => g.question, label: helpSentences.signs.label.yourTurn},
  {sign: (g) => g.gap, label: helpSentences.signs.label.timeSkipped},
  {sign: (g) => g.bookmark, label: helpSentences.signs.label.bookmark},
  {sign: (g) => g.deduced, label: helpSentences.signs.label.deduced},
  {sign: (g) => g.estimated, label: helpSentences.signs.label.estimated},
  {
    sign: (g) => (isAscii(g) ? '.*#' : `${shortSample('braille')} ${shortSample('blocks')}`),
    label: helpSentences.signs.label.graph,
  },
];

/** The three columns of signs on the help page: where each begins, as a share of the width, and how many columns its signs take. */
const signColumns = [
  {start: 0, sign: 8},
  {start: 26 / 76, sign: 3},
  {start: 48 / 76, sign: 4},
] as const;

const firstColumn = 4;

/** A function that draws one row of the help page at a row of the screen. */
type Row = (canvas: Canvas, at: number) => void;

const blank: Row = () => undefined;

const headingRow =
  (heading: string): Row =>
  (canvas, at) =>
    canvas.put(at, firstColumn, heading, muted);

type KeyColumn = {
  readonly start: number;
  readonly signWidth: number;
  readonly end: number;
  readonly entries: readonly HelpKey[];
};

const keyColumn = (
  entries: readonly HelpKey[],
  {start, end, least}: {readonly start: number; readonly end: number; readonly least: number},
  glyphs: Glyphs,
): KeyColumn => ({
  ...{start, end, entries},
  signWidth: Math.max(least, ...entries.map(({key}) => textWidth(plainText(key, glyphs)) + 2)),
});

const fits =
  (glyphs: Glyphs) =>
  ({start, end, signWidth, entries}: KeyColumn): boolean =>
    entries.every(({label}) => textWidth(plainText(label, glyphs)) <= end - start - signWidth + 1);

/** Returns the table of keys in two columns, or in one if two would cut a text. */
const keyColumns = (keys: readonly HelpKey[], {columns, glyphs}: HelpOptions): readonly KeyColumn[] => {
  const second = firstColumn + Math.floor((columns - 4) / 2);
  const left = Math.ceil(keys.length / 2);
  const halves = [
    keyColumn(keys.slice(0, left), {start: firstColumn, end: second - 2, least: 8}, glyphs),
    keyColumn(keys.slice(left), {start: second, end: columns - 1, least: 10}, glyphs),
  ];
  if (halves.every(fits(glyphs))) return halves;
  return [keyColumn(keys, {start: firstColumn, end: columns - 1, least: 8}, glyphs)];
};

const keyRows = (keys: readonly HelpKey[], options: HelpOptions): Row[] => {
  const {glyphs} = options;
  const drawn = keyColumns(keys, options);
  return Array.from(
    {length: drawn[0]?.entries.length ?? 0},
    (_, index): Row =>
      (canvas, at) => {
        for (const {start, end, signWidth, entries} of drawn) {
          const entry = entries[index];
          if (!entry) continue;
          const room = end - start - signWidth + 1;
          canvas.put(at, start, fitText(entry.key, end - start, glyphs), strong);
          canvas.put(at, start + signWidth, fitText(entry.label, room, glyphs), plain);
        }
      },
  );
};

const signRows = ({columns, glyphs, language}: HelpOptions): Row[] =>
  Array.from(
    {length: Math.ceil(signs.length / 3)},
    (_, row): Row =>
      (canvas, at) => {
        for (const [index, place] of signColumns.entries()) {
          const entry = signs[3 * row + index];
          if (!entry) continue;
          const next = signColumns[index + 1];
          const column = firstColumn + Math.floor(place.start * (columns - 4));
          const end = next ? firstColumn + Math.floor(next.start * (columns - 4)) - 1 : columns - 1;
          const shown = entry.sign(glyphs);
          const after = column + Math.max(place.sign, textWidth(shown) + 1);
          canvas.put(at, column, shown, strong);
          canvas.put(at, after, cut(entry.label[language], end - after, glyphs.ellipsis), plain);
        }
      },
  );

/** Returns the help page's content as blocks of rows; each stays together on a page if it fits. */
const blocksOf = (options: HelpOptions): Row[][] => {
  const {columns, glyphs, language, keys, sections, findsWords} = options;
  const find = findsWords ? wrap(plainText(words.find[language], glyphs), columns - firstColumn) : [];
  return [
    keyRows(keys, options),
    [headingRow(words.signs[language]), ...signRows(options)],
    find.map(
      (line): Row =>
        (canvas, at) =>
          canvas.put(at, firstColumn, line, plain),
    ),
    ...sections.map(({heading, keys: own}) => [headingRow(heading), ...keyRows(own, options)]),
  ].filter((block) => block.length > 0);
};

/**
 * Returns the pages of the help: blocks below each other with empty rows between them. A block longer than a page continues on the next.
 */
const pagesOf = (options: HelpOptions): Row[][] => {
  const room = Math.max(1, options.rows - 4);
  const pages: Row[][] = [[]];
  for (const block of blocksOf(options)) {
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && page.length + 1 + block.length <= room) page.push(blank, ...block);
    else {
      const rest = [...block];
      if (page.length === 0) page.push(...rest.splice(0, room));
      while (rest.length > 0) pages.push(rest.splice(0, room));
    }
  }
  return pages;
};

export const helpPages = (options: HelpOptions): number => pagesOf(options).length;

export const helpScreen = (options: HelpOptions): Line[] => {
  const {columns, rows, glyphs, language, context, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  const pages = pagesOf(options);
  const page = ((options.page % pages.length) + pages.length) % pages.length;
  const place = pages.length === 1 ? '' : `${plainText(glyphs.dot, glyphs)}${page + 1}/${pages.length}`;
  canvas.put(1, 2, words.keys[language], strong);
  canvas.putEnd(1, columns - 1, cut(`${context}${place}`, columns - 12, glyphs.ellipsis), muted);
  for (const [index, row] of (pages[page] ?? []).entries()) row(canvas, 3 + index);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas.lines();
};
