// Reads the beliefs of a pack from misconceptions.yaml beside its lessons, and keeps the place of everything for later checks.
import {err, ok, type Result} from '../wire/result.ts';
import {packBeliefsSentences} from '../words/catalogue/lesson-check.ts';
import type {Misconception} from './data.ts';
import type {LessonError} from './lesson-error.ts';
import {type DataFile, loadData} from './load-data.ts';
import type {Position} from './position.ts';
import {type PathProblem, problemWith} from './problem.ts';
import type {Path} from './problems.ts';

import type {Wanted} from './translated.ts';
import {readYaml} from './yaml-source.ts';

type Place = {readonly file: string; readonly position: Position};

/** A function that returns the place of a belief, or of a part of it (`path`), in its file. */
export type BeliefPlace = (id: string, path: Path, inside?: PathProblem['inside']) => Place;

export type PackBeliefs = {readonly beliefs: readonly Misconception[]; readonly beliefPlace: BeliefPlace};

const placesIn = ({text: source, file}: DataFile, beliefs: readonly Misconception[]): BeliefPlace => {
  const yaml = readYaml(source);
  if (!yaml.ok) return () => ({file, position: {line: 1, column: 1}});
  const {offsetOf, positionOf} = yaml.value;
  const indexes = new Map(beliefs.map(({id}, index) => [id, index]));
  return (id, path, inside) => ({
    file,
    position: positionOf(offsetOf([indexes.get(id) ?? 0, ...path], inside ? {inside} : {})),
  });
};

/** Reads the beliefs of a pack. `ours` are the ids of the program's own beliefs, which a pack must not redefine. */
export const readPackBeliefs = (
  source: DataFile,
  ours: readonly string[],
  languages?: Wanted,
): Result<PackBeliefs, readonly LessonError[]> => {
  const data = loadData({misconceptions: source}, languages);
  if (!data.ok) return data;
  const beliefs = data.value.misconceptions;
  const beliefPlace = placesIn(source, beliefs);
  const taken = beliefs
    .filter(({id}) => ours.includes(id))
    .map(({id}) => ({
      ...problemWith(packBeliefsSentences.isOneOf, {id}),
      ...beliefPlace(id, ['id']),
    }));
  return taken.length > 0 ? err(taken) : ok({beliefs, beliefPlace});
};
