// Finds the texts of a file that lack a language. The schema tells which mappings are texts, because others, such as cookies, may have the
// same keys.
import {
  $ZodArray,
  $ZodDefault,
  $ZodLazy,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodPipe,
  $ZodRecord,
  type $ZodType,
  $ZodUnion,
} from 'zod/v4/core';
import {translatedSentences} from '../words/catalogue/lesson-check.ts';
import {type PathProblem, problemWith} from './problem.ts';
import type {Path} from './problems.ts';
import {translations} from './scalars.ts';

/** The languages that each text of a file has to have: a list of them, or all that occur anywhere in the file (`its own`). */
export type Wanted = readonly string[] | 'its own';

type Found = {readonly path: Path; readonly languages: readonly string[]};

const textsIn = (schema: $ZodType, data: unknown, path: Path): readonly Found[] => {
  if (schema instanceof $ZodOptional || schema instanceof $ZodNullable || schema instanceof $ZodDefault)
    return textsIn(schema._zod.def.innerType, data, path);
  if (schema instanceof $ZodPipe) return textsIn(schema._zod.def.in, data, path);
  if (schema instanceof $ZodLazy) return textsIn(schema._zod.innerType, data, path);
  if (schema instanceof $ZodUnion)
    return schema._zod.def.options.flatMap((option) => textsIn(option, data, path));
  if (typeof data !== 'object' || data === null) return [];
  if (schema === translations) return [{path, languages: Object.keys(data)}];
  return Object.entries(data).flatMap(([key, value]) => {
    const inner = innerOf(schema, key);
    return inner ? textsIn(inner, value, [...path, Array.isArray(data) ? Number(key) : key]) : [];
  });
};

const innerOf = (schema: $ZodType, key: string): $ZodType | undefined => {
  if (schema instanceof $ZodObject) return schema._zod.def.shape[key];
  if (schema instanceof $ZodArray) return schema._zod.def.element;
  return schema instanceof $ZodRecord ? schema._zod.def.valueType : undefined;
};

export const untranslated = (schema: $ZodType, data: unknown, wanted: Wanted): readonly PathProblem[] => {
  const texts = textsIn(schema, data, []);
  const needed = wanted === 'its own' ? [...new Set(texts.flatMap(({languages}) => languages))] : wanted;
  return texts.flatMap(({path, languages}) => {
    const lacking = needed.filter((language) => !languages.includes(language));
    return lacking.length > 0 ? [{...problemWith(translatedSentences, {lacking, languages}), path}] : [];
  });
};
