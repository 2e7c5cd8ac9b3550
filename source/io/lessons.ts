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

/** The part of a shipped lesson that the list and the menu show; it is read from an index, without the lessons themselves. */
export type LessonSummary = Pick<
  Lesson,
  'id' | 'title' | 'summary' | 'track' | 'minutes' | 'rfc' | 'requires'
>;

// Returns the folder of the compiled lessons. It is looked for from dist/, where the built program runs, and from source/io, where this
// file lies.
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
 * Returns a function that computes its value at the first call and keeps it. It is not used for lessons, because everything derived from a
 * lesson would stay in memory.
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
 * The indices of pages in the packed lessons: common data without the rules, interview questions, search data; from `lessons` on the
 * lessons in list order, then the challenge files.
 */
const places = {data: 0, interview: 1, search: 2, lessons: 3};

/** Returns the summaries of the lessons in the order of the curriculum. */
export const lessonSummaries = once((): readonly LessonSummary[] =>
  read(readFileSync(`${folder()}index.json`, 'utf8')),
);

export const lessonIds = (): readonly string[] => lessonSummaries().map(({id}) => id);

/**
 * Returns the summaries of all challenges by level and kind: the files of the challenge track, and the lessons that contain a challenge.
 */
export const challengeSummaries = once((): readonly ChallengeSummary[] =>
  read(readFileSync(`${folder()}challenges.json`, 'utf8')),
);

/** Returns the ids of all packed pages with a lesson: the lessons, then the files of the challenge track. */
const packedIds = (): readonly string[] => [
  ...new Set([...lessonIds(), ...challengeSummaries().map(({id}) => id)]),
];

export const compiledLesson = (id: string): Lesson | undefined => {
  const place = packedIds().indexOf(id);
  if (place === -1) return undefined;
  return wholeGround(page(places.lessons + place, (frame) => wholeCertificates(frame, certificateTexts)));
};

/** Returns a lesson with the texts of the certificates that its runs may name; the packed lesson contains none of them. */
const wholeGround = (lesson: Lesson): Lesson => {
  const {ground} = lesson;
  if (ground?.certificates === undefined) return lesson;
  return {...lesson, ground: {...ground, certificates: Object.fromEntries(certificateTexts())}};
};

/** Returns the texts of the PEM files that lessons may name, by file name. */
export const certificateTexts = once(
  (): ReadonlyMap<string, string> => unpackCertificates(read(unpacked('certificates').toString('utf8'))),
);

export const interviewQuestions = (): readonly InterviewQuestion[] => page(places.interview);

/** Returns the rules that explain events, read from the module `packet-tutor/rules`, which other programs can import as well. */
const rules = (): LessonData['rules'] => {
  const module = readFileSync(`${folder()}rules.js`, 'utf8');
  return read(module.slice(module.indexOf('['), module.lastIndexOf(']') + 1));
};

export const lessonData = once(
  (): LessonData => ({rules: rules(), ...page<Omit<LessonData, 'rules'>>(places.data)}),
);

/** Returns the page of the packed lessons that only the search needs. */
export const searchData = (): SearchPage => page(places.search);
