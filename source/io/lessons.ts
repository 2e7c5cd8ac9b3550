// Reads the lessons that ship with the program. The build compiles them to JSON and packs them together, because they share much text;
// unpacking takes a few milliseconds.
import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync} from 'node:zlib';
import type {ChallengeSummary} from '../lesson/challenge-summary.ts';
import type {LessonData} from '../lesson/data.ts';
import type {InterviewQuestion} from '../lesson/interview.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {SearchPage} from '../lesson/search-page.ts';
import {unpackCertificates, wholeCertificates} from './packed-certificates.ts';
import {linesIn, unpackPage} from './packed-pages.ts';

/** The part of a lesson that the list and the menu show, which is read without loading the lessons. */
export type LessonSummary = Pick<
  Lesson,
  'id' | 'title' | 'summary' | 'track' | 'minutes' | 'rfc' | 'requires'
>;

// The built program runs from dist/, and this file lies in source/io; the lessons are found from both.
const folder = (): string => {
  const candidates = ['./lessons/', '../../dist/lessons/'].map((path) => new URL(path, import.meta.url));
  const found = candidates.find((url) => existsSync(new URL('index.json', url)));
  if (found === undefined) throw new Error('the compiled lessons are missing: run npm run build');
  return fileURLToPath(found);
};

const unpacked = (name: string): Buffer => brotliDecompressSync(readFileSync(`${folder()}${name}.br`));

// The JSON is trusted without checks, because our own build has written it.
const read = <T>(text: string): T => JSON.parse(text);

/**
 * Returns a function that makes a value once and keeps it. Lessons are not kept, because everything that is derived from a lesson would be
 * kept with it.
 */
const once = <T>(make: () => T): (() => T) => {
  let made: {readonly value: T} | undefined;
  return () => {
    made ??= {value: make()};
    return made.value;
  };
};

const lines = once(() => linesIn(unpacked('pages')));

const page = <T>(place: number, whole?: (frame: string) => string): T => unpackPage(lines(), place, whole);

/**
 * The places of the pages: the data without the rules, the interview questions, the page of the search, then
 * the lessons in the order of the list, then the files of the track of challenges in the order of theirs.
 */
const places = {data: 0, interview: 1, search: 2, lessons: 3};

/** Returns the summaries of the lessons in the order of the curriculum. */
export const lessonSummaries = once((): readonly LessonSummary[] =>
  read(readFileSync(`${folder()}index.json`, 'utf8')),
);

export const lessonIds = (): readonly string[] => lessonSummaries().map(({id}) => id);

/** Returns the summaries of all challenges by level and sort: files of the track of challenges, and lessons that have one. */
export const challengeSummaries = once((): readonly ChallengeSummary[] =>
  read(readFileSync(`${folder()}challenges.json`, 'utf8')),
);

/** Returns the ids of everything that is packed: lessons, then the files of the track of challenges. */
const packedIds = (): readonly string[] => [
  ...new Set([...lessonIds(), ...challengeSummaries().map(({id}) => id)]),
];

export const compiledLesson = (id: string): Lesson | undefined => {
  const place = packedIds().indexOf(id);
  if (place === -1) return undefined;
  return wholeGround(page(places.lessons + place, (frame) => wholeCertificates(frame, certificateTexts)));
};

/** Returns the lesson with the certificates that its runs may name, which are not packed with it. */
const wholeGround = (lesson: Lesson): Lesson => {
  const {ground} = lesson;
  if (ground?.certificates === undefined) return lesson;
  return {...lesson, ground: {...ground, certificates: Object.fromEntries(certificateTexts())}};
};

/** Returns the PEM files that lessons may name. */
export const certificateTexts = once(
  (): ReadonlyMap<string, string> => unpackCertificates(read(unpacked('certificates').toString('utf8'))),
);

export const interviewQuestions = (): readonly InterviewQuestion[] => page(places.interview);

/** Returns the rules from `packet-tutor/rules`, which is also a module for other programs. */
const rules = (): LessonData['rules'] => {
  const module = readFileSync(`${folder()}rules.js`, 'utf8');
  return read(module.slice(module.indexOf('['), module.lastIndexOf(']') + 1));
};

export const lessonData = once(
  (): LessonData => ({rules: rules(), ...page<Omit<LessonData, 'rules'>>(places.data)}),
);

/** Returns what only the search needs. */
export const searchData = (): SearchPage => page(places.search);
