// The lessons that ship with the program, compiled to JSON when it is built and packed all together: they say much the same, and
// unpacking them takes a few milliseconds.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync} from 'node:zlib';
import type {LessonData} from '../lesson/data.ts';
import type {InterviewQuestion} from '../lesson/interview.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {Sights} from '../lesson/sights.ts';
import {unpackCertificates, wholeCertificates} from './packed-certificates.ts';
import {linesIn, unpackPage} from './packed-pages.ts';

/** What the list and the menu show, without loading the lessons themselves. */
export type LessonSummary = Pick<
  Lesson,
  'id' | 'title' | 'summary' | 'track' | 'minutes' | 'rfc' | 'requires'
>;

// The built program runs from dist/, this file lies in source/io: the lessons are found from both.
const folder = (): string => {
  const candidates = ['./lessons/', '../../dist/lessons/'].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(new URL('index.json', url)));
  if (found === undefined) throw new Error('the compiled lessons are missing: run npm run build');
  return fileURLToPath(found);
};

const unpacked = (name: string): Buffer => brotliDecompressSync(readFileSync(`${folder()}${name}.br`));

// What we wrote ourselves when the program was built is taken at its word.
const read = <T>(text: string): T => JSON.parse(text);

/** What everybody asks for again; lessons are not kept, because what is worked out of one lives as long as it does. */
const once = <T>(make: () => T): (() => T) => {
  let made: {readonly value: T} | undefined;
  return () => {
    made ??= {value: make()};
    return made.value;
  };
};

const lines = once(() => linesIn(unpacked('pages')));

const page = <T>(place: number, whole?: (frame: string) => string): T => unpackPage(lines(), place, whole);

/** The pages: the data without the rules, the questions of the interview, where what one looks up is seen, then a lesson each, in the order of the list. */
const places = {data: 0, interview: 1, sights: 2, lessons: 3};

/** In the order of the curriculum. */
export const lessonSummaries = once((): readonly LessonSummary[] =>
  read(readFileSync(`${folder()}index.json`, 'utf8')),
);

export const lessonIds = (): readonly string[] => lessonSummaries().map(({id}) => id);

export const compiledLesson = (id: string): Lesson | undefined => {
  const place = lessonIds().indexOf(id);
  if (place === -1) return undefined;
  return page(places.lessons + place, (frame) => wholeCertificates(frame, certificateTexts));
};

/** PEM files that lessons may name. */
export const certificateTexts = once(
  (): ReadonlyMap<string, string> => unpackCertificates(read(unpacked('certificates').toString('utf8'))),
);

export const interviewQuestions = (): readonly InterviewQuestion[] => page(places.interview);

/** The list in `packet-tutor/rules`, which is a module for others. */
const rules = (): LessonData['rules'] => {
  const module = readFileSync(`${folder()}rules.js`, 'utf8');
  return read(module.slice(module.indexOf('['), module.lastIndexOf(']') + 1));
};

export const lessonData = once(
  (): LessonData => ({rules: rules(), ...page<Omit<LessonData, 'rules'>>(places.data)}),
);

export const lessonSights = once((): Sights => page(places.sights));
