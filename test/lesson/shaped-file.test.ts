// A YAML file against a schema: each problem at its place, in the order of the file. Oracle: lines and columns counted by hand.
import {expect, test} from 'vitest';
import * as z from 'zod/mini';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {errorsOf, readShaped} from '../../source/lesson/shaped-file.ts';

const schema = z.strictObject({
  name: z.string({error: 'string'}),
  sizes: z.array(z.number({error: 'number'})),
});

const placesOf = (text: string): readonly string[] => {
  const read = readShaped({text, file: 'a.yaml'}, schema);
  return read.ok ? [] : read.error.map(({file, position: {line, column}}) => `${file}:${line}:${column}`);
};

test('nothing is wrong: the data', () => {
  const read = readShaped({text: 'name: a\nsizes: [1, 2]\n', file: 'a.yaml'}, schema);
  expect(read.ok && read.value.data).toEqual({name: 'a', sizes: [1, 2]});
});

test('each problem at its value, in the order of the file', () => {
  expect(placesOf('sizes: [1, x,\n  y]\nname: 2\n')).toEqual([
    ...['a.yaml:1:12', 'a.yaml:2:3', 'a.yaml:3:7'],
  ]);
});

test('what is no YAML is told with its place', () => {
  expect(placesOf('name: [a\nsizes: 1\n')).not.toEqual([]);
});

test('of a thousand problems five hundred are told', () => {
  const rows = Array.from({length: 1000}, (_, n) => `  - x${n}`);
  expect(placesOf(`name: a\nsizes:\n${rows.join('\n')}\n`)).toHaveLength(500);
});

test('what several runs share is said once, and what is told of another file stands there', () => {
  const read = readShaped({text: 'name: a\nsizes: [1]\n', file: 'a.yaml'}, schema);
  if (!read.ok) throw new Error('cannot be read');
  const text = everywhere({en: 'no', zh: '不'});
  const problem = {path: ['name'], message: text, remedy: text};
  const elsewhere = {file: 'b.yaml', position: {line: 7, column: 1}};
  const told = errorsOf([problem, problem, {...problem, elsewhere}], read.value.located, 'a.yaml');
  expect(told.map(({file, position: {line, column}}) => [file, line, column])).toEqual([
    ['a.yaml', 1, 7],
    ['b.yaml', 7, 1],
  ]);
});
