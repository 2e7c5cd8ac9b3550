// What zod finds, as an author is told it. Oracle: the shape beside each case: which key or value is wrong there, and what is allowed.
import {expect, test} from 'vitest';
import * as z from 'zod/mini';
import {schemaProblems} from '../../source/lesson/schema-problems.ts';

const schema = z.strictObject({
  name: z.string({error: 'string'}),
  color: z.optional(z.enum(['red', 'green'])),
  what: z.optional(
    z.union([
      z.string(),
      z.strictObject({kind: z.literal('square'), side: z.number({error: 'number'})}),
      z.strictObject({kind: z.literal('circle'), radius: z.number({error: 'number'})}),
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
  ['a word that is none of those', {name: 'a', color: 'gren'}, 'color', /gren.*green/s],
  ['not a word at all', {name: 'a', color: 5}, 'color', /red, green/],
  ['of another kind', {name: 5}, 'name', /text, such as: hello/],
  // What is wrong inside the mapping that was meant says more than “neither of these”.
  ['inside the first shape', {name: 'a', what: {kind: 'square', side: 'x'}}, 'what.side', /number/],
  ['inside the second shape', {name: 'a', what: {kind: 'circle', radius: 'x'}}, 'what.radius', /number/],
  ['missing in the second shape', {name: 'a', what: {kind: 'circle'}}, 'what', /radius: is missing/],
  ['no mapping where one or text was meant', {name: 'a', what: 5}, 'what', /./],
])('%s', (_, data, place, words) => {
  const problems = told(data);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.split(': ')[0]).toBe(place);
  expect(problems[0]).toMatch(words);
});
