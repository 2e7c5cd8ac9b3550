// Loads what people look for beyond the words of lessons: synonyms, settings, error messages, RFC numbers, and subjects that nothing
// teaches (lessons/data/search.yaml).
import * as z from 'zod/mini';
import {err, ok, type Result} from '../wire/result.ts';
import {loadDataSentences} from '../words/catalogue/lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {problemWith} from './problem.ts';
import {identifier, string, text} from './scalars.ts';
import {type DataFile, errorsOf, readShaped} from './shaped-file.ts';
import {untranslated, type Wanted} from './translated.ts';

const words = z._default(z.array(string), []);
/** The schema of the place where a search result is seen: a run of a lesson, from its start, or from the first event that `rule` causes. */
const seen = z.strictObject({
  lesson: identifier,
  run: z.exactOptional(identifier),
  rule: z.exactOptional(string),
});
const shown = z.array(z.strictObject({id: string, words, text, seen}));
const schema = z.strictObject({
  synonyms: z.array(z.strictObject({of: string, words: z.array(string)})),
  settings: shown,
  errors: shown,
  rfcs: z.array(z.strictObject({id: string, title: string, was: z.array(string), seen})),
  uncovered: z.array(z.strictObject({id: string, words, text, near: z.array(string)})),
});

export type SearchData = z.infer<typeof schema>;
export type Seen = z.infer<typeof seen>;

export const loadSearch = (
  source: DataFile,
  languages: Wanted = [],
): Result<SearchData, readonly LessonError[]> => {
  const read = readShaped(source, schema);
  if (!read.ok) return read;
  const {data, located} = read.value;
  const {synonyms, ...tables} = data;
  const twice = Object.entries(tables).flatMap(([table, rows]) => {
    const ids = rows.map(({id}) => id);
    return ids.flatMap((id, index) =>
      ids.indexOf(id) < index
        ? [{...problemWith(loadDataSentences.standsHereTwice, {id}), path: [table, index, 'id']}]
        : [],
    );
  });
  const problems = [...untranslated(schema, located.data, languages), ...twice];
  return problems.length > 0 ? err(errorsOf(problems, located, source.file)) : ok(data);
};
