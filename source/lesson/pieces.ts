// Applications and actors of a run → what they add to it. What each is made of is said by its protocol.
import type {Cause} from '../sim/scenario.ts';
import type {Names} from './parser.ts';
import {problem, text} from './problem.ts';
import type {Path, Problems} from './problems.ts';
import type {ActorFile, AppFile} from './schema-script.ts';
import type {Construct, Place} from './vocabulary.ts';

export const readPieces = (
  apps: {readonly apps: readonly AppFile[]; readonly path: Path},
  actors: {readonly actors: readonly ActorFile[]; readonly path: Path},
  names: Names,
  problems: Problems,
): readonly Cause[] => [
  ...apps.apps.flatMap((data, index) => readApp(data, {path: [...apps.path, index], names, problems})),
  ...actors.actors.flatMap((data, index) =>
    readActor(data, {path: [...actors.path, index], names, problems}),
  ),
];

type Words = {
  readonly known: {readonly [word: string]: Construct<unknown>};
  readonly later: readonly string[];
};

/** The one word that says which it is. */
const wordOf = (
  data: AppFile | ActorFile,
  {known, later}: Words,
  {path, problems}: Place,
): string | undefined => {
  const words = [...Object.keys(known), ...later];
  const found = words.filter((word) => data[word] !== undefined);
  const [word] = found;
  if (word !== undefined && found.length === 1) return word;
  problems.add(
    path,
    problem(
      text('which one is meant here?', '这里指的是哪一个？'),
      text(`exactly one of: ${words.join(', ')}`, `只写其中一个：${words.join('、')}`),
    ),
  );
  return undefined;
};

const isMapping = (value: unknown): value is {readonly [key: string]: unknown} =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readApp = (data: AppFile, place: Place): readonly Cause[] => {
  const {path, names, problems} = place;
  problems.host([...path, 'host'], data.host, names.hosts);
  const {apps, later} = names.vocabulary;
  const word = wordOf(data, {known: apps, later: later.apps}, place);
  if (word === undefined) return [];
  const construct = apps[word];
  if (!construct) problems.later([...path, word], 'app', word, Object.keys(apps));
  const inner = data[word];
  const settings = isMapping(inner) ? inner : {};
  const app = construct?.compile(settings, {...place, path: [...path, word]});
  return app?.(data.host).script ?? [];
};

const readActor = (data: ActorFile, place: Place): readonly Cause[] => {
  const {path, names, problems} = place;
  const {actors, later} = names.vocabulary;
  const word = wordOf(data, {known: actors, later: later.actors}, place);
  if (word === undefined) return [];
  const construct = actors[word];
  if (!construct) problems.later([...path, word], 'actor', word, Object.keys(actors));
  return construct?.compile(data, place)?.script ?? [];
};
