// Chooses quiz questions that the learner has not read lately, so that no question soon comes again with the same numbers. It is a file of
// its own because everything that reads the progress needs it, and the program has to start quickly.
import type {Candidate} from './candidate.ts';
import type {Answer} from './progress-record.ts';

export const dayMs = 86_400_000;

/** The time in ms for which a quiz question is not asked again with the same numbers, as long as another one can be made. */
const restMs = 30 * dayMs;

export const rested = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
  nowMs: number,
): readonly T[] => {
  const asked = new Set<string>();
  for (const {atMs, question, text} of answers) {
    if (atMs > nowMs - restMs) asked.add(question).add(text);
  }
  return pool.filter(({id, text}) => !asked.has(id) && !asked.has(text));
};

/** Returns all quiz questions of a pool, those never read or read the longest ago first, for when no new question can be made. */
export const longestAgo = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
): readonly T[] => {
  const read = new Map<string, number>();
  for (const {atMs, question, text} of answers) read.set(question, atMs).set(text, atMs);
  const last = ({id, text}: T): number => Math.max(read.get(id) ?? -Infinity, read.get(text) ?? -Infinity);
  return pool.toSorted((a, b) => last(a) - last(b));
};
