// What a beginner's screen has: `shows:` of a lesson is there from the start, what a beat names comes with that beat.
import {beatsSentences} from '../words/catalogue/lesson.ts';
import {hostProperties} from './host-property.ts';
import {panelNames} from './panel-names.ts';
import type {Path, Problems} from './problems.ts';

/** Values of both ends (`snd.una`), or of one (`client.snd.una`). */
export const valuesOf = (hosts: readonly string[]): readonly string[] => [
  ...hostProperties,
  ...hosts.flatMap((host) => hostProperties.map((value) => `${host}.${value}`)),
];

/** Beside values and panels: the timers that run, how a value came about, and the column of lengths. */
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

/** Of a run that the lesson does not tell step by step: all that it shows somewhere. undefined: it hides nothing. */
export const everShown = ({shows, beats}: Showing): readonly string[] | undefined =>
  shows && [...shows, ...beats.flatMap((beat) => [...beat.show, ...(beat.shows ?? [])])];
