// The order of lessons in lists: the tracks of the curriculum, then each pack as a track of its own.
import {sameIn, type Text} from '../lesson/text.ts';
import {type Track, tracks} from '../lesson/tracks.ts';
import {trackNames} from '../words/catalogue/tracks.ts';

/** A lesson's place; `pack` is the name of the lesson's pack, absent for built-in lessons. */
export type Shelved = {readonly track?: Track; readonly pack?: string};

export type Shelf<Lesson> = {
  readonly key: string;
  readonly name: Text;
  readonly lessons: readonly Lesson[];
};

/** Returns a key for a pack, which no track has. */
export const packShelf = (pack: string): string => `pack ${pack}`;

const keyOf = ({track, pack}: Shelved): string => (pack === undefined ? (track ?? '') : packShelf(pack));

/** Returns the shelves that have lessons. */
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

/** Returns the name of a lesson's shelf. */
export const shelfName = ({track, pack}: Shelved): Text =>
  pack === undefined ? (track ? trackNames[track] : sameIn('')) : sameIn(pack);
