// Turns zod's issues with a lesson file into problems for authors: which value is wrong, what is allowed, the nearest known word. zod's
// classes are imported by name and not as z.core, because the bundle would keep the whole namespace with 50 locales.
import {
  $ZodArray,
  type $ZodIssue,
  $ZodLazy,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodPipe,
  $ZodRecord,
  type $ZodType,
  $ZodUnion,
} from 'zod/v4/core';
import {inEvery} from '../words/catalogue/language.ts';
import {schemaProblemsSentences} from '../words/catalogue/lesson-schema.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {type PathProblem, problem, problemWith, unknownWord} from './problem.ts';
import {furtherLanguage, mostOf} from './scalars.ts';
import {sameIn, type Text, worded} from './text.ts';

/** Says in words what the schema expects of a value, by the message of the schema. */
const phrases: {readonly [phrase: string]: Text} = schemaProblemsSentences.phrases;

/**
 * Returns the problem of a text cut by a comma, as in `{en: yes, indeed}`: the comma ends the value, and what follows becomes a key without
 * a value.
 */
const cutText = (given: string) => problemWith(schemaProblemsSentences.cut, {given});

const lookUp = (data: unknown, path: readonly PropertyKey[]): unknown => {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
};

/** Returns the keys that a schema allows in the mapping at this path. */
const keysAt = (schema: $ZodType, path: readonly PropertyKey[]): readonly string[] => {
  if (schema instanceof $ZodOptional || schema instanceof $ZodNullable) {
    return keysAt(schema._zod.def.innerType, path);
  }
  if (schema instanceof $ZodPipe) return keysAt(schema._zod.def.in, path);
  if (schema instanceof $ZodLazy) return keysAt(schema._zod.innerType, path);
  if (schema instanceof $ZodUnion)
    return [...new Set(schema._zod.def.options.flatMap((each) => keysAt(each, path)))];
  const [step, ...rest] = path;
  if (schema instanceof $ZodObject) {
    const {shape} = schema._zod.def;
    if (step === undefined) return Object.keys(shape);
    const next = shape[String(step)];
    return next ? keysAt(next, rest) : [];
  }
  if (step === undefined) return [];
  if (schema instanceof $ZodArray) return keysAt(schema._zod.def.element, rest);
  if (schema instanceof $ZodRecord) return keysAt(schema._zod.def.valueType, rest);
  return [];
};

const expected = (path: PathProblem['path'], what: Text, given: unknown): PathProblem => {
  const shown = typeof given === 'string' ? given : typeof given === 'number' ? `${given}` : undefined;
  const message =
    shown === undefined
      ? schemaProblemsSentences.expected.aValueOf.message
      : worded(schemaProblemsSentences.expected.isNotWhat.message, {shown});
  return {...problem(message, worded(schemaProblemsSentences.expected.remedy, {what})), path};
};

const tooMany = (path: PathProblem['path'], most: string): PathProblem => ({
  ...problemWith(schemaProblemsSentences.tooMany, {most}),
  path,
});

const missing = (path: PathProblem['path']): PathProblem => {
  const name = String(path.at(-1));
  return {
    ...problemWith(schemaProblemsSentences.missing, {name}),
    // A missing value has no place in the file, so the mapping that lacks it is reported.
    path: path.slice(0, -1),
  };
};

const branchesOf = (issue: $ZodIssue): readonly (readonly $ZodIssue[])[] =>
  issue.code === 'invalid_union' ? issue.errors : [];

/**
 * Returns how badly a branch of a union schema fits a value: the number of values that it does not allow, such as the word that
 * distinguishes the branches, and of keys that are missing.
 */
const misfits = (branch: readonly $ZodIssue[], given: unknown): number =>
  branch.filter(
    ({code, path}) => path.length === 1 && (code === 'invalid_value' || lookUp(given, path) === undefined),
  ).length;

/** Returns a list in words of what the branches of a union schema expect of a value; undefined if none of them says. */
const shapesOf = (issue: $ZodIssue): Text | undefined => {
  const shapes = new Set(
    branchesOf(issue).flatMap((branch) => branch.flatMap(({message}) => phrases[message] ?? [])),
  );
  if (shapes.size === 0) return undefined;
  return inEvery((language) =>
    [...shapes].map((shape) => shape[language]).join(punctuation.listComma[language]),
  );
};

const fromIssue = (schema: $ZodType, data: unknown, issue: $ZodIssue): readonly PathProblem[] => {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const given = lookUp(data, path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, path);
    return issue.keys.map((each) => {
      const cut = lookUp(data, [...path, each]) === null && !allowed.includes(each);
      return {
        ...(cut ? cutText(each) : unknownWord(schemaProblemsSentences.key, each, allowed)),
        path: [...path, each],
        onKey: true,
      };
    });
  }
  if (issue.message === furtherLanguage && given === null) {
    const cut = issue.path.at(-1);
    return [{...cutText(String(cut)), path, onKey: true}];
  }
  if (given === undefined && path.length > 0) return [missing(path)];
  if (issue.code === 'invalid_value') {
    const {message} = issue;
    const allowed = issue.values.map(String);
    if (typeof given === 'string')
      return [{...unknownWord(schemaProblemsSentences.fromIssue, given, allowed), path}];
    return [
      expected(
        path,
        phrases[message] ?? inEvery((language) => allowed.join(punctuation.listComma[language])),
        given,
      ),
    ];
  }
  if (issue.message.startsWith(mostOf)) return [tooMany(path, issue.message.slice(mostOf.length))];
  // If the author wrote a mapping or a list, the errors inside the best fitting branch say more than “neither of these”.
  const [inner] = branchesOf(issue)
    .filter(
      (branch) =>
        typeof given === 'object' &&
        branch.some((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
    )
    .toSorted((a, b) => misfits(a, given) - misfits(b, given));
  if (inner) {
    return inner.flatMap((each) => fromIssue(schema, data, {...each, path: [...issue.path, ...each.path]}));
  }
  const kind = issue.code === 'invalid_type' && !(issue.message in phrases) ? issue.expected : issue.message;
  return [expected(path, phrases[kind] ?? shapesOf(issue) ?? sameIn(kind), given)];
};

export const schemaProblems = (
  schema: $ZodType,
  data: unknown,
  issues: readonly $ZodIssue[],
): readonly PathProblem[] => issues.flatMap((issue) => fromIssue(schema, data, issue));
