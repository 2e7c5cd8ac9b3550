// Reads the zone files in the folder zones/ beside a lesson.
import {readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {readText} from './files.ts';

/** The largest number of zone files that are read from a folder; a lesson has only a few. */
const mostFiles = 200;
const mostMebibytes = 1;

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.zone'))
      .sort()
      .slice(0, mostFiles);
  } catch {
    return [];
  }
};

/** Returns the texts of the zone files by file name, without those that cannot be read as text. */
export const zoneTexts = (lesson: string): ReadonlyMap<string, string> => {
  const folder = join(dirname(lesson), 'zones');
  return new Map(
    filesIn(folder).flatMap((name) => {
      const text = readText(join(folder, name), mostMebibytes);
      return text.ok ? [[name, text.value] as const] : [];
    }),
  );
};
