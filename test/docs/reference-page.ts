// Reads the tables of docs/reference.md, and compares the members that they list with those of an output in JSON.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from '../helpers/root.ts';

const page = readFileSync(join(root, 'docs/reference.md'), 'utf8');

/** Returns what stands below a heading, up to the next one. */
export const sectionOf = (heading: string): string => {
  const [, text] = `\n${page}`.split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`docs/reference.md has no section “${heading}”`);
  return text.split('\n## ')[0] ?? '';
};

/** Returns the names in backquotes. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

type Row = readonly string[];

/** Returns the rows of all tables of a section that begin with this head, each as its cells. */
export const rowsOf = (heading: string, head: string): readonly Row[] =>
  sectionOf(heading)
    .split('\n\n')
    .filter((block) => block.includes(`${head}\n|---`))
    .flatMap((block) => block.slice(block.indexOf(head)).split('\n').slice(2))
    .filter((line) => line.startsWith('|'))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/);
      return cells.slice(1, -1).map((cell) => cell.trim());
    });

/** Members by the place in which they stand; a place without a row is open: its names are not listed. */
export type Listed = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns the listed members of a table whose first cells are places. `''` is the whole, which is in words. */
export const listedIn = (heading: string, head = '| in | members |'): Listed =>
  new Map(
    rowsOf(heading, head).flatMap(([first = '', second = '']) => {
      const places = namesIn(first);
      const members = new Set(namesIn(second));
      return (places.length === 0 ? [''] : places).map((place) => [place, members] as const);
    }),
  );

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Returns `place` and name of all members in a value, each once for every place. */
export function* membersOf(value: unknown, place = ''): Generator<readonly [place: string, name: string]> {
  if (Array.isArray(value))
    for (const each of value) yield* membersOf(each, place === '' ? '' : `${place}[]`);
  else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      yield [place, name];
      yield* membersOf(inner, place === '' ? name : `${place}.${name}`);
    }
  }
}

/** Returns the members of an output that the page does not list. */
export const unlisted = (value: unknown, listed: Listed): readonly string[] => [
  ...new Set(
    [...membersOf(value)].flatMap(([place, name]) => {
      const members = listed.get(place);
      return members === undefined || members.has(name) ? [] : [`${place}.${name}`];
    }),
  ),
];
