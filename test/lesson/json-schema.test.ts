// The JSON Schema that editors get: draft 7, closed at every mapping, with the words that the compiler has. That a validator takes
// the lessons and refuses a misspelt key was tried with ajv 8; here a few lines of draft 7 stand for it.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {lessonJsonSchema} from '../../source/lesson/json-schema.ts';
import {some} from '../helpers/seeds.ts';

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: {readonly [key: string]: Schema};
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

const root: Schema & {readonly $schema?: string; readonly definitions?: {readonly [name: string]: Schema}} =
  lessonJsonSchema();

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const isMap = (value: unknown): value is {readonly [key: string]: unknown} => typeOf(value) === 'object';

const fits = (schema: Schema, value: unknown): boolean => {
  const found =
    schema.$ref === undefined ? schema : root.definitions?.[schema.$ref.replace('#/definitions/', '')];
  if (found === undefined) return schema.$ref === '#' && fits(root, value);
  if (found !== schema && !fits(found, value)) return false;
  const types = [schema.type ?? []].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(types.includes('number') && type === 'integer'))
    return false;
  if ('const' in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.anyOf && !schema.anyOf.some((each) => fits(each, value))) return false;
  if (schema.allOf && !schema.allOf.every((each) => fits(each, value))) return false;
  if (typeof value === 'string') return new RegExp(schema.pattern ?? '').test(value);
  if (typeof value === 'number')
    return value >= (schema.minimum ?? value) && value <= (schema.maximum ?? value);
  if (Array.isArray(value)) return fitsList(schema, value);
  return !isMap(value) || fitsMap(schema, value);
};

const fitsList = ({items, minItems = 0}: Schema, list: readonly unknown[]): boolean =>
  list.length >= minItems &&
  list.every((each, index) => {
    const schema = Array.isArray(items) ? items[index] : items;
    return schema === undefined || fits(schema, each);
  });

const fitsMap = (schema: Schema, map: {readonly [key: string]: unknown}): boolean =>
  (schema.required ?? []).every((key) => map[key] !== undefined) &&
  Object.entries(map).every(([key, value]) => {
    const known = schema.properties?.[key];
    if (known) return fits(known, value);
    const others = schema.additionalProperties ?? true;
    return typeof others === 'boolean' ? others : fits(others, value);
  });

const folder = fileURLToPath(new URL('../..', import.meta.url));
const yamlFiles = (path: string): readonly string[] =>
  readdirSync(join(folder, path), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('data'))
    .map((name) => join(folder, path, name));

const text = readFileSync(join(folder, 'lessons/foundations/handshake.yaml'), 'utf8');

test('it is draft 7, which editors understand', () => {
  expect(root.$schema).toBe('http://json-schema.org/draft-07/schema#');
  expect(Object.keys(root.properties ?? {})).toEqual(
    expect.arrayContaining([
      'format',
      'topology',
      'apps',
      'actors',
      'script',
      'runs',
      'together',
      'challenge',
    ]),
  );
});

test.each(some([...yamlFiles('lessons'), ...yamlFiles('test/fixtures/skeletons')], 15))('%s fits', (file) => {
  expect(fits(root, parse(readFileSync(file, 'utf8')))).toBe(true);
});

describe('a misspelt key is refused', () => {
  test.each([
    ['topology:', 'toplogy:'],
    ['port: 80', 'prot: 80'],
    ['    hint:', '    hnt:'],
    ['flags: [SYN]', 'falgs: [SYN]'],
    ['misconception:', 'misconcepton:'],
    ['call: listen', 'call: lisen'],
    ['track: foundations', 'track: foundation'],
    ['delay: 50ms', 'delay: 50 ms'],
  ])('%s → %s', (right, wrong) => {
    expect(text).toContain(right);
    expect(fits(root, parse(text.replace(right, wrong)))).toBe(false);
  });
});
