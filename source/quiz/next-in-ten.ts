// Decides which questions may come next in a round that adapts to the learner, by the rules of a sheet (composition.ts). The first ten go
// from easy to hard and alternate subjects; later ones pursue the beliefs that answers showed.
import {inTen, misfitOf, type Rules} from './composition.ts';
import {difficultyOf} from './difficulty.ts';
import {lessonsOwn} from './lesson-topic.ts';
import type {Question} from './question.ts';

/**
 * The highest difficulty level for each place in the first ten questions of a round, if there are such questions. Subjects with few
 * questions have easy ones, which must come early.
 */
const hardestAt: readonly number[] = [0, 0, 0, 1, 1, 1, 2, 3, 5];

/** The number of levels by which a question may be easier than one before it, if there is no harder one. */
const slack = 1;

type Entry = {readonly question: Question};

const lowest = <T>(all: readonly T[], by: (each: T) => number): readonly T[] => {
  const least = Math.min(...all.map(by));
  return all.filter((each) => by(each) === least);
};

/** Returns an estimate of how many of these questions can be asked: each kind counts once, and TCP only up to its share. */
const supplyOf = (questions: readonly Question[], tcpLeft: number): number => {
  const kinds = (isTcp: boolean): number =>
    new Set(questions.flatMap(({kind, topic}) => ((topic === 'tcp') === isTcp ? [kind] : []))).size;
  return Math.min(kinds(true), tcpLeft) + kinds(false);
};

/** Returns the questions that may come next in the first ten of a round, of a fitting difficulty and subject; `ten` were asked already. */
const amongFirst = <T extends Entry>(
  all: readonly T[],
  ten: readonly Question[],
  {isMixed}: Rules,
): readonly T[] => {
  const least = Math.max(0, ...ten.map(difficultyOf));
  const level = ({question}: T): number => difficultyOf(question);
  const from = (lowest: number): readonly T[] => all.filter((each) => level(each) >= lowest);
  // An easier question is better than none, and better than waiting until all runs have been searched.
  const tiers = [from(least), from(least - slack), all];
  const isOfTcp = ({topic}: Question): boolean => topic === 'tcp';
  const tcpLeft = isMixed ? inTen / 2 - ten.filter(isOfTcp).length : inTen;
  // A level is too hard if too few questions from that level on are left to fill the ten.
  const isTooHard = (hardness: number): boolean =>
    hardness > Math.max(least, hardestAt[ten.length] ?? Infinity) ||
    supplyOf(
      from(hardness - slack).map(({question}) => question),
      tcpLeft,
    ) <
      inTen - ten.length;
  const levels = new Set([...new Set(all.map(level))].filter((each) => !isTooHard(each)));
  const easy = tiers
    .map((each) => each.filter((one) => levels.has(level(one))))
    .find((each) => each.length > 0);
  const isAsked = ({question: {topic}}: T): number => ten.filter((each) => each.topic === topic).length;
  const next = easy ?? lowest(tiers.find((each) => each.length > 0) ?? [], level);
  return isMixed ? lowest(next, isAsked) : next;
};

/** The factor by which a question is worth less if its kind, or its packet field, is among the nine before it. */
const again = 0.005;

/** Returns a function that tells how well a question goes with the last ones, from 0 to 1: less if its kind or field was just asked. */
const freshnessAfter = (last: readonly Question[]): ((question: Question) => number) => {
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

type Next<T> = {
  /** Returns the questions of the pool that may come next in the round. */
  readonly fitting: (pool: readonly T[]) => readonly T[];
  /** Returns how well a question goes with those before it, from 0 to 1. */
  readonly standing: (entry: T) => number;
  /** True if the round asks further about beliefs that answers showed, which it does after its first ten questions. */
  readonly pursues: boolean;
};

/** Returns the rules that choose the next question of a round that has asked `before`. */
export const nextAfter = <T extends Entry>(before: readonly Question[], rules: Rules): Next<T> => {
  const last = before.slice(1 - inTen);
  const pursues = before.length >= inTen;
  const freshness = freshnessAfter(last);
  return {
    fitting: (pool) => {
      const composing = {...rules, before: last, ten: last, pursues};
      const all = pool.filter(({question}) => misfitOf(question, composing) === undefined);
      return pursues ? all : amongFirst(all, before, rules);
    },
    standing: ({question}) => freshness(question),
    pursues,
  };
};
