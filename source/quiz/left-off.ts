// The place at which a learner left a lesson, so that it can be continued there: the run's causes, the time in it and the answers given.
// Reads it from its stored form.
import {isRecord} from '../sim/canonical-json.ts';

type FirstTry = {readonly choice: string; readonly hinted: boolean};
export type KeptAnswer = {readonly choice: string; readonly first?: FirstTry} | 'skipped';

/** A run that the learner made from run `parent` (0 is the lesson's own run) by adding a fault in the notation of `--fault`. */
export type KeptFork = {readonly parent: number; readonly fault: string};

export type LeftOff = {
  /** The time at which the lesson was left, in milliseconds since 1970. */
  readonly atMs: number;
  /** The replay code of the run with which the lesson was opened. */
  readonly code: string;
  /** The runs that the learner made by adding faults; the first of them has number 1. */
  readonly forks: readonly KeptFork[];
  /** The number of the run that the learner watched last; 0 is the one with which the lesson was opened. */
  readonly fork: number;
  /**
   * The viewing time in ms and the simulated time in µs at which the lesson was left. If the pacing has changed since, the simulated time
   * decides.
   */
  readonly viewMs: number;
  readonly us: number;
  readonly beat: number;
  readonly beats: number;
  /** The answers given in the lesson, by the index of the question's beat. */
  readonly answers: {readonly [beat: number]: KeptAnswer};
  readonly firstTries: {readonly [beat: number]: FirstTry};
  /**
   * The question at which the lesson was waiting when it was left, whether its hint was shown and whether it was answered; absent if it was
   * not waiting.
   */
  readonly gate?: {readonly beat: number; readonly hint: boolean; readonly replied: boolean};
  /** The bookmarks that the learner set, as viewing times in ms. */
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

/** Returns the learner's forks from a stored value, in which each must come after its parent; undefined if the value is not such a list. */
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
