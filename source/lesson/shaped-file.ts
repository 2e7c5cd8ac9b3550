// Checks a YAML file against a schema: returns its data, or all its errors, each with place and remedy.
import type * as z from 'zod/mini';
import {err, ok, type Result} from '../wire/result.ts';
import type {LessonError} from './lesson-error.ts';
import {placesIn} from './places.ts';
import type {PathProblem} from './problem.ts';
import {schemaProblems} from './schema-problems.ts';
import {type Located, readYaml} from './yaml-source.ts';

/** A YAML file's text; `file` is the name under which its errors are reported. */
export type DataFile = {readonly text: string; readonly file: string};

type Shaped<T> = {readonly data: T; readonly located: Located};

export const readShaped = <T>(
  {text, file}: DataFile,
  schema: z.ZodMiniType<T>,
): Result<Shaped<T>, readonly LessonError[]> => {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    const positionAt = placesIn(text);
    return err(yaml.error.map(({offset, ...found}) => ({...found, file, position: positionAt(offset)})));
  }
  const located = yaml.value;
  const shape = schema.safeParse(located.data);
  if (shape.success) return ok({data: shape.data, located});
  return err(errorsOf(schemaProblems(schema, located.data, shape.error.issues), located, file));
};

/** The most errors of a lesson file that are reported; the author sees the others after correcting these. */
const mostTold = 500;

/** Returns the errors in the order of the file; one that several runs share is reported once. */
export const errorsOf = (
  found: readonly PathProblem[],
  located: Located,
  file: string,
): readonly LessonError[] => {
  const seen = new Set<string>();
  return found
    .slice(0, mostTold)
    .map((each) => ({each, offset: located.offsetOf(each.path, each)}))
    .toSorted((a, b) => a.offset - b.offset)
    .map(({each: {path: _, onKey: __, inside: ___, elsewhere, ...found}, offset}) => ({
      ...found,
      file,
      position: located.positionOf(offset),
      ...elsewhere,
    }))
    .filter(({file: where, position: {line, column}, message}) => {
      const id = `${where} ${line} ${column} ${message.en}`;
      return !seen.has(id) && seen.add(id);
    });
};
