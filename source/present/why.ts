// Draws *Why?*: heading, rule, arithmetic, causes (screens.md 5 (d)).

import type {Language} from '../lesson/lesson.ts';
import type {Canvas, Style} from './canvas.ts';
import {type Glyphs, plainText} from './glyphs.ts';
import type {Region} from './layout.ts';
import type {Why} from './scene-why.ts';
import {whyTexts} from './text/player.ts';
import {cut, padEnd, textWidth, wrap} from './width.ts';

type Row = {readonly text: string; readonly style: Style};

const plain: Style = {role: 'text'};
const muted: Style = {role: 'muted'};
const blank: Row = {text: '', style: plain};

type Options = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
};

/** A name and what it says, which may take more lines. */
const named = (name: string, text: string | undefined, {region, glyphs}: Options): Row[] => {
  if (text === undefined) return [];
  const indent = 13;
  return wrap(plainText(text, glyphs), region.columns - indent).map((line, index) => ({
    text: padEnd(index === 0 ? name : '', indent) + line,
    style: plain,
  }));
};

const formulaRows = (why: Why, {region, glyphs}: Options): Row[] =>
  why.formulas.flatMap((lines) => [
    ...lines.map((line, index) => ({
      text: cut(plainText(line, glyphs), region.columns, glyphs.ellipsis),
      style: index === 0 ? muted : {role: 'text' as const, bold: true},
    })),
    blank,
  ]);

const bodyRows = (why: Why, options: Options): Row[] => {
  const {region, glyphs, language} = options;
  const paragraphs = why.paragraphs.flatMap((paragraph) =>
    wrap(plainText(paragraph, glyphs), region.columns).map((text) => ({text, style: plain})),
  );
  return [
    ...wrap(plainText(why.heading, glyphs), region.columns).map((text) => ({
      text,
      style: {role: 'text' as const, bold: true},
    })),
    ...paragraphs,
    blank,
    ...formulaRows(why, options),
    ...named(whyTexts.causedBy[language], why.causedBy, options),
    ...named(whyTexts.rule[language], why.rule, options),
    ...named(whyTexts.notBecause[language], why.notBecause, options),
  ];
};

const chainText = (why: Why, {glyphs, region, language}: Options): string => {
  const {previous, next} = why;
  const half = Math.floor(region.columns / 2) - 1;
  const back =
    previous === undefined
      ? ''
      : plainText(`${glyphs.pausedLeft} ${whyTexts.causedBy[language]}  ${previous}`, glyphs);
  const on =
    next === undefined
      ? ''
      : plainText(`${whyTexts.causes[language]}  ${next} ${glyphs.pausedRight}`, glyphs);
  if (on === '') return cut(back, region.columns, glyphs.ellipsis);
  const short = cut(back, Math.max(half, region.columns - textWidth(on) - 2), glyphs.ellipsis);
  const rest = cut(on, region.columns - textWidth(short) - 2, glyphs.ellipsis);
  return short + ' '.repeat(Math.max(2, region.columns - textWidth(short) - textWidth(rest))) + rest;
};

export const putWhy = (canvas: Canvas, why: Why, options: Options): void => {
  const {region, glyphs, language} = options;
  const heading = `${glyphs.rule.repeat(2)} ${whyTexts.heading[language]} `;
  const ruleColumns = region.columns;
  canvas.put(
    region.row,
    region.column - 2,
    heading + glyphs.rule.repeat(Math.max(0, ruleColumns - textWidth(heading) + 1)),
    {
      role: 'accent',
    },
  );
  const room = region.rows - 4;
  const all = bodyRows(why, options);
  const rows = all.length <= room ? all : all.filter(({text}) => text !== '').slice(0, room);
  const inner = {...region, columns: region.columns};
  for (const [index, {text, style}] of rows.entries())
    canvas.put(region.row + 2 + index, inner.column, text, style);
  const chainRow = region.row + Math.min(region.rows - 1, 2 + rows.length + 1);
  canvas.put(chainRow, region.column, chainText(why, options), muted);
};
