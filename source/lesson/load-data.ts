// The files under lessons/data → the content that lessons share.
import * as z from 'zod/mini';
import {err, ok, type Result} from '../wire/result.ts';
import {loadDataSentences} from '../words/catalogue/lesson.ts';
import type {LessonData} from './data.ts';
import type {LessonError} from './lesson-error.ts';
import {placesIn} from './places.ts';
import {problem} from './problem.ts';
import {vocabulary} from './protocols.ts';
import {text} from './scalars.ts';
import {schemaProblems} from './schema-problems.ts';
import {faultSchema, selectorSchemaOf} from './schema-script.ts';
import {sameIn, worded} from './text.ts';
import {readYaml} from './yaml-source.ts';

const string = z.string({error: 'string'}).check(z.minLength(1, {error: 'string'}));
const identifier = z
  .string({error: 'identifier'})
  .check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {error: 'identifier'}));

const rules = z.array(
  z.strictObject({id: string, rfc: string, step: text, text, formula: z.exactOptional(z.array(string))}),
);
const counter = z.strictObject({
  lesson: identifier,
  run: z.exactOptional(identifier),
  faults: z.exactOptional(z.array(faultSchema)),
  at: selectorSchemaOf(vocabulary),
  that: string,
  shown: text,
  believed: text,
});
const misconceptions = z.array(
  z.strictObject({
    id: identifier,
    name: z.exactOptional(text),
    belief: text,
    correct: text,
    answerMeans: text,
    rfc: string,
    lesson: identifier,
    counter: z.exactOptional(counter),
  }),
);
const glossary = z.array(z.strictObject({id: identifier, term: text, text}));
/** A word that is the same in both languages is written once. */
const cell = z.pipe(
  z.union([string, text], {error: 'cell'}),
  z.transform((given) => (typeof given === 'string' ? sameIn(given) : given)),
);
const cards = z.array(
  z.strictObject({
    id: identifier,
    title: text,
    head: z._default(z.array(cell), []),
    rows: z._default(z.array(z.array(cell)), []),
    lines: z._default(z.array(text), []),
  }),
);

export type DataFile = {readonly text: string; readonly file: string};

/** A file that does not exist yet is an empty list. */
export type DataFiles = {readonly [name in keyof LessonData]?: DataFile};

export const loadData = (files: DataFiles): Result<LessonData, readonly LessonError[]> => {
  const errors: LessonError[] = [];
  const data = {
    rules: read(files.rules, rules, errors),
    misconceptions: read(files.misconceptions, misconceptions, errors).map((each) => ({
      ...each,
      name: each.name ?? each.belief,
    })),
    glossary: read(files.glossary, glossary, errors),
    cards: read(files.cards, cards, errors),
  };
  return errors.length > 0 ? err(errors) : ok(data);
};

type Entry = {readonly id: string};

const read = <T extends Entry>(
  source: DataFile | undefined,
  schema: z.ZodMiniType<T[]>,
  errors: LessonError[],
): readonly T[] => {
  if (!source) return [];
  const {file} = source;
  const yaml = readYaml(source.text);
  if (!yaml.ok) {
    const placeOf = placesIn(source.text);
    for (const {message, remedy, offset} of yaml.error)
      errors.push({message, remedy, file, position: placeOf(offset)});
    return [];
  }
  const {data, offsetOf, positionOf} = yaml.value;
  const shape = schema.safeParse(data);
  if (!shape.success) {
    for (const each of schemaProblems(schema, data, shape.error.issues)) {
      const {message, remedy} = each;
      errors.push({message, remedy, file, position: positionOf(offsetOf(each.path, each))});
    }
    return [];
  }
  const seen = new Set<string>();
  for (const [index, {id}] of shape.data.entries()) {
    if (seen.has(id)) {
      const again = problem(
        worded(loadDataSentences.standsHereTwice.message, {id}),
        loadDataSentences.standsHereTwice.remedy,
      );
      errors.push({...again, file, position: positionOf(offsetOf([index, 'id']))});
    }
    seen.add(id);
  }
  return shape.data;
};
