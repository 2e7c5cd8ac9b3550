// Measures text in columns of the screen, and cuts, pads and wraps it. Chinese lines break by the rules for Chinese.

import stringWidth from 'string-width';
import type {Language} from '../lesson/text.ts';
import {harmless, isPlain, plainColumns} from './signs.ts';

/** Variation selectors and skin tones, which make the emoji before them wider on some terminals only. */
const joining = /[\ufe0e\ufe0f]|(?<=\p{Emoji_Modifier_Base})\p{Emoji_Modifier}/gu;

/**
 * Returns a text that is safe for the cells of a screen: control characters are replaced, and modifiers that change an emoji's width are
 * removed.
 */
export const inCells = (text: string): string => (isPlain(text) ? text : harmless(text).replace(joining, ''));

const widths = new Map<string, number>();

const widthOf = (sign: string): number => {
  const known = widths.get(sign);
  if (known !== undefined) return known;
  const width = stringWidth(sign);
  widths.set(sign, width);
  return width;
};

export const textWidth = (text: string): number => {
  const known = plainColumns(text);
  if (known !== undefined) return known;
  let columns = 0;
  for (const sign of inCells(text)) columns += widthOf(sign);
  return columns;
};

/** Returns the longest beginning of `text` that is at most `columns` wide. */
export const takeColumns = (text: string, columns: number): string => {
  if (textWidth(text) <= columns) return text;
  let taken = '';
  let used = 0;
  for (const character of inCells(text)) {
    const width = textWidth(character);
    if (used + width > columns) break;
    taken += character;
    used += width;
  }
  return taken;
};

/** Returns the text cut to `columns`; if something is missing, it ends with an ellipsis. */
export const cut = (text: string, columns: number, ellipsis = '…'): string =>
  textWidth(text) <= columns
    ? text
    : columns < textWidth(ellipsis)
      ? ''
      : `${takeColumns(text, columns - textWidth(ellipsis)).trimEnd()}${ellipsis}`;

/** Cuts a text to `columns` at one of the marks, such as a comma, if the second half of what fits has one; otherwise within a word. */
export const cutAt = (marks: readonly string[], text: string, columns: number, ellipsis = '…'): string => {
  const whole = cut(text, columns, ellipsis);
  if (whole === text) return text;
  const kept = whole.slice(0, whole.length - ellipsis.length);
  const next = text.slice(kept.length);
  const end = marks.some((mark) => next.startsWith(mark))
    ? kept.length
    : Math.max(...marks.map((mark) => kept.lastIndexOf(mark)));
  return end * 2 > kept.length ? `${kept.slice(0, end)}${ellipsis}` : whole;
};

/** Returns the end of a text, cut at its start to `columns`, for an input line whose end was typed last. */
export const cutStart = (text: string, columns: number, ellipsis = '…'): string => {
  if (columns < textWidth(ellipsis)) return '';
  const characters = [...inCells(text)];
  while (characters.length > 0 && textWidth(ellipsis + characters.join('')) > columns) characters.shift();
  return textWidth(text) <= columns ? text : ellipsis + characters.join('');
};

/** Repeats a sign; a negative number of times, which occurs in a tiny terminal, counts as 0. */
export const repeated = (sign: string, times: number): string => sign.repeat(Math.max(0, times));

export const padEnd = (text: string, columns: number): string =>
  text + repeated(' ', columns - textWidth(text));

export const padStart = (text: string, columns: number): string =>
  repeated(' ', columns - textWidth(text)) + text;

const wide = /[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/;
/** The punctuation that must not begin a wrapped line. */
const closers = '，。；：、？！）」』》】…—％·,.;:?!)]}’”';
/** The brackets and quotation marks that must not end a wrapped line. */
const openers = '（「『《【([{“‘';

type Unit = {text: string; spaceBefore: boolean};

/**
 * Splits a text into pieces that wrapping does not break: Latin words and numbers, and single Chinese characters with their punctuation.
 */
const unitsOf = (text: string): Unit[] => {
  const units: Unit[] = [];
  let space = false;
  let joinNext = false;
  for (const piece of text.match(/\s+|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]+|./gu) ??
    []) {
    if (/^\s+$/.test(piece)) {
      space = true;
      joinNext = false;
      continue;
    }
    const last = units[units.length - 1];
    const first = piece[0] ?? '';
    const clings = wide.test(first) || closers.includes(first) ? closers.includes(first) : false;
    const unit = /^(?:ms|µs|s|B)(?![A-Za-z])/.test(piece) && last !== undefined && /\d$/.test(last.text);
    const number = /^\d/.test(piece) && last !== undefined && /(?:^|[^A-Za-z])RFC$/.test(last.text);
    if (last && !space && (joinNext || clings)) last.text += piece;
    else if (last && space && (unit || number)) last.text += ` ${piece}`;
    else units.push({text: piece, spaceBefore: space});
    space = false;
    joinNext = openers.includes(piece[piece.length - 1] ?? '');
  }
  return units;
};

