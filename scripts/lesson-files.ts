// The lesson files of a folder, by track, and the order in which lessons are listed.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import process from 'node:process';
import {parse} from 'yaml';
import {zoneTexts} from '../source/io/zone-files.ts';
import type {Misconception} from '../source/lesson/data.ts';
import type {InterviewFile} from '../source/lesson/interview.ts';
import {loadLesson} from '../source/lesson/load.ts';
import {type DataFile, type DataFiles, loadData} from '../source/lesson/load-data.ts';
import {loadInterview} from '../source/lesson/load-interview.ts';
import {published} from '../source/lesson/text.ts';
import {challengeTrack, type Track, tracks} from '../source/lesson/tracks.ts';

const filesOf = (folder: string, track: Track): readonly string[] => {
  try {
    return readdirSync(join(folder, track))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => join(folder, track, name));
  } catch {
    return [];
  }
};

/** `TRACK/ID.yaml` below `folder` for the tracks of the curriculum; `data/` holds what lessons share. */
export const lessonFiles = (folder: string): readonly string[] =>
  tracks.flatMap((track) => filesOf(folder, track));

/** The files of challenges, `challenges/ID.yaml` below `folder`. */
export const challengeFiles = (folder: string): readonly string[] => filesOf(folder, challengeTrack);

/** Texts of the PEM files that lessons may name. */
export const certificateFiles = (folder: string): ReadonlyMap<string, string> => {
  const place = join(folder, 'data', 'certificates');
  const names = readdirSync(place).filter((name) => name.endsWith('.pem'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(place, name), 'utf8')]));
};

let ours: ReturnType<typeof certificateFiles> | undefined;
let beliefs: readonly Misconception[] | undefined;
let interview: readonly InterviewFile[] | undefined;

const misconceptionsIn = (folder: string): readonly Misconception[] => {
  const data = loadData(dataFiles(folder));
  return data.ok ? data.value.misconceptions : [];
};

const interviewIn = (folder: string): readonly InterviewFile[] => {
  const read = loadInterview(interviewFile(folder));
  return read.ok ? read.value : [];
};

/** A lesson, with the zone files beside it. @default certificates those of this repository */
export const readLesson = (
  file: string,
  shown: string,
  certificates?: ReturnType<typeof certificateFiles>,
): ReturnType<typeof loadLesson> => {
  ours ??= certificates ?? certificateFiles(join(process.cwd(), 'lessons'));
  beliefs ??= misconceptionsIn(join(process.cwd(), 'lessons'));
  interview ??= interviewIn(join(process.cwd(), 'lessons'));
  return loadLesson(readFileSync(file, 'utf8'), shown, {
    zones: zoneTexts(file),
    certificates: certificates ?? ours,
    misconceptions: beliefs,
    interview,
    languages: published,
  });
};

const dataNames = ['rules', 'misconceptions', 'glossary', 'labels', 'cards'] as const;

const dataFile = (folder: string, name: string): DataFile | undefined => {
  const file = join(folder, 'data', `${name}.yaml`);
  const shown = relative(dirname(folder), file);
  return existsSync(file) ? {text: readFileSync(file, 'utf8'), file: shown} : undefined;
};

/** What lessons share; a file that is not there yet is left out. */
export const dataFiles = (folder: string): DataFiles => {
  const files: {-readonly [name in keyof DataFiles]: DataFile} = {};
  for (const name of dataNames) {
    const file = dataFile(folder, name);
    if (file) files[name] = file;
  }
  return files;
};

export const searchFile = (folder: string): DataFile =>
  dataFile(folder, 'search') ?? {text: '', file: 'lessons/data/search.yaml'};

export const interviewFile = (folder: string): DataFile | undefined => dataFile(folder, 'interview');

type Ordered = {readonly id: string; readonly track: Track};

/** By track, then as `lessons/data/curriculum.yaml` of `folder` has them; what it does not name comes last, by name. */
export const curriculumOrder = <L extends Ordered>(lessons: readonly L[], folder: string): readonly L[] => {
  const ids: readonly string[] = parse(readFileSync(join(folder, 'data', 'curriculum.yaml'), 'utf8'));
  const placeOf = ({id}: L): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  const ordered: readonly Track[] = tracks;
  return lessons.toSorted(
    (a, b) =>
      ordered.indexOf(a.track) - ordered.indexOf(b.track) ||
      placeOf(a) - placeOf(b) ||
      (a.id < b.id ? -1 : 1),
  );
};
