// Generates questions spread evenly over lessons and kinds, from which sheets are composed.

import {fileName} from '../lesson/file-name.ts';
import {hash32} from '../lesson/hash.ts';
import type {Lesson, Run} from '../lesson/lesson.ts';
import {allRuns} from '../lesson/run-variant.ts';
import type {Fault} from '../sim/fault.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import {byAuthor, isInWordsOf, onPoint, rulesFor, wordsOf} from './composition.ts';
import {type Draw, drawFrom} from './draw.ts';
import {generators} from './generators.ts';
import type {AnyKind} from './kind.ts';
import {type QuestionKind, topicOf} from './kinds.ts';
import type {Question} from './question.ts';
import {type Asked, happened, type Variant} from './variant.ts';

export type SheetWish = {
  readonly lessons: readonly Lesson[];
  readonly seed: number;
  readonly crypto?: CryptoPort | undefined;
  /** The kinds of questions that the sheet may ask. @default all */
  readonly kinds?: readonly QuestionKind[];
  /** The run, profile and faults that all questions of the sheet are to be about; whatever is undefined or empty is drawn at random. */
  readonly fixed?: Fixed;
  /** True if every second round of runs keeps each run's own seed, with which a lesson pins small initial sequence numbers. */
  readonly isSmall?: boolean;
  /** The most events that a simulated run may have; the quiz asks nothing about a longer one. @default quizEvents */
  readonly mostEvents?: number | undefined;
};

type Fixed = {
  readonly run?: string | undefined;
  readonly profile?: ProfileName | undefined;
  readonly faults: readonly Fault[];
};

/** The number of questions that are asked about one simulated run before another run of the lesson is drawn. */
const questionsPerRun = 4;
/** The most questions off the lesson's subject that are set aside while one on the subject is sought. */
const mostAside = 12;
/** The number of questions of one kind that are made, of which the one on the subject in which most beliefs can show is asked. */
const candidates = 3;
const mostTries = 8;
/** The number of seeds from which that of a run's variant is drawn. Seeds are small because people type them in commands. */
const seeds = 9973;

/** Returns the runs of a lesson that the quiz can ask about; those with counterfactual machines (`notTcp`) are left out. */
export const runsOf = (lesson: Lesson): readonly Run[] =>
  allRuns(lesson).filter(({notTcp}) => notTcp === undefined);

/**
 * Returns the faults to add to a variant of a run: in one of three, drawn at random, a packet is lost; none if the run has faults of its
 * own.
 */
const faultsFor = (plain: Asked, draw: Draw): readonly Fault[] => {
  const {trace, variant} = plain;
  if (variant.run.faults.length > 0 || draw.below('faulty', 3) > 0 || trace.packetCount === 0) return [];
  return [{kind: 'drop', at: {packet: 1 + draw.below('packet', Math.min(trace.packetCount, 12))}}];
};

const isTooLong = ({trace}: Asked): boolean => trace.endReason === 'budget';

/** Runs that exceeded the limit of events, so that no further variant of them is simulated. */
const tooLong = new WeakSet<Run>();

/** Returns the runs of a lesson in random order for a sheet of questions; only the named one if the wish fixes a run. */
const drawnRuns = (lesson: Lesson, {fixed}: SheetWish, draw: Draw): readonly Run[] =>
  draw.shuffled(
    'runs',
    runsOf(lesson).filter(({name}) => fixed?.run === undefined || name === fixed.run),
  );

/**
 * Returns variant number `round` of a lesson's runs, simulated; undefined if the lesson has no run to ask about, or if the run is too long.
 */
export const variantOf = (lesson: Lesson, round: number, wish: SheetWish): Asked | undefined => {
  const {seed, crypto, fixed, mostEvents, isSmall = false} = wish;
  const draw = drawFrom(`${seed} ${fileName(lesson.id)}`);
  const runs = drawnRuns(lesson, wish, draw);
  const run = runs[round % Math.max(1, runs.length)];
  if (!run || tooLong.has(run)) return undefined;
  const own = draw.within(`round ${round}`);
  const isOwn = isSmall && Math.floor(round / runs.length) % 2 === 0;
  const {profile = run.profile, faults: chosen = []} = fixed ?? {};
  const drawn = 2 + own.below('seed', seeds);
  const variant: Variant = {lesson, run, seed: isOwn ? run.seed : drawn, profile, faults: chosen};
  // If the user named a run, no other lessons are passed on, so that no question is about another run.
  const company = {crypto, lessons: fixed?.run === undefined ? wish.lessons : [], mostEvents};
  const plain = happened(variant, company);
  if (isTooLong(plain)) {
    tooLong.add(run);
    return undefined;
  }
  const faults = chosen.length > 0 ? [] : faultsFor(plain, own);
  const faulty = faults.length === 0 ? plain : happened({...variant, faults}, company);
  return isTooLong(faulty) ? plain : faulty;
};

