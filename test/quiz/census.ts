// Candidates of questions, those that are rejected among them: what is rejected and why, and what would make a question undecidable.
import {nodeCrypto} from '../../source/io/crypto.ts';
import type {Lesson} from '../../source/lesson/lesson.ts';
import {generators} from '../../source/quiz/generators.ts';
import type {AnyKind, Candidate, Rejection} from '../../source/quiz/kind.ts';
import {runsOf} from '../../source/quiz/sheet.ts';
import {type Asked, happened} from '../../source/quiz/variant.ts';
import {few} from '../helpers/seeds.ts';

const rejections: Readonly<Record<Rejection, string>> = {
  hidden: 'something not printed matters',
  unseen: 'no field shows it',
  undecided: 'does not follow',
  otherwise: 'the run did otherwise',
  few: 'too few beliefs differ',
  wide: 'too wide',
  trivial: 'nothing to think about',
};

export type Census = {
  candidates: number;
  /** By kind and reason; `asked`: those that are. */
  readonly tally: Map<string, Map<string, number>>;
  /** Equal givens, of which one answer follows, and another answer of the run. */
  readonly conflicts: string[];
  /** Givens that may be changed without a change of what is printed. */
  readonly unprinted: Set<string>;
  /** Distractors that no belief stands behind. */
  readonly unbelieved: string[];
};

/** Of each kind so many have all their givens changed. */
const mostChanged = 12;

const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value * 2 + 1_000_003;
  if (typeof value === 'boolean') return !value;
  if (value === 'client' || value === 'server') return value === 'client' ? 'server' : 'client';
  return typeof value === 'string' ? `${value}x` : undefined;
};

/** Changes each value in turn, and puts it back. */
const unprintedIn = (
  told: NonNullable<Candidate['told']>,
  within: object,
  path: string,
): readonly string[] => {
  const before = told.printed();
  return Object.entries(within).flatMap(([key, value]: [string, unknown]): readonly string[] => {
    const here = `${path}.${/^\d+$/.test(key) ? '#' : key}`;
    // A tag says nothing of the run.
    if (key === 'kind') return [];
    if (value instanceof Object) return unprintedIn(told, value, here);
    const other = changed(value);
    if (other === undefined) return [];
    Reflect.set(within, key, other);
    let after: string;
    try {
      after = told.printed();
    } catch {
      after = 'nothing can be said';
    }
    Reflect.set(within, key, value);
    return after === before ? [here] : [];
  });
};

export class Counting {
  readonly census: Census = {
    candidates: 0,
    tally: new Map(),
    conflicts: [],
    unprinted: new Set(),
    unbelieved: [],
  };
  readonly #known = new Map<string, {readonly did: string; readonly where: string}>();

  add(kind: AnyKind, asked: Asked, place: number): void {
    const candidate = kind.candidate(asked, place);
    const {census} = this;
    const {lesson, run} = asked.variant;
    const where = `${lesson.id}/${run.name} ${kind.kind} #${place}`;
    const reason = 'rejected' in candidate ? candidate.rejected : 'asked';
    const reasons = census.tally.get(kind.kind) ?? new Map<string, number>();
    census.tally.set(kind.kind, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
    census.candidates += 1;
    const {told} = candidate;
    if (!told) return;
    this.#compare(kind, told, where);
    const count = [...reasons.values()].reduce((sum, each) => sum + each, 0);
    if (count <= mostChanged && told.solve())
      for (const path of unprintedIn(told, told.givens, kind.kind)) census.unprinted.add(path);
    if ('question' in candidate) this.#believe(candidate.question, told, where);
  }

  #compare(kind: AnyKind, told: NonNullable<Candidate['told']>, where: string): void {
    const key = `${kind.kind} ${JSON.stringify(told.givens)}`;
    const did = JSON.stringify(told.did);
    const before = this.#known.get(key);
    if (before === undefined) this.#known.set(key, {did, where});
    else if (before.did !== did && told.solve())
      this.census.conflicts.push(`${before.where} ${before.did} | ${where} ${did}: ${key}`);
  }

  #believe(
    {choices, answer, form}: Extract<Candidate, {question: unknown}>['question'],
    told: NonNullable<Candidate['told']>,
    where: string,
  ): void {
    if (form === 'order') return;
    const rights = typeof answer === 'object' ? answer : [answer];
    const wrong = choices.filter(({id}) => !rights.includes(id));
    const right = told.did;
    const believed = new Set(told.believed().flatMap((each) => (typeof each === 'string' ? [each] : each)));
    for (const value of typeof right === 'string' ? [right] : right) believed.delete(value);
    const isMore = wrong.length > believed.size;
    const isSame = new Set(choices.map(({value}) => value)).size < choices.length;
    if (isMore || isSame) this.census.unbelieved.push(where);
  }
}

/** `runs`: of a lesson. */
type Extent = {
  readonly seeds: readonly number[];
  readonly runs: number;
  readonly places: number;
  readonly forks: number;
};

const mostPlaces = 40;

/** Runs of the lessons under these seeds, each kind at so many places of it, which ones by the seed of the tests. */
export const censusOf = (lessons: readonly Lesson[], {seeds, runs, places, forks}: Extent): Census => {
  const counting = new Counting();
  for (const lesson of lessons)
    for (const run of few(runsOf(lesson), runs))
      for (const seed of seeds) {
        const variant = {lesson, run, seed, profile: run.profile, faults: []};
        const asked = happened(variant, {crypto: nodeCrypto, lessons: [lesson]});
        for (const kind of generators)
          for (const place of few(kind.places(asked).slice(0, mostPlaces), kind.simulates ? forks : places))
            counting.add(kind, asked, place);
      }
  return counting.census;
};

/** How many of each kind are asked, and why the others are not. */
export const tallyText = ({candidates, tally}: Census): string =>
  [
    `${candidates} candidates`,
    ...[...tally].map(([kind, reasons]) => {
      const counts = [...reasons]
        .toSorted(([, a], [, b]) => b - a)
        .map(([reason, count]) => `${reason} ${count}`);
      return `  ${kind.padEnd(22)} ${counts.join(', ')}`;
    }),
    ...Object.entries(rejections).map(([reason, why]) => `  ${reason}: ${why}`),
  ].join('\n');

/** The share of those where what follows is not what the run did: of a wrong solver nearly all. */
export const otherwise = ({tally}: Census): readonly string[] =>
  [...tally].flatMap(([kind, reasons]) => {
    const [asked = 0, other = 0] = [reasons.get('asked'), reasons.get('otherwise')];
    return other > 3 && other > 0.5 * (asked + other) ? [`${kind}: ${other} of ${asked + other}`] : [];
  });
