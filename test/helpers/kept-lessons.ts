// The lessons and what they share, as the compiled source (`compiled.ts`) has read them: kept beside it from one run of the tests to the next, since to read
// them all takes five seconds and every worker does. The folder is named by what is in them and by what reads them.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {deserialize, serialize} from 'node:v8';
import {inject} from 'vitest';
import {dataFiles, readLesson} from '../../scripts/lesson-files.ts';
import type {LessonData} from '../../source/lesson/data.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import type {LessonError} from '../../source/lesson/lesson-error.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import {root} from './root.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the compiled source; undefined where the source is another in memory (`npm run flips`). */
    readonly compiled: string | undefined;
  }
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();

const keptIn = (): string | undefined => {
  const compiled = inject('compiled');
  if (compiled === undefined) return undefined;
  const hash = createHash('sha256').update(process.version);
  const readers = ['scripts/lesson-files.ts', 'package-lock.json'].map((name) => join(root, name));
  for (const file of [...readers, ...filesBelow(join(root, 'lessons'))])
    hash.update(`${file}\n`).update(readFileSync(file));
  return join(compiled, `lessons-${hash.digest('hex').slice(0, 16)}`);
};

let folder: string | undefined;

/** Returns the result of `read`. If an earlier run stored it in the file `name`, it is read from there. */
export const kept = <T>(name: string, read: () => T): T => {
  folder ??= keptIn();
  if (folder === undefined) return read();
  const place = join(folder, name);
  if (existsSync(place)) return deserialize(readFileSync(place));
  const value = read();
  mkdirSync(folder, {recursive: true});
  const made = `${place}.${process.pid}`;
  writeFileSync(made, serialize(value));
  renameSync(made, place);
  return value;
};

const told = (file: string, errors: readonly LessonError[]): Error =>
  new Error(`${file}: ${errors.map(({message}) => message.en).join('; ')}`);

export const lessonIn = (file: string): Lesson =>
  kept(basename(file), () => {
    const lesson = readLesson(file, file.slice(root.length));
    if (!lesson.ok) throw told(file, lesson.error);
    return lesson.value;
  });

let shared: LessonData | undefined;

/** What lessons share. */
export const sharedData = (): LessonData => {
  shared ??= kept('data', () => {
    const data = loadData(dataFiles(join(root, 'lessons')));
    if (!data.ok) throw told('lessons/data', data.error);
    return data.value;
  });
  return shared;
};
