// What zod finds, as an author is told it. Oracle: the shape beside each case: which key or value is wrong there, and what is allowed.
import {expect, test} from 'vitest';
import * as z from 'zod/mini';
import {schemaProblems} from '../../source/lesson/schema-problems.ts';

const number = z.number({error: 'number'});

const schema = z.strictObject({
  name: z.string({error: 'string'}),
  color: z.optional(z.enum(['red', 'green'])),
  what: z.optional(
    z.union([
      z.string(),
      z.strictObject({kind: z.literal('square'), side: number}),
      z.strictObject({
        ...{kind: z.literal('circle'), radius: number, width: z.optional(number)},
        at: z.optional(z.strictObject({x: number, y: number, z: number})),
      }),
    ]),
  ),
});

const told = (data: unknown): readonly string[] => {
  const shape = z.safeParse(schema, data);
  if (shape.success) return [];
  return schemaProblems(schema, data, shape.error.issues).map(
    ({path, message, remedy, onKey}) =>
      `${path.join('.')}${onKey ? ' key' : ''}: ${message.en}; ${remedy.en}`,
  );
};

test.each([
  ['nothing is wrong', {name: 'a', color: 'red', what: {kind: 'circle', radius: 1}}],
  ['text will do', {name: 'a', what: 'b'}],
])('%s', (_, data) => expect(told(data)).toEqual([]));

test.each<[string, unknown, string, RegExp]>([
  ['missing', {}, '', /name: is missing; add name: here/],
  ['unknown, and near another', {name: 'a', colour: 'red'}, 'colour key', /colour.*color/s],
  ['an unknown word', {name: 'a', color: 'gren'}, 'color', /gren.*green/s],
  ['not a word at all', {name: 'a', color: 5}, 'color', /red, green/],
  ['of another kind', {name: 5}, 'name', /text, such as: hello/],
  // What is wrong inside the mapping that was meant says more than “neither of these”.
  ['inside the first shape', {name: 'a', what: {kind: 'square', side: 'x'}}, 'what.side', /number/],
  ['inside the second shape', {name: 'a', what: {kind: 'circle', radius: 'x'}}, 'what.radius', /number/],
  ['missing, second shape', {name: 'a', what: {kind: 'circle'}}, 'what', /radius: is missing/],
  ['neither mapping nor text', {name: 'a', what: 5}, 'what', /./],
])('%s', (_, data, place, words) => {
  const problems = told(data);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.split(': ')[0]).toBe(place);
  expect(problems[0]).toMatch(words);
});

// Which mapping was meant its own words tell, however much is wrong with the values in it.
test.each<[string, unknown, readonly string[]]>([
  ['values', {kind: 'circle', radius: 'x', width: 'y'}, ['what.radius', 'what.width']],
  [
    'values inside them',
    {kind: 'circle', radius: 1, at: {x: 'a', y: 'b', z: 'c'}},
    ['x', 'y', 'z'].map((each) => `what.at.${each}`),
  ],
  ['what they lack', {kind: 'circle', radius: 1, at: {}}, ['what.at', 'what.at', 'what.at']],
  ['a word too many', {kind: 'circle', radius: 1, side: 2}, ['what.side key']],
])('of the second shape %s are wrong', (_, what, places) => {
  expect(told({name: 'a', what}).map((each) => each.split(': ')[0])).toEqual(places);
});
