// Draws the panel with the answer to *Why?*: heading, reasons, formulas, causes and effects, clause.

import type {Language} from '../../lesson/text.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {cut, padEnd, padStart, repeated, textWidth, wrap} from '../../words/width.ts';
import {type Canvas, muted, type Piece, plain, type Style, strong} from '../canvas.ts';
import {fitText, type Glyphs, plainText} from '../glyphs.ts';
import type {Region} from '../layout.ts';
import type {Why} from './scene-why.ts';

type Row = readonly Piece[];

const row = (text: string, style: Style): Row => [{text, style}];
const blank: Row = row('', plain);

type Options = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
};

/** Returns rows with a label and the text after it, wrapped to the width of the region; empty without a text. */
const named = (name: string, text: string | undefined, {region, glyphs}: Options): Row[] => {
  if (text === undefined) return [];
  const indent = 13;
  return wrap(plainText(text, glyphs), region.columns - indent).map((line, index) =>
    row(padEnd(index === 0 ? name : '', indent) + line, plain),
  );
};

const formulaRows = (why: Why, {region, glyphs}: Options): Row[] =>
  why.formulas.flatMap((lines) => [
    ...lines.map((line, index) => row(fitText(line, region.columns, glyphs), index === 0 ? muted : strong)),
    blank,
  ]);

/** Returns the rows of the *Why?* panel: the heading, the paragraphs, the given `details`, formulas, cause and clause. */
const bodyRows = (why: Why, details: readonly Row[], options: Options): Row[] => {
  const {region, glyphs, language} = options;
  const paragraphs = why.paragraphs.flatMap((paragraph) =>
    wrap(plainText(paragraph, glyphs), region.columns).map((text) => row(text, plain)),
  );
  return [
    ...wrap(plainText(why.heading, glyphs), region.columns).map((text) => row(text, strong)),
    ...paragraphs,
    ...(why.more ? [] : [blank]),
    ...(details.length > 0 ? [...details, blank] : []),
    ...formulaRows(why, options),
    ...named(whyTexts.causedBy[language], why.causedBy, options),
    ...named(whyTexts.rule[language], why.rule, options),
    ...why.myth.flatMap((text) =>
      wrap(plainText(text, glyphs), region.columns).map((line) => row(line, plain)),
    ),
    ...why.heldBack.flatMap((text) => named(whyTexts.heldBack[language], text, options)),
  ];
};

/** Returns the rows on the events to which `<` and `>` lead: one if both fit, otherwise two. */
const chainRows = (why: Why, {glyphs, region, language}: Options): string[] => {
  const {previous, next} = why;
  const back =
    previous === undefined
      ? ''
      : plainText(`${glyphs.pausedLeft} ${whyTexts.causedBy[language]}  ${previous}`, glyphs);
  const on =
    next === undefined
      ? ''
      : plainText(`${whyTexts.causes[language]}  ${next} ${glyphs.pausedRight}`, glyphs);
  const air = region.columns - textWidth(back) - textWidth(on);
  if (air >= 2) return [`${back}${repeated(' ', on === '' ? 0 : air)}${on}`];
  return [
    cut(back, region.columns, glyphs.ellipsis),
    padStart(cut(on, region.columns, glyphs.ellipsis), region.columns),
  ];
};

/**
 * Returns those rows of the *Why?* panel that fit in `room`: empty rows are left out first, from below, but the one above the causes last;
 * then the last rows.
 */
const fitted = (rows: readonly Row[], room: number): Row[] => {
  const blanks = rows.flatMap((each, index) => (each === blank ? [index] : [])).reverse();
  const [aboveCauses, ...others] = blanks;
  const order = aboveCauses === undefined ? [] : [...others, aboveCauses];
  const gone = new Set(order.slice(0, Math.max(0, rows.length - room)));
  return rows.filter((_, index) => !gone.has(index)).slice(0, room);
};

/** Returns the first rows that fit in `room`; the last one is an ellipsis if there are more. */
const begun = (rows: readonly Row[], room: number, {ellipsis}: Glyphs): readonly Row[] =>
  rows.length <= room ? rows : [...rows.slice(0, room - 1), row(ellipsis, muted)];

/** The number of rows of the *Why?* panel around its body: the line at the top, an empty row below it, and one above the causes. */
const aroundBody = 3;

/** Returns how many rows the *Why?* panel takes, at most those of the region. */
export const whyRows = (why: Why, options: Options): number =>
  Math.min(
    options.region.rows,
    aroundBody + bodyRows(why, why.details, options).length + chainRows(why, options).length,
  );

export const putWhy = (canvas: Canvas, why: Why, options: Options): void => {
  const {region, glyphs, language} = options;
  const heading = `${glyphs.rule.repeat(2)} ${whyTexts.heading[language]} `;
  const ruleText = heading + repeated(glyphs.rule, region.columns - textWidth(heading) + 1);
  canvas.put(region.row, region.column - 2, ruleText, {role: 'accent'});
  const chain = chainRows(why, options);
  const room = region.rows - aroundBody - chain.length;
  const others = bodyRows(why, [], options).filter((each) => each !== blank);
  const details = begun(why.details, Math.max(1, room - others.length), glyphs);
  const rows = fitted(bodyRows(why, details, options), room);
  for (const [index, pieces] of rows.entries()) {
    let room = region.columns;
    const shown = pieces.map(({text, style}) => {
      const piece = {text: fitText(text, room, glyphs), style};
      room -= textWidth(piece.text);
      return piece;
    });
    canvas.putPieces(region.row + 2 + index, region.column, shown);
  }
  for (const [index, text] of chain.entries())
    canvas.put(region.row + 2 + rows.length + 1 + index, region.column, text, muted);
};
