// The lessons that ship with the program, compiled to JSON when it is built.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {LessonData} from '../lesson/data.ts';
import type {Lesson} from '../lesson/lesson.ts';

/** What the list and the menu show, without loading the lessons themselves. */
export type LessonSummary = Pick<
  Lesson,
  'id' | 'title' | 'summary' | 'track' | 'minutes' | 'rfc' | 'requires'
>;

// A chunk of the built program lies in dist/chunks, this file in source/io: the lessons are found from both.
const folder = (): string => {
  const candidates = ['../lessons/', './lessons/', '../../dist/lessons/'].map(
    (path) => new URL(path, import.meta.url),
  );
  const found = candidates.find((url) => existsSync(new URL('index.json', url)));
  if (found === undefined) throw new Error('the compiled lessons are missing: run npm run build');
  return fileURLToPath(found);
};

// What we wrote ourselves when the program was built is taken at its word.
const read = <T>(name: string): T => JSON.parse(readFileSync(`${folder()}${name}.json`, 'utf8'));

/** In the order of the curriculum. */
export const lessonSummaries = (): readonly LessonSummary[] => read('index');

export const lessonIds = (): readonly string[] => lessonSummaries().map(({id}) => id);

export const compiledLesson = (id: string): Lesson | undefined =>
  lessonIds().includes(id) ? read(id) : undefined;

/** PEM files that lessons may name. */
export const certificateTexts = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(read('certificates')));

export const lessonData = (): LessonData => read('data');
