// Makes the pool of questions for practice, which needs several questions about each misconception. It asks about the lessons' runs until
// each misconception has enough.
import type {Lesson} from '../lesson/lesson.ts';
import {type Candidate, candidateOf} from './candidate.ts';
import {isInWordsOf} from './composition.ts';
import {drawFrom} from './draw.ts';
import {generators} from './generators.ts';
import type {AnyKind} from './kind.ts';
import type {Question} from './question.ts';
import {ask, runsOf, type SheetWish, variantOf} from './sheet.ts';
import type {Asked} from './variant.ts';

export type PoolEntry = Candidate & {readonly question: Question};

type PoolWish = SheetWish & {
  /** How many questions about each misconception are enough. */
  readonly each: number;
  /** The misconceptions that the lessons are about; one question is enough for any other. @default all are treated alike */
  readonly about?: ReadonlySet<string>;
  /** Tells whether a question may be in the pool. @default all may */
  readonly accepts?: (question: Question) => boolean;
};

/** The number of questions about each misconception that a practice round needs to find out whether the learner holds it. */
export const enough = 12;

/** How many places are tried for a kind of question in one variant of a run; `mostKept` is how many questions are kept of them. */
const mostTries = 6;
/** How many places are tried for a kind whose questions each simulate the run once more. */
const mostForks = 2;
const mostKept = 2;
/**
 * The largest share of the questions about a misconception that may be of one kind, because a kind occurs at most twice in ten
 * (composition.ts).
 */
const mostOfKind = 1 / 2;
/**
 * After so many variants of a run without a new question, a kind is no longer tried there, because other numbers do not make another
 * question.
 */
const mostFruitless = 4;
/** The most variants (with other seeds or added faults) of each run of a lesson from which questions are made. */
const mostVariants = 16;

class Pool {
  readonly #wish: PoolWish;
  readonly #texts = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** The number of questions in the pool by misconception and kind. */
  readonly #ofKind = new Map<string, number>();
  /**
   * Maps each run and kind of question to the misconceptions that its questions touch, and to the number of variants in a row for which it
   * gave no new question.
   */
  readonly #about = new Map<string, {readonly beliefs: ReadonlySet<string>; readonly fruitless: number}>();

  constructor(wish: PoolWish) {
    this.#wish = wish;
  }

  /**
   * Yields the questions that variant `round` of a lesson adds to the pool; none if there are enough about everything that its run can ask.
   */
  *from(lesson: Lesson, round: number): Generator<PoolEntry, void> {
    const runs = runsOf(lesson).length;
    const run = `${lesson.id} ${round % Math.max(1, runs)}`;
    const {kinds} = this.#wish;
    const wanted = generators.filter(
      ({kind}) =>
        (kinds?.includes(kind) ?? true) && isInWordsOf(lesson, kind) && this.#asksOn(`${run} ${kind}`),
    );
    const asked = wanted.length === 0 ? undefined : variantOf(lesson, round, this.#wish);
    if (!asked) return;
    // Questions are yielded kind by kind, so that the first are available before all are made.
    for (const generator of wanted) {
      const found = this.#ask(generator, asked);
      this.#note(`${run} ${generator.kind}`, found, asked);
      yield* found;
    }
  }

  #asksOn(key: string): boolean {
    const known = this.#about.get(key);
    return known === undefined || (known.fruitless < mostFruitless && this.#isShort(known.beliefs));
  }

  /** Counts a variant without a new question, except if it has an added fault: without one the run may still give questions. */
  #note(key: string, found: readonly PoolEntry[], {faults}: Asked): void {
    if (found.length === 0 && faults.length > 0) return;
    const before = this.#about.get(key);
    const beliefs = new Set([...(before?.beliefs ?? []), ...found.flatMap(({touches}) => touches)]);
    this.#about.set(key, {beliefs, fruitless: found.length > 0 ? 0 : (before?.fruitless ?? 0) + 1});
  }

  #isShort(beliefs: Iterable<string>, most = this.#wish.each): boolean {
    const {about} = this.#wish;
    return [...beliefs].some((belief) => {
      const wanted = about === undefined || about.has(belief) ? most : 1;
      return (this.#counts.get(belief) ?? 0) < wanted;
    });
  }

  /** Tells whether the pool needs a question. One that touches several misconceptions tells more, so more of those are kept. */
  #isWanted({touches, question}: PoolEntry): boolean {
    return this.#isShort(
      touches.filter((belief) => this.#has(belief, question) < this.#wish.each * mostOfKind),
      this.#wish.each * touches.length,
    );
  }

  #has(belief: string, {kind}: Question): number {
    return this.#ofKind.get(`${belief} ${kind}`) ?? 0;
  }

  #count(belief: string, question: Question): void {
    this.#ofKind.set(`${belief} ${question.kind}`, this.#has(belief, question) + 1);
    this.#counts.set(belief, (this.#counts.get(belief) ?? 0) + 1);
  }

  /**
   * Returns at most two new questions of one kind that touch misconceptions with too few questions; if there are none, one that touches
   * none.
   */
  #ask(generator: AnyKind, asked: Asked): readonly PoolEntry[] {
    const {lesson, run, seed} = asked.variant;
    const draw = drawFrom(`practice ${lesson.id} ${run.name} ${seed} ${generator.kind}`);
    const found: PoolEntry[] = [];
    const {accepts = () => true} = this.#wish;
    const tries = generator.simulates ? mostForks : mostTries;
    for (const place of draw.shuffled('places', generator.places(asked)).slice(0, tries)) {
      const question = ask(generator, asked, place);
      if (question && accepts(question)) found.push({...candidateOf(question), question});
    }
    const kept: PoolEntry[] = [];
    for (const entry of found.toSorted((a, b) => b.touches.length - a.touches.length)) {
      if (this.#texts.has(entry.text) || kept.length === mostKept) continue;
      if (!this.#isWanted(entry) && (entry.touches.length > 0 || kept.length > 0)) continue;
      this.#texts.add(entry.text);
      for (const belief of entry.touches) this.#count(belief, entry.question);
      kept.push(entry);
    }
    return kept;
  }
}

/** Yields practice questions lesson by lesson and variant by variant, until each misconception has enough or the variants are used up. */
export function* practicePool(wish: PoolWish): Generator<PoolEntry, void> {
  const pool = new Pool(wish);
  const most = Math.max(0, ...wish.lessons.map((lesson) => mostVariants * runsOf(lesson).length));
  for (let round = 0; round < most; round += 1) {
    for (const lesson of wish.lessons) yield* pool.from(lesson, round);
  }
}
