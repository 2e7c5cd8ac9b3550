// Finds the things on a screen that can be pointed at: words of the glossary anywhere, and titles of panels. The drawn screen is read, so
// that everything on it can be explained, whatever drew it.
import type {Term} from '../../lesson/data.ts';
import {termFinder} from '../../lesson/term-names.ts';
import type {Text} from '../../lesson/text.ts';
import {oncePer} from '../../wire/once-per.ts';
import {languages} from '../../words/catalogue/language.ts';
import {panelWords} from '../../words/catalogue/panel-words.ts';
import {textWidth} from '../../words/width.ts';
import {textIn} from '../drawn.ts';
import {panels} from '../panels/registry.ts';
import type {Line} from '../span.ts';

/** A cell of the screen, counted from 1. */
export type Cell = {readonly row: number; readonly column: number};

export type Point = Cell & {
  readonly text: string;
  readonly name: Text;
  /** The explanation of the word in one sentence. */
  readonly is: Text;
  /** The explanation of the word for beginners; undefined if `is` is plain enough. */
  readonly plain?: Text | undefined;
  /** The name of the panel whose title the word is; absent for words of the glossary. */
  readonly panel?: string;
};

type Word = {readonly at: number; readonly length: number} & Pick<Point, 'name' | 'is' | 'plain' | 'panel'>;

const explained: {readonly [panel: string]: Text} = panelWords;

/**
 * Returns the titles of all panels in each language with their explanations. A title counts only if it stands alone; in a sentence it is an
 * ordinary word.
 */
const titles = oncePer((_of: readonly Term[]) =>
  panels.flatMap(({name, title}) => {
    const is = explained[name];
    const words = [...new Set(languages.map((language) => title[language]))];
    return is === undefined ? [] : words.map((word) => ({word, name: title, is, panel: name}));
  }),
);

const titlesIn = (text: string, terms: readonly Term[]): readonly Word[] =>
  titles(terms).flatMap(({word, ...rest}) => {
    const at = text.indexOf(word);
    const alone =
      at >= 0 && /(^|\s\s)$/.test(text.slice(0, at)) && /^(\s\s|\s*$)/.test(text.slice(at + word.length));
    return alone ? [{at, length: word.length, ...rest}] : [];
  });

const finderOf = oncePer((terms: readonly Term[]) => {
  const find = termFinder(terms);
  const byId = new Map(terms.map((term) => [term.id, term]));
  return (text: string): readonly Word[] =>
    find(text).flatMap(({at, length, id}) => {
      const term = byId.get(id);
      return term ? [{at, length, name: term.term, is: term.text, plain: term.plain}] : [];
    });
});

/** Returns the words on a screen that can be pointed at and explained, in reading order; the last line, which shows the keys, has none. */
export const pointsOn = (lines: readonly Line[], terms: readonly Term[]): readonly Point[] =>
  lines.slice(0, -1).flatMap((line, index) => {
    const whole = textIn(line);
    const heads = titlesIn(whole, terms);
    const words = finderOf(terms)(whole).filter(({at}) => heads.every((head) => head.at !== at));
    return [...heads, ...words]
      .toSorted((a, b) => a.at - b.at)
      .map(({at, length, ...about}) => ({
        ...{row: index + 1, column: textWidth(whole.slice(0, at)) + 1},
        ...{text: whole.slice(at, at + length), ...about},
      }));
  });

/** Returns the explanation of a word that is shown: `plain` if beginners' explanations are preferred and there is one, otherwise `is`. */
export const saidOf = ({is, plain}: Point, plainFirst: boolean): Text => (plainFirst && plain) || is;

const middle = ({column, text}: Point): number => column + textWidth(text) / 2;

/** Returns the distance of a word from a cell of the screen; rows count for more, because readers move along lines. */
const far = ({row, column}: Cell, point: Point): number =>
  Math.abs(point.row - row) * 1000 + Math.abs(point.column - column);

export const nearestTo = (points: readonly Point[], cell: Cell): Point | undefined =>
  points.toSorted((a, b) => far(cell, a) - far(cell, b))[0];

export type Way = 'back' | 'on' | 'up' | 'down';

/**
 * Returns the word to point at after the screen was drawn again, perhaps in another size: the nearest occurrence of the same word, or else
 * the nearest word; undefined if there are none.
 */
export const pointNow = (points: readonly Point[], point: Point): Point | undefined => {
  const same = points.filter(({name, panel}) => name === point.name && panel === point.panel);
  return nearestTo(same.length > 0 ? same : points, point);
};

/**
 * Returns the next or previous word that can be pointed at (after the last one the first), or the nearest one in the next line up or down
 * that has any; undefined if the screen has none.
 */
export const pointBeside = (points: readonly Point[], from: Cell, way: Way): Point | undefined => {
  const here = nearestTo(points, from);
  if (here === undefined) return undefined;
  if (way === 'on' || way === 'back')
    return points[(points.indexOf(here) + (way === 'on' ? 1 : points.length - 1)) % points.length];
  const rows = points.map(({row}) => row).filter((row) => (way === 'up' ? row < here.row : row > here.row));
  if (rows.length === 0) return here;
  const row = way === 'up' ? Math.max(...rows) : Math.min(...rows);
  return points
    .filter((point) => point.row === row)
    .toSorted((a, b) => Math.abs(middle(a) - middle(here)) - Math.abs(middle(b) - middle(here)))[0];
};
