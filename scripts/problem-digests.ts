// What pins where a lesson is refused: each skeleton of a lesson with one line of it gone, twice there, or altered, one line of two in
// turn. In what words it is refused is not pinned, so that every sentence can be changed in one file.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {zoneTexts} from '../source/io/zone-files.ts';
import {checkLesson} from '../source/lesson/check.ts';
import type {LessonError} from '../source/lesson/lesson-error.ts';
import {loadLesson} from '../source/lesson/load.ts';
import {digestOf, type Pinned} from './json-digests.ts';
import {certificateFiles} from './lesson-files.ts';
import {simulate} from './simulate.ts';

const nothingShared = {rules: [], misconceptions: [], glossary: [], labels: [], cards: []};

/** Of a line: nothing, itself twice, itself with other numbers, with another key, with another value, further in. */
const damages: readonly ((line: string) => string)[] = [
  () => '',
  (line) => `${line}\n${line}`,
  (line) => line.replaceAll(/\d+/g, (digits) => String(7 * Number(digits) + 1)),
  (line) => line.replace(/(\w+):/, '$1x:'),
  (line) => line.replace(/(\w+)(\W*)$/, 'nothing$2'),
  (line) => `  ${line}`,
];

const placeText = ({position}: LessonError): string => `${position.line}:${position.column}`;

export const pinnedProblems = (root: string): readonly Pinned[] => {
  const folder = join(root, 'test/fixtures/skeletons');
  const certificates = certificateFiles(join(root, 'lessons'));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      name: `problems of ${name}`,
      digest: (): string => {
        const file = join(folder, name);
        const lines = readFileSync(file, 'utf8').split('\n');
        const zones = zoneTexts(file);
        const problems = lines.flatMap((line, place) => {
          if (place % 2 > 0) return [];
          const text = lines.with(place, damages[(place / 2) % damages.length]?.(line) ?? line).join('\n');
          const loaded = loadLesson(text, name, {zones, certificates});
          const errors = loaded.ok
            ? checkLesson(loaded.value, simulate, {...nothingShared, mostEvents: 2000})
            : loaded.error;
          return [`${place} ${errors.map(placeText).join('\n')}`];
        });
        return digestOf(problems);
      },
    }));
};
