// Sorts lessons for lists into shelves: the tracks of the curriculum, then each pack as a shelf of its own.
import {sameIn, type Text} from '../lesson/text.ts';
import {type Track, tracks} from '../lesson/tracks.ts';
import {trackNames} from '../words/catalogue/tracks.ts';

/** The properties that decide a lesson's shelf: its track and, unless it is built in, the name of its pack. */
export type Shelved = {readonly track?: Track; readonly pack?: string};

export type Shelf<Lesson> = {
  readonly key: string;
  readonly name: Text;
  readonly lessons: readonly Lesson[];
};

/** Returns the key of the shelf for a pack's lessons, which differs from the key of every track. */
export const packShelf = (pack: string): string => `pack ${pack}`;

const keyOf = ({track, pack}: Shelved): string => (pack === undefined ? (track ?? '') : packShelf(pack));

/** Returns the shelves (tracks, then packs) that have lessons, in order, with their lessons. */
export const shelves = <Lesson extends Shelved>(lessons: readonly Lesson[]): readonly Shelf<Lesson>[] => {
  const packs = [...new Set(lessons.flatMap(({pack}) => pack ?? []))];
  const all = [
    ...tracks.map((key) => ({key, name: trackNames[key]})),
    ...packs.map((pack) => ({key: packShelf(pack), name: sameIn(pack)})),
  ];
  return all
    .map((shelf) => ({...shelf, lessons: lessons.filter((lesson) => keyOf(lesson) === shelf.key)}))
    .filter((shelf) => shelf.lessons.length > 0);
};

/** Returns the name of the shelf on which a lesson is; empty if it has neither track nor pack. */
export const shelfName = ({track, pack}: Shelved): Text =>
  pack === undefined ? (track ? trackNames[track] : sameIn('')) : sameIn(pack);
