// The lesson files of a folder, in the order of the curriculum: by track, then what is required first.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {tracks} from '../source/lesson/lesson.ts';
import type {DataFile, DataFiles} from '../source/lesson/load-data.ts';

/** `TRACK/ID.yaml` below `folder`; `data/` holds what lessons share. */
export const lessonFiles = (folder: string): readonly string[] =>
  tracks.flatMap((track) => {
    try {
      return readdirSync(join(folder, track))
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => join(folder, track, name));
    } catch {
      return [];
    }
  });

const dataNames = ['rules', 'misconceptions', 'glossary', 'cards'] as const;

/** What lessons share; a file that is not there yet is left out. */
export const dataFiles = (folder: string): DataFiles => {
  const files: {-readonly [name in keyof DataFiles]: DataFile} = {};
  for (const name of dataNames) {
    const file = join(folder, 'data', `${name}.yaml`);
    const shown = relative(dirname(folder), file);
    if (existsSync(file)) files[name] = {text: readFileSync(file, 'utf8'), file: shown};
  }
  return files;
};

type Ordered = {
  readonly id: string;
  readonly track: (typeof tracks)[number];
  readonly requires: readonly string[];
};

/** Stable: lessons that ask for nothing of each other stay as they were. */
export const curriculumOrder = <L extends Ordered>(lessons: readonly L[]): readonly L[] => {
  const placed: L[] = [];
  const waiting = lessons.toSorted((a, b) => tracks.indexOf(a.track) - tracks.indexOf(b.track));
  while (waiting.length > 0) {
    const free = (lesson: L): boolean =>
      !lesson.requires.some((id) => waiting.some((other) => other.id === id));
    const next = Math.max(0, waiting.findIndex(free));
    placed.push(...waiting.splice(next, 1));
  }
  return placed;
};
