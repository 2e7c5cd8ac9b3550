// The place where a learner has left a lesson: the causes of the run, the place in it, and the answers given. Both as values and as they
// are stored.
import {isRecord} from '../sim/canonical-json.ts';

type FirstTry = {readonly choice: string; readonly hinted: boolean};
export type KeptAnswer = {readonly choice: string; readonly first?: FirstTry} | 'skipped';

/** A run that the reader made from run `parent` (0 is the run as it was opened) by a fault in the notation of `--fault`. */
export type KeptFork = {readonly parent: number; readonly fault: string};

export type LeftOff = {
  /** The time at which the lesson was left, in milliseconds since 1970. */
  readonly atMs: number;
  /** The replay code of the run as it was opened. */
  readonly code: string;
  /** The runs that the reader made; the first has number 1. */
  readonly forks: readonly KeptFork[];
  /** The number of the run that was watched; 0 is the run as it was opened. */
  readonly fork: number;
  /** Viewing time, and the simulated time there. If the pacing has changed since, the simulated time decides. */
  readonly viewMs: number;
  readonly us: number;
  readonly beat: number;
  readonly beats: number;
  /** The answers by the index of their beat. */
  readonly answers: {readonly [beat: number]: KeptAnswer};
  readonly firstTries: {readonly [beat: number]: FirstTry};
  /** The question at which the lesson had stopped, with whether its hint was shown and whether it had been answered. */
  readonly gate?: {readonly beat: number; readonly hint: boolean; readonly replied: boolean};
  /** The bookmarks in viewing time. */
  readonly bookmarks: readonly number[];
};

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
export const isCount = (value: unknown): value is number => isAmount(value) && Number.isSafeInteger(value);

const firstOf = (value: unknown): FirstTry | undefined => {
  if (!isRecord(value)) return undefined;
  const {choice, hinted} = value;
  return typeof choice === 'string' && typeof hinted === 'boolean' ? {choice, hinted} : undefined;
};

const answerOf = (value: unknown): KeptAnswer | undefined => {
  if (value === 'skipped') return value;
  if (!isRecord(value)) return undefined;
  const {choice} = value;
  const first = firstOf(value['first']);
  return typeof choice === 'string' ? {choice, ...(first ? {first} : {})} : undefined;
};

const byBeat = <Given>(value: unknown, read: (given: unknown) => Given | undefined): Record<string, Given> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).flatMap(([beat, given]) => {
      const known = read(given);
      return known === undefined ? [] : [[beat, known] as const];
    }),
  );

const gateOf = (value: unknown): LeftOff['gate'] => {
  if (!isRecord(value)) return undefined;
  const {beat, hint, replied} = value;
  return isCount(beat) && typeof hint === 'boolean' && typeof replied === 'boolean'
    ? {beat, hint, replied}
    : undefined;
};

/** Returns the forks of a stored value, in which each comes after its parent; undefined if these are none. */
const forksOf = (value: unknown): readonly KeptFork[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const forks = value.flatMap((each: unknown, index) => {
    if (!isRecord(each)) return [];
    const {parent, fault} = each;
    return isCount(parent) && parent <= index && typeof fault === 'string' ? [{parent, fault}] : [];
  });
  return forks.length === value.length ? forks : undefined;
};

/** Reads the place where a learner left a lesson from a stored value; undefined if the value is none. */
export const leftOffOf = (value: unknown): LeftOff | undefined => {
  if (!isRecord(value)) return undefined;
  const {atMs, code, fork, viewMs, us, beat, beats, bookmarks} = value;
  const forks = forksOf(value['forks']);
  const gate = gateOf(value['gate']);
  if (!isAmount(atMs) || typeof code !== 'string' || !forks || !isCount(fork) || fork > forks.length)
    return undefined;
  if (!isAmount(viewMs) || typeof us !== 'number' || !isCount(beat) || !isCount(beats)) return undefined;
  return {
    ...{atMs, code, forks, fork, viewMs, us, beat, beats},
    answers: byBeat(value['answers'], answerOf),
    firstTries: byBeat(value['firstTries'], firstOf),
    ...(gate ? {gate} : {}),
    bookmarks: Array.isArray(bookmarks) ? bookmarks.filter(isAmount) : [],
  };
};
