// How large each room is, printed beside what was aimed at when the rooms were made: growth is seen, not forbidden.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {root} from './helpers/root.ts';

type Aim = {readonly rooms: readonly string[]; readonly lines?: number};

/** Lines, comments and blanks included; absent where most of a room is text. */
const aims: readonly Aim[] = [
  {rooms: ['wire', 'stack', 'sim', 'observe'], lines: 38_500},
  {rooms: ['verdict']},
  {rooms: ['account'], lines: 3000},
  {rooms: ['lesson'], lines: 8000},
  {rooms: ['quiz'], lines: 5000},
  {rooms: ['drills'], lines: 7000},
  {rooms: ['words']},
  {rooms: ['view'], lines: 19_000},
  {rooms: ['tell'], lines: 3000},
  {rooms: ['ui', 'io', 'page'], lines: 8000},
  {rooms: ['app'], lines: 3500},
  {rooms: ['commands'], lines: 1200},
  {rooms: ['loader'], lines: 200},
  {rooms: ['core.ts']},
];

type Size = {readonly lines: number; readonly code: number};

const sum = (sizes: readonly Size[]): Size => ({
  lines: sizes.reduce((all, {lines}) => all + lines, 0),
  code: sizes.reduce((all, {code}) => all + code, 0),
});

const sizeOf = (text: string): Size => ({
  lines: text.split('\n').length - 1,
  code: text
    .replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '')
    .split('\n')
    .filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length,
});

const source = join(root, 'source');
/** What the build makes of sentences was not written by anybody. */
const made = join('words', 'catalogue');
const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(made))
  .map((name) => ({
    room: name.split(/[\\/]/)[0] ?? '',
    size: sizeOf(readFileSync(join(source, name), 'utf8')),
  }));

const sizeOfRoom = (room: string): Size =>
  sum(files.filter((file) => file.room === room).map(({size}) => size));

const row = (name: string, {lines, code}: Size, aim = ''): string =>
  `${name.padEnd(28)}${lines.toString().padStart(8)}${code.toString().padStart(8)}${aim.padStart(8)}`;

test('lines, code alone and aim of each room', () => {
  const rows = aims.flatMap(({rooms: together, lines}) => {
    const sizes = together.map(sizeOfRoom);
    const total = row(together.join(' '), sum(sizes), lines?.toString());
    const each = together.length > 1 ? sizes.map((size, at) => row(`  ${together[at]}`, size)) : [];
    return [total, ...each];
  });
  const whole = row('source', sum(files.map(({size}) => size)));
  console.log([`${'room'.padEnd(28)}   lines    code     aim`, ...rows, whole].join('\n'));
  const known = aims.flatMap(({rooms: together}) => together);
  expect(files.map(({room}) => room).filter((room) => !known.includes(room))).toEqual([]);
});
