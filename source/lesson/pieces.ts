// Reads the applications and actors of a run, and returns what they add to it; their protocols read the contents.
import {isRecord} from '../sim/canonical-json.ts';
import {piecesSentences} from '../words/catalogue/lesson.ts';
import {checkKeys} from './construct-keys.ts';
import {problemWith} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {ActorFile, AppFile} from './schema-script.ts';

import type {Construct, Names, Piece, Place} from './vocabulary.ts';

/** A part of a lesson file that has applications and actors: the lesson, a run, or the what-if that changes a run. */
export type Layer = {
  readonly data: {
    readonly apps?: readonly AppFile[] | undefined;
    readonly actors?: readonly ActorFile[] | undefined;
  };
  readonly path: Path;
};

/**
 * Reads the applications and actors of all layers of a run. One in a later layer replaces one of the same kind on the same host; the others
 * stay.
 */
export const readPieces = (layers: readonly Layer[], names: Names, problems: Problems): readonly Piece[] => {
  const {apps, actors} = names.vocabulary;
  const placed = (key: 'apps' | 'actors') =>
    layers.map(({data, path}) =>
      (data[key] ?? []).map((each, index) => ({
        data: each,
        place: {path: [...path, key, index], names, problems},
      })),
    );
  const running = lastOf(placed('apps'), ({data}) => [data['host'], ...wordsIn(data, apps)].join(' '));
  const acting = lastOf(placed('actors'), ({data}) =>
    wordsIn(data, actors)
      .flatMap((word) => [word, data[word]])
      .join(' '),
  );
  return [
    ...running.flatMap(({data, place}) => readApp(data, wordOf(data, apps, place), place)),
    ...acting.flatMap(({data, place}) => readActor(data, wordOf(data, actors, place), place)),
  ];
};

/** Merges lists in which an entry of a later list replaces those of earlier lists with the same id. */
const lastOf = <T>(layers: readonly (readonly T[])[], idOf: (each: T) => string): readonly T[] =>
  layers.reduce<readonly T[]>((below, own) => {
    const taken = own.map(idOf);
    return [...below.filter((each) => !taken.includes(idOf(each))), ...own];
  }, []);

type Words = {readonly [word: string]: Construct<unknown>};

const wordsIn = (data: ActorFile, words: Words): readonly string[] =>
  Object.keys(words).filter((word) => data[word] !== undefined);

/** Returns the one word that names the kind of an application or actor; undefined if there is none or more than one, which is reported. */
const wordOf = (data: ActorFile, words: Words, {path, problems}: Place): string | undefined => {
  const [word, ...others] = wordsIn(data, words);
  if (word !== undefined && others.length === 0) return word;
  problems.add(path, problemWith(piecesSentences.wordOf, {list: Object.keys(words)}));
  return undefined;
};

const readApp = (data: ActorFile, word: string | undefined, place: Place): readonly Piece[] => {
  const {path, names, problems} = place;
  const host = String(data['host']);
  problems.host([...path, 'host'], host, names.hosts);
  if (word === undefined) return [];
  const inner = data[word];
  const app = names.vocabulary.apps[word]?.compile(isRecord(inner) ? inner : {}, {
    ...place,
    path: [...path, word],
  });
  return app ? [app(host)] : [];
};

const readActor = (data: ActorFile, word: string | undefined, place: Place): readonly Piece[] => {
  if (word === undefined) return [];
  const construct = place.names.vocabulary.actors[word];
  if (construct)
    checkKeys(
      data,
      {word, shown: `${word}:`, place: piecesSentences.readActor.place, common: [], construct},
      place,
    );
  const piece = construct?.compile(data, place);
  return piece ? [piece] : [];
};
