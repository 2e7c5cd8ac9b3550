// Which questions may come next in a round that adapts: by the rules of a sheet (composition.ts), from easy to hard within ten, and with
// the subjects in turn.
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

/** Returns the questions of the pool that may come after `before`. */
export const fittingNext = <T extends Entry>(
  pool: readonly T[],
  before: readonly Question[],
  rules: Rules,
): readonly T[] => {
  const ten = before.slice(before.length - (before.length % inTen));
  const last = before.slice(1 - inTen);
  const least = Math.max(0, ...ten.map(difficultyOf));
  const level = ({question}: T): number => difficultyOf(question);
  const all = pool.filter(({question}) => misfitOf(question, {...rules, before, ten: last}) === undefined);
  const from = (lowest: number): readonly T[] => all.filter((each) => level(each) >= lowest);
  // An easier question is better than none, and than to wait until all runs have been asked.
  const tiers = [from(least), from(least - slack), all];
  const isOfTcp = ({topic}: Question): boolean => topic === 'tcp';
  const tcpLeft = rules.isMixed ? inTen / 2 - last.filter(isOfTcp).length : inTen;
  // A level is too hard if the questions from there on are too few for the rest of the ten.
  const isTooHard = (hardness: number): boolean =>
    hardness > Math.max(least, hardestAt[ten.length] ?? Infinity) ||
    supplyOf(
      from(hardness - slack).map(({question}) => question),
      tcpLeft,
    ) <
      inTen - ten.length;
  const easy = tiers
    .map((each) => each.filter((one) => !isTooHard(level(one))))
    .find((each) => each.length > 0);
  const isAsked = ({question: {topic}}: T): number => ten.filter((each) => each.topic === topic).length;
  return lowest(easy ?? lowest(tiers.find((each) => each.length > 0) ?? [], level), isAsked);
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