const kindIn = ({kind}: AnyKind) => ({kind, topic: topicOf(kind)});

/**
 * Kinds of questions that every run with a connection can be asked. So that not every sheet begins with them, each goes first in only one
 * of three.
 */
const anywhere: readonly QuestionKind[] = [
  ...(['raw-number', 'frame-bytes', 'layer-size', 'rfc-name', 'options-agreed', 'window-bytes'] as const),
  ...(['reply-addresses', 'which-layer', 'who-sends-next', 'state-of-peer'] as const),
];

type Tally = Map<string, number>;

const countOf = (tally: Tally, key: string): number => tally.get(key) ?? 0;
const add = (tally: Tally, key: string): Tally => tally.set(key, countOf(tally, key) + 1);

class Sheet {
  readonly #wish: SheetWish;
  readonly #draw: Draw;
  readonly #kinds: Tally = new Map();
  readonly #asked: Tally = new Map();
  readonly #seen = new Set<string>();
  /** The current variant of each lesson's runs, by the lesson's id. */
  readonly #variants = new Map<string, {readonly round: number; readonly asked: Asked | undefined}>();

  constructor(wish: SheetWish) {
    this.#wish = wish;
    this.#draw = drawFrom(`sheet ${wish.seed}`);
    for (const kind of anywhere) if (this.#draw.below(`seldom ${kind}`, 3) > 0) this.#kinds.set(kind, 0.5);
  }

  /** Returns the next question about this lesson for a sheet; undefined if its runs have no new one. */
  next(lesson: Lesson): Question | undefined {
    const most = 2 + 2 * runsOf(lesson).length;
    for (let attempt = 0; attempt < most; attempt += 1) {
      const asked = this.#variant(lesson);
      const question = asked && this.#from(asked);
      if (question) {
        add(this.#asked, lesson.id);
        return question;
      }
      this.#skip(lesson);
    }
    return undefined;
  }

  /** Returns the next question about this simulated run or capture; undefined if it has no new one. */
  nextAbout(asked: Asked): Question | undefined {
    return this.#from(asked);
  }

  /**
   * Yields the questions that the lesson's author wrote, about runs without added faults. Each is about a run with a seed of its own, so
   * that what one prints is not what another asks for.
   */
  *written(lesson: Lesson): Generator<Question, void> {
    const draw = this.#draw.within(`written ${fileName(lesson.id)}`);
    const kinds = generators.filter(({kind}) => byAuthor.includes(kind) && this.#isOffered(lesson, kind));
    for (const run of drawnRuns(lesson, this.#wish, draw)) {
      const plain = this.#plain(lesson, run, draw.within(run.name));
      const all = plain ? kinds.flatMap((kind) => kind.places(plain).map((place) => ({kind, place}))) : [];
      for (const {kind, place} of draw.shuffled(run.name, all)) {
        const asked = this.#plain(lesson, run, draw.within(`${run.name} ${kind.kind} ${place}`));
        const question = asked && ask(kind, asked, place);
        if (question && !this.#seen.has(wordsOf(question))) yield this.#counted(question, asked);
      }
    }
  }

  /**
   * Returns a lesson's run, simulated without added faults; undefined if its author asks nothing about it, or if faults are fixed, the run
   * changes settings, or it is too long.
   */
  #plain(lesson: Lesson, run: Run, draw: Draw): Asked | undefined {
    const {fixed, crypto, mostEvents} = this.#wish;
    const {beats, questions = []} = lesson;
    const isAsked = [...beats, ...questions].some(
      (each) => each.kind !== 'narration' && each.run === run.name,
    );
    if (!isAsked || (fixed?.faults.length ?? 0) > 0 || run.set || tooLong.has(run)) return undefined;
    const variant = {lesson, run, seed: 2 + draw.below('seed', seeds), faults: []};
    const {profile = run.profile} = fixed ?? {};
    const asked = happened({...variant, profile}, {crypto, lessons: [], mostEvents});
    return isTooLong(asked) ? undefined : asked;
  }

  #isOffered(lesson: Lesson, kind: QuestionKind): boolean {
    return (this.#wish.kinds?.includes(kind) ?? true) && isInWordsOf(lesson, kind);
  }

  #variant(lesson: Lesson): Asked | undefined {
    const wanted = Math.floor(countOf(this.#asked, lesson.id) / questionsPerRun) + this.#skipped(lesson);
    const known = this.#variants.get(lesson.id);
    if (known?.round === wanted) return known.asked;
    const asked = variantOf(lesson, wanted, this.#wish);
    this.#variants.set(lesson.id, {round: wanted, asked});
    return asked;
  }

  readonly #skips: Tally = new Map();
  #skipped({id}: Lesson): number {
    return countOf(this.#skips, id);
  }
  #skip({id}: Lesson): void {
    add(this.#skips, id);
  }

  /** The number of questions in the sheet so far, and of those among them that are off the subject of their lesson. */
  #count = 0;
  #beside = 0;

  /**
   * Returns a question about a run, preferably of the kind asked least so far; undefined if it has none left. Questions off the subject are
   * limited to a share of the sheet, as long as there are others.
   */
  #from(asked: Asked): Question | undefined {
    const isOn = this.#pointOf(asked);
    const {mostBeside} = rulesFor(this.#wish.lessons);
    const isFull = this.#beside >= mostBeside * (this.#count + 1);
    // If the user named certain kinds of questions, these are asked whether on the subject or not.
    const isStrict = mostBeside === 0 && this.#wish.kinds === undefined;
    const {lesson} = asked.variant;
    // A sheet about one lesson begins with what its author wrote (`written`), so the kinds of those questions are not asked again with
    // other numbers.
    const isTaken = ({kind}: AnyKind): boolean => this.#wish.lessons.length === 1 && byAuthor.includes(kind);
    const offered = generators.filter(
      (generator) =>
        this.#isOffered(lesson, generator.kind) &&
        !isTaken(generator) &&
        (!isStrict || isOn(kindIn(generator))),
    );
    const order = this.#draw
      .shuffled(`${this.#seen.size}`, offered)
      .map((generator) => ({generator, rank: isFull && !isOn(kindIn(generator)) ? 1 : 0}))
      .toSorted(
        (a, b) =>
          a.rank - b.rank || countOf(this.#kinds, a.generator.kind) - countOf(this.#kinds, b.generator.kind),
      );
    const aside: Question[] = [];
    for (const {generator} of order) {
      const question = this.#by(generator, asked);
      if (!question) continue;
      if (isOn(question) || (aside.length === 0 && !isFull)) return this.#counted(question, asked);
      aside.push(question);
      if (aside.length === mostAside) break;
    }
    const [first] = isStrict ? [] : aside;
    return first && this.#counted(first, asked);
  }

  /**
   * Returns a test whether a question is on the subject of the run's lesson. A run that the user brought has no lesson, so every question
   * passes.
   */
  #pointOf({variant: {lesson}}: Asked) {
    return onPoint(this.#wish.lessons.length === 0 ? [] : [lesson]);
  }

  #counted(question: Question, asked: Asked): Question {
    add(this.#kinds, question.kind);
    this.#count += 1;
    if (!this.#pointOf(asked)(question)) this.#beside += 1;
    this.#seen.add(wordsOf(question));
    return question;
  }

  #by(generator: AnyKind, asked: Asked): Question | undefined {
    const places = this.#draw.shuffled(`${this.#seen.size} ${generator.kind}`, generator.places(asked));
    const found: Question[] = [];
    for (const place of places.slice(0, mostTries)) {
      const question = ask(generator, asked, place);
      if (question && !this.#seen.has(wordsOf(question))) found.push(question);
      if (found.length === candidates) break;
    }
    const isOn = this.#pointOf(asked);
    const worth = (question: Question): number => (isOn(question) ? 100 : 0) + question.touches.length;
    return found.toSorted((a, b) => worth(b) - worth(a))[0];
  }
}

export const ask = (kind: AnyKind, asked: Asked, place: number): Question | undefined => {
  const candidate = kind.candidate(asked, place);
  return 'question' in candidate ? candidate.question : undefined;
};

/** Returns the wish with a seed that depends on its lessons, so that each set of lessons draws its runs in an order of its own. */
const ofTopic = (wish: SheetWish): SheetWish => ({
  ...wish,
  seed: hash32([wish.seed, ...wish.lessons.map(({id}) => id)].join(' ')),
});

/**
 * Yields the quiz questions of a sheet as long as the lessons' runs have new ones; for a single lesson, those that its author wrote come
 * first.
 */
export function* sheet(wish: SheetWish): Generator<Question, void> {
  const own = ofTopic(wish);
  const made = new Sheet(own);
  const draw = drawFrom(`lessons ${own.seed}`);
  let left = wish.lessons;
  const [only, more] = left;
  if (only && !more) yield* made.written(only);
  for (let round = 0; left.length > 0; round += 1) {
    const empty = new Set<string>();
    for (const lesson of draw.shuffled(`${round}`, left)) {
      const question = made.next(lesson);
      if (question) yield question;
      else empty.add(lesson.id);
    }
    left = left.filter(({id}) => !empty.has(id));
  }
}

/** Yields quiz questions about one run that exists already, such as a capture. */
export function* sheetAbout(asked: Asked, wish: Omit<SheetWish, 'lessons'>): Generator<Question, void> {
  const made = new Sheet({...wish, lessons: []});
  for (let question = made.nextAbout(asked); question; question = made.nextAbout(asked)) yield question;
}
