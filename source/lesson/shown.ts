// Reads which parts of the screen a beginner sees in a lesson: those in the lesson's `shows:` from the start, and those that beats add.
import {beatsSentences} from '../words/catalogue/lesson.ts';
import {hostProperties} from './host-property.ts';
import {panelNames} from './panel-names.ts';
import type {Path, Problems} from './problems.ts';

/** Returns the names of properties that a lesson can show: those of any host (`snd.una`), and those of each host (`client.snd.una`). */
export const valuesOf = (hosts: readonly string[]): readonly string[] => [
  ...hostProperties,
  ...hosts.flatMap((host) => hostProperties.map((value) => `${host}.${value}`)),
];

/**
 * The parts of the screen, besides values and panels, that `shows:` may name: the running timers, the formula of a value, and the column of
 * lengths.
 */
const parts = ['timers', 'formulas', 'len'] as const;
export type ShownPart = (typeof parts)[number];

export const readShows = (
  shows: readonly string[] | undefined,
  path: Path,
  hosts: readonly string[],
  problems: Problems,
): readonly string[] | undefined => {
  const known = [...parts, ...panelNames, ...valuesOf(hosts)];
  for (const [index, name] of (shows ?? []).entries())
    problems.knows([...path, index], beatsSentences.shows, name, known);
  return shows;
};

type Showing = {
  readonly shows?: readonly string[] | undefined;
  readonly beats: readonly {readonly show: readonly string[]; readonly shows?: readonly string[]}[];
};

/**
 * Returns the names of all parts of the screen that a lesson shows at any time, for runs that have no beats; undefined if the lesson hides
 * nothing.
 */
export const everShown = ({shows, beats}: Showing): readonly string[] | undefined =>
  shows && [...shows, ...beats.flatMap((beat) => [...beat.show, ...(beat.shows ?? [])])];
