// Which questions may come next in a round that adapts: by the rules of a sheet (composition.ts), from easy to hard within ten, and with
// the subjects in turn.
import {difficultyOf, inTen, misfitOf, type Rules} from './composition.ts';
import {lessonsOwn} from './lesson-topic.ts';
import type {Question} from './question.ts';

/**
 * The highest difficulty at each place of ten, as long as there are such questions. Most questions of the thin subjects are easy, so that
 * they would come too late behind a harder one of TCP.
 */
const hardestAt: readonly number[] = [0, 0, 0, 1, 1, 1, 2, 3, 5];

type Entry = {readonly question: Question};

const least = <T>(all: readonly T[], by: (each: T) => number): readonly T[] => {
  const lowest = Math.min(...all.map(by));
  return all.filter((each) => by(each) === lowest);
};

/** Returns the questions of the pool that may come after `before`. */
export const fittingNext = <T extends Entry>(
  pool: readonly T[],
  before: readonly Question[],
  rules: Rules,
): readonly T[] => {
  const ten = before.slice(before.length - (before.length % inTen));
  const last = before.slice(1 - inTen);
  const asked = Math.max(0, ...ten.map(difficultyOf));
  const level = ({question}: T): number => difficultyOf(question);
  const fitting = pool.filter(
    (each) => level(each) >= asked && misfitOf(each.question, {...rules, before, ten: last}) === undefined,
  );
  const hardest = hardestAt[ten.length] ?? Infinity;
  const easy = fitting.filter((each) => level(each) <= Math.max(asked, hardest));
  const isAsked = ({question: {topic}}: T): number => ten.filter((each) => each.topic === topic).length;
  return least(easy.length > 0 ? easy : least(fitting, level), isAsked);
};

/** The factor on the worth of a question whose kind, or whose field of a packet, is among the nine questions before it. */
const again = 0.005;

/** Returns how well a question that may come next goes with those before it, from 0 to 1. */
export const freshnessAfter = (before: readonly Question[]): ((question: Question) => number) => {
  const last = before.slice(1 - inTen);
  const isField = (field: string): boolean => !field.includes(':');
  return ({kind, evidence: {field}}) =>
    last.some(
      (each) =>
        (each.kind === kind && !lessonsOwn.includes(kind)) ||
        (each.evidence.field === field && isField(field)),
    )
      ? again
      : 1;
};
