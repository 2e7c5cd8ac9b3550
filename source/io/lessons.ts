// The lessons that ship with the program, compiled to JSON when it is built and packed by track: lessons of a track say much
// the same, and unpacking one takes less than a millisecond.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync} from 'node:zlib';
import type {LessonData} from '../lesson/data.ts';
import type {InterviewQuestion} from '../lesson/interview.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {unpackLesson} from './packed-lesson.ts';

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

const unpacked = (name: string): string =>
  brotliDecompressSync(readFileSync(`${folder()}${name}.br`)).toString('utf8');

// What we wrote ourselves when the program was built is taken at its word.
const read = <T>(text: string): T => JSON.parse(text);

/** In the order of the curriculum. */
export const lessonSummaries = (): readonly LessonSummary[] =>
  read(readFileSync(`${folder()}index.json`, 'utf8'));

export const lessonIds = (): readonly string[] => lessonSummaries().map(({id}) => id);

/** A track has one lesson a line, in the order of the list. */
export const compiledLesson = (id: string): Lesson | undefined => {
  const all = lessonSummaries();
  const track = all.find((lesson) => lesson.id === id)?.track;
  if (track === undefined) return undefined;
  const place = all.filter((lesson) => lesson.track === track).findIndex((lesson) => lesson.id === id);
  return unpackLesson(unpacked(track).split('\n')[place] ?? '', certificateTexts);
};

/** PEM files that lessons may name. */
export const certificateTexts = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(read(unpacked('certificates'))));

export const interviewQuestions = (): readonly InterviewQuestion[] => read(unpacked('interview'));

export const lessonData = (): LessonData => read(unpacked('data'));