/** Joins Chinese quotations in 「」 of up to half a line, so that wrapping keeps them on one line. */
const keepPairs = (units: readonly Unit[], columns: number): Unit[] => {
  const kept: Unit[] = [];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (!unit) continue;
    let joined = unit.text;
    let end = i;
    while (
      joined.includes('「') &&
      joined.lastIndexOf('「') > joined.lastIndexOf('」') &&
      end + 1 < units.length
    ) {
      end++;
      joined += `${units[end]?.spaceBefore ? ' ' : ''}${units[end]?.text ?? ''}`;
    }
    if (end > i && textWidth(joined) * 2 <= columns) {
      kept.push({text: joined, spaceBefore: unit.spaceBefore});
      i = end;
    } else kept.push(unit);
  }
  return kept;
};

const clauseEnd = /[，。；：？！]」?$/;

/**
 * The number of columns at the end of a Chinese line in which no new element of a list begins, because the two characters that fit are
 * seldom a word.
 */
const listEnd = 6;

/**
 * Returns the index after which a full Chinese line is best broken: after the last clause that ends in its second half, otherwise after a
 * list's mark near its end.
 */
const breakAfter = (line: readonly Unit[], columns: number): number => {
  let used = 0;
  let clause: number | undefined;
  let part = line.length;
  for (const [index, unit] of line.entries()) {
    used += textWidth(unit.text) + (index > 0 && unit.spaceBefore ? 1 : 0);
    if (used * 2 >= columns && clauseEnd.test(unit.text)) clause = index + 1;
    if (used + listEnd >= columns && unit.text.endsWith('、')) part = index + 1;
  }
  return clause ?? part;
};

const textOf = (units: readonly Unit[]): string =>
  units.map((unit, index) => (index > 0 && unit.spaceBefore ? ` ${unit.text}` : unit.text)).join('');

/** Splits a word that is longer than a line, such as a path or a key, into pieces that fit. */
const chop = (unit: Unit, columns: number): Unit[] => {
  const pieces: Unit[] = [];
  let rest = inCells(unit.text);
  while (textWidth(rest) > columns && columns >= 2) {
    const head = takeColumns(rest, columns);
    pieces.push({text: head, spaceBefore: pieces.length === 0 && unit.spaceBefore});
    rest = rest.slice(head.length);
  }
  return [...pieces, {text: rest, spaceBefore: pieces.length === 0 && unit.spaceBefore}];
};

const wrapParagraph = (text: string, columns: number): string[] => {
  if (textWidth(text) <= columns) return [text];
  const lines: string[] = [];
  const chinese = /[\u4e00-\u9fff]/.test(text);
  let line: Unit[] = [];
  for (const unit of keepPairs(unitsOf(text), columns).flatMap((whole) => chop(whole, columns))) {
    if (line.length > 0 && textWidth(textOf([...line, unit])) > columns) {
      const end = chinese ? breakAfter(line, columns) : line.length;
      lines.push(textOf(line.slice(0, end)));
      line = line.slice(end);
      if (line.length > 0 && textWidth(textOf([...line, unit])) > columns) {
        lines.push(textOf(line));
        line = [];
      }
    }
    line.push(unit);
  }
  if (line.length > 0) lines.push(textOf(line));
  return lines;
};

export const wrap = (text: string, columns: number): string[] =>
  text
    .split('\n')
    .flatMap((paragraph) => (paragraph.trim() === '' ? [''] : wrapParagraph(paragraph, columns)));

/** Returns the number of wrapped Chinese lines that end within a clause. */
const brokenClauses = (lines: readonly string[]): number =>
  lines.slice(0, -1).filter((line) => wide.test(line) && !clauseEnd.test(line) && !line.endsWith('、'))
    .length;

/** Wraps a text into as many lines as `wrap` does, with lengths as even as possible, as long as not more clauses are broken. */
const wrapEvenly = (text: string, columns: number): string[] => {
  const lines = wrap(text, columns);
  let even = lines;
  for (let width = columns - 1; width >= 20; width--) {
    const narrower = wrap(text, width);
    if (narrower.length > lines.length) break;
    if (brokenClauses(narrower) <= brokenClauses(even)) even = narrower;
  }
  return even;
};

/** Wraps like `wrap`, but avoids a last line of one or two words by making all lines even. */
export const wrapWhole = (text: string, columns: number): string[] => {
  const lines = wrap(text, columns);
  const last = lines.at(-1) ?? '';
  return lines.length > 1 && !text.includes('\n') && textWidth(last) * 4 < columns
    ? wrapEvenly(text, columns)
    : lines;
};

/** Wraps each sentence onto lines of its own if all take at most `most` lines; otherwise wraps the text as a whole. */
export const wrapSentences = (text: string, columns: number, most: number): string[] => {
  const sentences = text.match(/[^.。？！?!]+(?:[.?!](?![\s)”’])[^.。？！?!]*)*[.。？！?!」”)]*\s*/gu) ?? [
    text,
  ];
  const apart = sentences.flatMap((sentence) => wrapWhole(sentence.trim(), columns));
  if (apart.length <= most) return apart;
  const joined = text.replace(/\n/g, ' ');
  return most === 2 ? wrapEvenly(joined, columns) : wrap(joined, columns);
};

/** Returns how many columns shorter than usual the lines of a language are: 4 for Chinese, 0 for others. */
export const shorterBy = (language: Language): number => (language === 'zh' ? 4 : 0);
