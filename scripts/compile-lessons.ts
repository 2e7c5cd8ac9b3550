// lessons/ → JSON for the program: an index; packed, the lessons and what they share. Called by build.mjs.

import {mkdirSync, writeFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import {namedCertificates, packCertificates, unpackCertificates} from '../source/io/packed-certificates.ts';
import {linesIn, packPages, unpackPage} from '../source/io/packed-pages.ts';
import {byLevel, challengeSummary} from '../source/lesson/challenge-summary.ts';
import type {LessonData} from '../source/lesson/data.ts';
import {withoutProofs} from '../source/lesson/interview.ts';
import {lessonJsonSchema} from '../source/lesson/json-schema.ts';
import type {Lesson, Run} from '../source/lesson/lesson.ts';
import type {LessonError} from '../source/lesson/lesson-error.ts';
import {loadData} from '../source/lesson/load-data.ts';
import {loadInterview} from '../source/lesson/load-interview.ts';
import {loadSearch} from '../source/lesson/load-search.ts';
import {withWords} from '../source/lesson/named-words.ts';
import {scenarioOf} from '../source/lesson/run-scenario.ts';
import {
  type Place,
  type SearchPage,
  type SearchPart,
  searchPage,
  searchPart,
} from '../source/lesson/search-page.ts';
import {firstSights, type Sight, type Sights, sightsIn} from '../source/lesson/sights.ts';
import {signLesson} from '../source/lesson/signed.ts';
import {allTerms} from '../source/lesson/term-names.ts';
import {published} from '../source/lesson/text.ts';
import type {Trace} from '../source/sim/trace.ts';
import {
  certificateFiles,
  challengeFiles,
  curriculumOrder,
  dataFiles,
  interviewFile,
  lessonFiles,
  readLesson,
  searchFile,
} from './lesson-files.ts';
import {simulate} from './simulate.ts';

const report = ({message, remedy, file, position}: LessonError): string =>
  `${file}:${position.line}:${position.column}: ${message.en}\n  ${remedy.en}`;

const orFail = <T>(result: {ok: true; value: T} | {ok: false; error: readonly LessonError[]}): T => {
  if (result.ok) return result.value;
  throw new Error(`a lesson cannot be read\n${result.error.map(report).join('\n')}`);
};

const summary = ({id, title, summary, track, minutes, rfc, requires}: Lesson) => ({
  id,
  title,
  summary,
  track,
  minutes,
  rfc,
  requires,
});

/** Of the runs as their lesson has them. */
const ownTraces = ({id: source}: Lesson): ((run: Run) => Trace) => {
  const known = new Map<string, Trace>();
  return (run) => {
    const trace = known.get(run.name) ?? simulate(scenarioOf(run), {source, run: run.name});
    known.set(run.name, trace);
    return trace;
  };
};

/** What runs are compiled from, without the certificates: the program has all of them. */
const packedGround = ({ground}: Lesson): Pick<Lesson, 'ground'> => {
  return ground?.certificates === undefined ? {} : {ground: {...ground, certificates: {}}};
};

/** What only `check` asks, which reads the lesson's own file, is not published, nor where it stands there. */
const played = (lesson: Lesson): Lesson => {
  const whatIfs = lesson.whatIfs.map((each) => ({...each, checks: [], expect: []}));
  const hidden = new Map<string, unknown>([
    ['position', {line: 1, column: 1}],
    ['named', undefined],
    ['solutionAt', undefined],
  ]);
  const text = JSON.stringify({...lesson, ...packedGround(lesson), checks: [], whatIfs}, (key, value) =>
    hidden.has(key) ? hidden.get(key) : value,
  );
  return JSON.parse(text);
};

/** A text that stands inside another of its language would come out in another order: so far none does. */
const packed = (pages: readonly unknown[]): string => {
  const text = packPages(pages);
  const lines = linesIn(Buffer.from(text));
  for (const [place, page] of pages.entries()) {
    if (JSON.stringify(unpackPage(lines, place)) !== JSON.stringify(page))
      throw new Error(`page ${place} of the lessons comes out of the packing changed`);
  }
  return text;
};

/** The ids of shared data as the search calls them. */
const idsIn = (kind: string, all: readonly {readonly id: string}[]): readonly string[] =>
  all.map(({id}) => `${kind}:${id}`);

/** The places of sights; the first run of a lesson needs no name. */
const placed = (
  kind: string,
  sights: {readonly [id: string]: Sight},
  lessons: readonly Lesson[],
): readonly (readonly [string, Place])[] => {
  const isFirst = ({lesson, run}: Sight): boolean =>
    lessons.some(({id, runs}) => id === lesson && runs[0]?.name === run);
  return Object.entries(sights).map(([id, sight]) => {
    const {lesson, run, event, atUs} = sight;
    return [`${kind}:${id}`, {lesson, ...(isFirst(sight) ? {} : {run}), event, atUs}];
  });
};

/** As they are checked in, or it is said. */
const packedCertificates = (certificates: ReadonlyMap<string, string>) => {
  const packed = packCertificates(certificates);
  for (const [name, pem] of unpackCertificates(packed)) {
    if (pem !== certificates.get(name)) throw new Error(`${name} is not written as RFC 7468 has it`);
  }
  return packed;
};

/** Of `packet-tutor/rules`. */
const rulesType =
  "import type {Rule} from '../core/types/core.js';\nexport declare const rules: readonly Rule[];\n";

/** Lessons that have a challenge, with what the list of challenges shows of it, in the order of that list. */
const solvable = (lessons: readonly Lesson[]) =>
  lessons
    .flatMap((lesson) => {
      const summary = challengeSummary(lesson);
      return summary ? [{lesson, summary}] : [];
    })
    .toSorted((a, b) => byLevel(a.lesson, b.lesson));

/** The files of the track of challenges, in the order of the list, as the program looks for them. */
const challengesIn = (
  folder: string,
  named: (file: string) => string,
  certificates: ReadonlyMap<string, string>,
): readonly Lesson[] =>
  solvable(challengeFiles(folder).map((file) => orFail(readLesson(file, named(file), certificates)))).map(
    ({lesson}) => lesson,
  );

const writeChallenges = (lessons: readonly Lesson[], target: string): void => {
  const summaries = solvable(lessons).map(({summary}) => summary);
  writeFileSync(join(target, 'challenges.json'), JSON.stringify(summaries));
};

/** The program reads it as well as the library: the words of rules are too many to be in the package twice. */
const writeRules = (rules: LessonData['rules'], target: string): void => {
  writeFileSync(join(target, 'rules.js'), `export const rules = ${JSON.stringify(rules)};\n`);
  writeFileSync(join(target, 'rules.d.ts'), rulesType);
};

export const compileLessons = (folder: string, target: string): void => {
  mkdirSync(target, {recursive: true});
  const pack = (name: string, text: string): void =>
    writeFileSync(join(target, `${name}.br`), brotliCompressSync(text));
  // The same on every system: it is compiled in.
  const named = (file: string): string => relative(join(folder, '..'), file).split(sep).join('/');
  const certificates = certificateFiles(folder);
  const data = orFail(loadData(dataFiles(folder), published));
  const {rules, ...shared} = data;
  writeRules(rules, target);
  const sights = new Map<string, Sights>();
  const parts = new Map<string, SearchPart>();
  const challenges = challengesIn(folder, named, certificates);
  const lessons = lessonFiles(folder).map((file) => {
    // Of the check alone.
    const {constants: _, ...lesson} = orFail(readLesson(file, named(file), certificates));
    const traceOf = ownTraces(lesson);
    const signed = signLesson(lesson, traceOf);
    sights.set(lesson.id, sightsIn(signed, allTerms(data), traceOf));
    parts.set(lesson.id, searchPart(signed, traceOf));
    return withWords(signed, shared);
  });
  const ordered = curriculumOrder(lessons, folder);
  writeFileSync(join(target, 'index.json'), JSON.stringify(ordered.map(summary)));
  writeChallenges([...ordered, ...challenges], target);
  const asked = orFail(loadInterview(interviewFile(folder), published));
  const interview = asked.map(withoutProofs);
  const seen = firstSights(ordered.flatMap(({id}) => sights.get(id) ?? []));
  const found = searchPage({
    parts: ordered.flatMap(({id}) => parts.get(id) ?? []),
    data: orFail(loadSearch(searchFile(folder), published)),
    homes: new Map(
      asked.flatMap(({id, points}) => {
        const home = points.find(({proof}) => proof !== undefined)?.proof?.lesson;
        return home === undefined ? [] : [[`interview:${id}`, home] as const];
      }),
    ),
    known: [
      ...idsIn('term', allTerms(data)),
      ...idsIn('belief', data.misconceptions),
      ...idsIn('card', data.cards),
      ...idsIn('rule', rules),
      ...idsIn('interview', interview),
    ],
  });
  if (!found.ok) throw new Error(`lessons/data/search.yaml\n${found.error.join('\n')}`);
  const places = {
    ...Object.fromEntries([...placed('term', seen.terms, lessons), ...placed('rule', seen.rules, lessons)]),
    ...found.value.places,
  };
  const search: SearchPage = {...found.value, places};
  const pages = [shared, interview, search, ...[...ordered, ...challenges].map(played)];
  pack('pages', namedCertificates(packed(pages), certificates));
  pack('certificates', JSON.stringify(packedCertificates(certificates)));
};

/** For editors: `# yaml-language-server: $schema=…`. */
export const writeSchema = (file: string): void => writeFileSync(file, JSON.stringify(lessonJsonSchema()));
