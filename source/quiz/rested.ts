// Questions that have rested: nobody reads a question again soon with the same numbers. It stands apart from the questions themselves,
// because whatever looks at the progress needs it, and a start has to be short.
import type {Candidate} from './candidate.ts';
import type {Answer} from './progress-record.ts';

export const dayMs = 86_400_000;

/** No question is read twice with the same numbers within so many days, as long as another one can be made. */
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

/** Where nothing new can be made: what was read the longest ago first. */
export const longestAgo = <T extends Candidate>(
  pool: readonly T[],
  answers: readonly Answer[],
): readonly T[] => {
  const read = new Map<string, number>();
  for (const {atMs, question, text} of answers) read.set(question, atMs).set(text, atMs);
  const last = ({id, text}: T): number => Math.max(read.get(id) ?? -Infinity, read.get(text) ?? -Infinity);
  return pool.toSorted((a, b) => last(a) - last(b));
};
