// Makes questions for the review cards that are due, only as many as are needed: for each card until one is found that was not read lately,
// or until its runs give no more.
import type {Lesson} from '../lesson/lesson.ts';
import {candidateOf} from './candidate.ts';
import {drawFrom} from './draw.ts';
import {generators} from './generators.ts';
import {type GrowingPool, growingPool} from './growing-pool.ts';
import type {AnyKind} from './kind.ts';
import type {PoolEntry} from './practice-pool.ts';
import type {Answer} from './progress-record.ts';
import {asksFor, type CardName, keyOf, nextReview, type ReviewCard} from './schedule.ts';
import {ask, runsOf, type SheetWish, variantOf} from './sheet.ts';
import type {Asked} from './variant.ts';

/**
 * The most variants of each lesson's run, and the most places per kind of question in one variant, from which review questions are made.
 */
const mostVariants = 6;
const mostTries = 8;
/** After this many attempts in a row without a new question for a review card, no more are made for it. */
const mostInVain = 600;
/** The number of questions made for a review card at a time, from which one is chosen. */
const enough = 4;

export class ReviewPool {
  readonly #wish: SheetWish;
  /**
   * The learner's answers so far. Kinds and lessons whose earlier questions could show a belief are tried first for that belief's review
   * card.
   */
  readonly #asked: readonly Answer[];
  readonly #variants = new Map<string, Asked | undefined>();
  readonly #supplies = new Map<string, GrowingPool<PoolEntry>>();

  constructor(wish: SheetWish, answers: readonly Answer[]) {
    this.#wish = wish;
    this.#asked = answers;
  }

  /** Tells whether any question can be made for this review card. */
  has(card: CardName): boolean {
    return this.#supplyOf(card).grow(1);
  }

  /** Returns a question for the first due review card that has one; undefined if no due card has one. */
  next(
    due: readonly ReviewCard[],
    answers: readonly Answer[],
    chance: {readonly nowMs: number; readonly draw: number},
  ): PoolEntry | undefined {
    for (const [index, card] of due.entries()) {
      const supply = this.#supplyOf(card);
      const order = [card, ...due.toSpliced(index, 1)];
      for (let least = enough; ; least += enough) {
        const isAll = !supply.grow(least);
        const found = nextReview(supply.entries, order, answers, {...chance, isAll});
        if (found) return found;
        if (isAll) break;
      }
    }
    return undefined;
  }

  #supplyOf(card: CardName): GrowingPool<PoolEntry> {
    const known = this.#supplies.get(keyOf(card));
    if (known) return known;
    const made = growingPool(this.#questionsFor(card));
    this.#supplies.set(keyOf(card), made);
    return made;
  }

  #variant(lesson: Lesson, round: number): Asked | undefined {
    const key = `${lesson.id} ${round}`;
    if (!this.#variants.has(key)) this.#variants.set(key, variantOf(lesson, round, this.#wish));
    return this.#variants.get(key);
  }

  /**
   * Returns the kinds of questions that can ask for a review card. A skill card names its kind; for a belief, the kinds of earlier
   * questions that could show it come first.
   */
  #kindsFor({kind, name}: CardName): readonly AnyKind[] {
    if (kind === 'skill') return generators.filter((each) => name.endsWith(`/${each.kind}`));
    const shown = new Set<string>(
      this.#asked.flatMap(({touches, asks}) => (touches.includes(name) ? [asks] : [])),
    );
    return generators.toSorted((a, b) => Number(shown.has(b.kind)) - Number(shown.has(a.kind)));
  }

  #lessonsFor({kind, name}: CardName): readonly Lesson[] {
    const {lessons} = this.#wish;
    if (kind === 'skill') return lessons.filter(({id}) => name.startsWith(`${id}/`));
    const shown = new Set(
      this.#asked.flatMap(({touches, lesson}) => (touches.includes(name) ? [lesson] : [])),
    );
    return lessons.toSorted((a, b) => Number(shown.has(b.id)) - Number(shown.has(a.id)));
  }

  *#questionsFor(card: CardName): Generator<PoolEntry, void> {
    const lessons = this.#lessonsFor(card);
    const kinds = this.#kindsFor(card);
    const texts = new Set<string>();
    let inVain = 0;
    const rounds = Math.max(0, ...lessons.map((lesson) => mostVariants * runsOf(lesson).length));
    for (let round = 0; round < rounds; round += 1)
      for (const lesson of lessons) {
        const asked = this.#variant(lesson, round);
        if (!asked) continue;
        for (const kind of kinds)
          for (const place of this.#places(kind, asked)) {
            const question = ask(kind, asked, place);
            const entry = question && {...candidateOf(question), question};
            inVain += 1;
            if (!entry || !asksFor(entry, card) || texts.has(entry.text)) continue;
            inVain = 0;
            texts.add(entry.text);
            yield entry;
          }
        if (inVain > mostInVain) return;
      }
  }

  #places(kind: AnyKind, asked: Asked): readonly number[] {
    const {lesson, run, seed} = asked.variant;
    const draw = drawFrom(`review ${lesson.id} ${run.name} ${seed} ${kind.kind}`);
    return draw.shuffled('places', kind.places(asked)).slice(0, kind.simulates ? 2 : mostTries);
  }
}
