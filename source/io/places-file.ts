// Stores the places at which lessons were left, in a file beside the progress on this computer: by a lesson's id, or by its path if it did
// not come with the program.
import {dirname, join} from 'node:path';
import {type LeftOff, leftOffOf} from '../quiz/left-off.ts';
import {changeEntries, type Entries, type EntriesTrouble, entriesOf, readEntries} from './entries-file.ts';

export type Places = ReadonlyMap<string, LeftOff>;

export const placesFile = (progressFile: string): string => join(dirname(progressFile), 'places.json');

/** The largest number of places that are stored; nobody has more lessons open. */
const mostPlaces = 200;

const understood = (entries: Entries): Places =>
  new Map(
    Object.entries(entriesOf(entries['places']) ?? {}).flatMap(([lesson, kept]) => {
      const left = leftOffOf(kept);
      return left ? [[lesson, left] as const] : [];
    }),
  );

export const readPlaces = (
  file: string,
): {readonly places: Places; readonly trouble?: EntriesTrouble | undefined} => {
  const {entries, trouble} = readEntries(file);
  return {places: understood(entries), trouble};
};

/** Stores the place at which a lesson was left; `left` undefined deletes it. Only the newest `mostPlaces` places are kept. */
export const changePlace = (
  file: string,
  lesson: string,
  left: LeftOff | undefined,
): EntriesTrouble | undefined =>
  changeEntries(file, (entries) => {
    const others = [...understood(entries)].filter(([each]) => each !== lesson);
    const all = left ? [...others, [lesson, left] as const] : others;
    const newest = all.toSorted(([, one], [, other]) => other.atMs - one.atMs);
    return {places: Object.fromEntries(newest.slice(0, mostPlaces))};
  });
