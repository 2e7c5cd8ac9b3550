// Which questions may come next in a round that adapts: by the rules of a sheet (composition.ts) for any ten in a row. The first ten go
// from easy to hard, with the subjects in turn; a longer round then pursues the beliefs that the answers show.
import {inTen, misfitOf, type Rules} from './composition.ts';
import {difficultyOf} from './difficulty.ts';
import {lessonsOwn} from './lesson-topic.ts';
import type {Question} from './question.ts';

/**
 * The highest difficulty at each place of ten, as long as there are such questions. Most questions of the thin subjects are easy, so that
 * they would come too late behind a harder one of TCP.
 */
const hardestAt: readonly number[] = [0, 0, 0, 1, 1, 1, 2, 3, 5];

/** So much easier than one before it a question may be if there is no harder one. */
const slack = 1;

type Entry = {readonly question: Question};

const lowest = <T>(all: readonly T[], by: (each: T) => number): readonly T[] => {
  const least = Math.min(...all.map(by));
  return all.filter((each) => by(each) === least);
};

/** Returns how many of these questions can follow one another: TCP has its share only, and no kind counts more than once. */
const supplyOf = (questions: readonly Question[], tcpLeft: number): number => {
  const kinds = (isTcp: boolean): number =>
    new Set(questions.flatMap(({kind, topic}) => ((topic === 'tcp') === isTcp ? [kind] : []))).size;
  return Math.min(kinds(true), tcpLeft) + kinds(false);
};

/** Returns those of the questions that fit the rules that may come after `ten`, the first questions of a round. */
const amongFirst = <T extends Entry>(
  all: readonly T[],
  ten: readonly Question[],
  {isMixed}: Rules,
): readonly T[] => {
  const least = Math.max(0, ...ten.map(difficultyOf));
  const level = ({question}: T): number => difficultyOf(question);
  const from = (lowest: number): readonly T[] => all.filter((each) => level(each) >= lowest);
  // An easier question is better than none, and than to wait until all runs have been asked.
  const tiers = [from(least), from(least - slack), all];
  const isOfTcp = ({topic}: Question): boolean => topic === 'tcp';
  const tcpLeft = isMixed ? inTen / 2 - ten.filter(isOfTcp).length : inTen;
  // A level is too hard if the questions from there on are too few for the rest of the ten.
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

/** The factor on the worth of a question whose kind, or whose field of a packet, is among the nine questions before it. */
const again = 0.005;

/** Returns how well a question that may come next goes with the last ones, from 0 to 1. */
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
  /** Returns the questions of the pool that may come next. */
  readonly fitting: (pool: readonly T[]) => readonly T[];
  /** Returns how well such a question goes with those before it, from 0 to 1. */
  readonly standing: (entry: T) => number;
  /** True if beliefs that showed are pursued. */
  readonly pursues: boolean;
};

/** Returns what decides about the question that comes next in a round that has asked `before`. */
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
