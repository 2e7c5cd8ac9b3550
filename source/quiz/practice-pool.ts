// Questions for practice. A sheet spreads its questions evenly, but practice needs several about each belief. The pool therefore asks
// everything that the lessons' runs can be asked, and then more about beliefs with few questions.
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
  /** How many questions about each belief are enough. */
  readonly each: number;
  /** The beliefs that the lessons are about; one question is enough for any other. @default all are treated alike */
  readonly about?: ReadonlySet<string>;
  /** Tells whether a question may be asked. @default all may */
  readonly accepts?: (question: Question) => boolean;
};

/** The number of questions about each belief in a round that is to find out whether it is held. */
export const enough = 12;

/** The most places that are tried for a kind in one variant of a run; `mostKept` is the most questions kept. */
const mostTries = 6;
/** The most places that are tried where each try simulates the run once more. */
const mostForks = 2;
const mostKept = 2;
/**
 * The largest share of the questions about a belief that one kind may have, because a kind occurs at most twice in ten (composition.ts).
 */
const mostOfKind = 1 / 2;
/** Other numbers do not change a concept, so after this many variants without a new text a kind is given up. */
const mostFruitless = 4;
/** The most variants of each run of a lesson. */
const mostVariants = 16;

class Pool {
  readonly #wish: PoolWish;
  readonly #texts = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** Counts of questions by belief and kind. */
  readonly #ofKind = new Map<string, number>();
  /** The beliefs that the questions of a run and kind were about, and how many times in a row there was no new one. */
  readonly #about = new Map<string, {readonly beliefs: ReadonlySet<string>; readonly fruitless: number}>();

  constructor(wish: PoolWish) {
    this.#wish = wish;
  }

  /** Yields the questions that variant `round` of the lesson adds: none if all that its run is about is asked often enough. */
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
    // Questions are made kind by kind, so that the first ones are there without waiting for all.
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

  /** A run that cannot be asked with an extra fault may be asked without one, so such a failure is not counted. */
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

  /**
   * Tells whether a question is needed. One in which several beliefs can show tells more than one about each, so more of those are kept.
   */
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

  /** Returns the questions that touch the most beliefs with too few questions; if there are none, one that touches no belief. */
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

/** Generates questions lesson by lesson, until each belief has enough or the runs are exhausted. */
export function* practicePool(wish: PoolWish): Generator<PoolEntry, void> {
  const pool = new Pool(wish);
  const most = Math.max(0, ...wish.lessons.map((lesson) => mostVariants * runsOf(lesson).length));
  for (let round = 0; round < most; round += 1) {
    for (const lesson of wish.lessons) yield* pool.from(lesson, round);
  }
}
