// Loads the content that lessons share (rules, misconceptions, cards, glossary) from the files under lessons/data.
import * as z from 'zod/mini';
import {err, ok, type Result} from '../wire/result.ts';
import {loadDataSentences} from '../words/catalogue/lesson.ts';
import type {LessonData} from './data.ts';
import type {LessonError} from './lesson-error.ts';
import {problemWith} from './problem.ts';
import {vocabulary} from './protocols.ts';
import {expects, identifier, string, text, translations} from './scalars.ts';
import {faultSchema, selectorSchemaOf} from './schema-script.ts';
import {type DataFile, errorsOf, readShaped} from './shaped-file.ts';
import {sameIn} from './text.ts';
import {tracks} from './tracks.ts';
import {untranslated, type Wanted} from './translated.ts';

export type {DataFile} from './shaped-file.ts';

const rules = z.array(
  z.strictObject({
    id: string,
    rfc: string,
    step: text,
    plain: z.exactOptional(text),
    text,
    formula: z.exactOptional(z.array(string)),
    cases: z.exactOptional(
      z.record(
        identifier,
        z.strictObject({
          rfc: z.exactOptional(string),
          text: z.exactOptional(text),
          formula: z.exactOptional(z.array(string)),
        }),
      ),
    ),
  }),
);
const counter = z.strictObject({
  lesson: identifier,
  run: z.exactOptional(identifier),
  faults: z.exactOptional(z.array(faultSchema)),
  at: selectorSchemaOf(vocabulary),
  that: string,
  shown: translations,
  believed: translations,
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
const names = z.exactOptional(z.array(string));
const glossary = z.array(
  z.strictObject({
    id: identifier,
    term: text,
    names: z.exactOptional(z.strictObject({en: names, zh: names})),
    tracks: z.exactOptional(z.array(z.enum(tracks))),
    plain: z.exactOptional(text),
    text,
  }),
);
/** The schema of a cell in a card's table; a text that is the same in all languages is written once. */
const cell = z.pipe(
  z.union([string, text], expects('cell')),
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

/** The files of the content that lessons share; a file that does not exist yet counts as an empty list. */
export type DataFiles = {readonly [name in keyof LessonData]?: DataFile};

export const loadData = (
  files: DataFiles,
  languages: Wanted = [],
): Result<LessonData, readonly LessonError[]> => {
  const read = {
    rules: readList(files.rules, rules, languages),
    misconceptions: readList(files.misconceptions, misconceptions, languages),
    glossary: readList(files.glossary, glossary, languages),
    labels: readList(files.labels, glossary, languages),
    cards: readList(files.cards, cards, languages),
  };
  const errors = Object.values(read).flatMap((list) => (list.ok ? [] : list.error));
  if (errors.length > 0) return err(errors);
  return ok({
    rules: entriesOf(read.rules),
    misconceptions: entriesOf(read.misconceptions).map((each) => ({...each, name: each.name ?? each.belief})),
    glossary: entriesOf(read.glossary),
    labels: entriesOf(read.labels),
    cards: entriesOf(read.cards),
  });
};

type List<T> = Result<readonly T[], readonly LessonError[]>;

const entriesOf = <T>(list: List<T>): readonly T[] => (list.ok ? list.value : []);

export const readList = <T extends {readonly id: string}>(
  source: DataFile | undefined,
  schema: z.ZodMiniType<T[]>,
  languages: Wanted,
): List<T> => {
  if (!source) return ok([]);
  const shaped = readShaped(source, schema);
  if (!shaped.ok) return shaped;
  const {data, located} = shaped.value;
  const ids = data.map(({id}) => id);
  const twice = ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{...problemWith(loadDataSentences.standsHereTwice, {id}), path: [index, 'id']}]
      : [],
  );
  const problems = [...untranslated(schema, located.data, languages), ...twice];
  return problems.length > 0 ? err(errorsOf(problems, located, source.file)) : ok(data);
};
