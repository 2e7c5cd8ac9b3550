// Composes a sheet from questions: most on the subject, at most two in ten of one kind or with one answer, none that gives away another,
// each ten from easy to hard. A question that does not fit waits for the next ten. If too few fit, the sheet is shorter and says why.

import type {Lesson} from '../lesson/lesson.ts';
import {everShown} from '../lesson/shown.ts';
import {oncePer} from '../wire/once-per.ts';
import {difficultyOf} from './difficulty.ts';
import {canonical} from './equivalent.ts';
import type {QuestionKind} from './kinds.ts';
import {askedTrack, isCentral, type Known, lessonsOwn, ofTrack, topicOf} from './lesson-topic.ts';
import {promptText} from './prompt.ts';
import type {Question} from './question.ts';
import {rightWords, rowsOf, runOf, tellsAnswer} from './tells.ts';

/**
 * `Misfit` is why a question cannot join those chosen for a sheet; `Shortage` is why a sheet is too short, where `spent` means that the
 * runs give no further question.
 */
export type Misfit = 'kind' | 'subject' | 'same' | 'told';
export type Shortage = Misfit | 'spent';

export const inTen = 10;
const mostAlike = 2;
/** In each ten of the first so many questions, at most half are about TCP. Longer sheets run out of questions about other subjects. */
const mostMixed = 100;
/**
 * In the first ten about several topics: how many predictions may be about one topic and about all; the same of questions beside the
 * lesson. Each is about an idea of its own. Later tens have fewer of them, because a long sheet would use them up.
 */
const mostByAuthor = {ofTopic: 3, inAll: 5};
/** Kinds of questions that occur at most once in ten, because two of their questions look alike at first sight. */
const onceInTen: readonly QuestionKind[] = [
  ...(['clear-messages', 'record-type', 'record-bytes'] as const),
  ...(['frame-bytes', 'fill-in-handshake', 'response-bytes', 'right-edge', 'hop-ttl'] as const),
  ...(['ttl-left', 'name-octets', 'unanswered-request', 'capture-place', 'capture-rtt'] as const),
];

/** The limits for composing a sheet, which differ between a sheet about one lesson and one about several. */
export type SheetRules = {
  /** The largest share of a sheet's questions that may be off the lessons' subject. */
  readonly mostBeside: number;
  /** Kinds that come first on a sheet and without a limit on their number, because a lesson's author wrote each question. */
  readonly first: readonly QuestionKind[];
  /** True if the lessons are about several topics; then at most half of each ten is about TCP, which occurs in the runs of every lesson. */
  readonly isMixed: boolean;
};

/** Kinds whose questions, answers and replies the author of a lesson wrote. */
export const byAuthor: readonly QuestionKind[] = ['question', 'prediction'];

const ofSeveral: SheetRules = {mostBeside: 0.3, first: [], isMixed: false};
const ofOne: SheetRules = {mostBeside: 0, first: byAuthor, isMixed: false};

/** Tells whether the lessons are about more than one topic, or about everything. */
const isMixed = (lessons: readonly Lesson[]): boolean => {
  const topics = new Set(lessons.map(topicOf));
  return topics.size > 1 || lessons.length === 0 || lessons.some(({track}) => track === 'whole-story');
};

/**
 * Returns the rules for a sheet about these lessons: a sheet about one lesson stays on its subject, one about several allows some questions
 * beside it.
 */
export const rulesFor = (lessons: readonly Lesson[]): SheetRules => ({
  ...(lessons.length === 1 ? ofOne : ofSeveral),
  isMixed: isMixed(lessons),
});

/** Returns a test of whether a question is on the subject of these lessons. A lesson about everything accepts every question. */
export const onSubject = (
  lessons: readonly Lesson[],
): ((question: Pick<Question, 'kind' | 'topic'>) => boolean) => {
  const topics = new Set(lessons.map(topicOf));
  const isAll = lessons.length === 0 || lessons.some(({track}) => track === 'whole-story');
  return ({kind, topic}) => isAll || lessonsOwn.includes(kind) || topics.has(topic);
};

/**
 * Returns a narrower test than `onSubject`: questions about what only leads up to the lessons' subject fail, too. Sheets use it; adaptive
 * rounds do not, because they need the question that tells most about a belief.
 */
export const onPoint = (
  lessons: readonly Lesson[],
): ((question: Known & Pick<Question, 'topic'>) => boolean) => {
  const isOn = onSubject(lessons);
  const own = new Set(lessons.map(topicOf));
  const isCentralTo = (lesson: Lesson, question: Known & Pick<Question, 'topic'>): boolean =>
    (topicOf(lesson) === question.topic || lesson.kinds?.includes(question.kind) === true) &&
    isCentral(lesson, question);
  // If a lesson about everything names kinds of questions, only these kinds are on the point.
  const isOpen = lessons.every(({kinds}) => kinds === undefined);
  return (question) =>
    lessons.some((lesson) => isCentralTo(lesson, question)) ||
    (isOn(question) && !own.has(question.topic) && (isOpen || lessonsOwn.includes(question.kind)));
};

/** Kinds of questions that need only packets and their numbers to answer: no state, variable, layer or timer. */
export const firstKinds: readonly QuestionKind[] = [
  ...(['prediction', 'question', 'fill-in-handshake'] as const),
  ...(['order-packets', 'which-packet-lost'] as const),
];

/**
 * Tells whether a kind of question can be asked after a lesson: a TCP lesson that never shows a state allows only kinds that need packets
 * alone.
 */
export const isInWordsOf = (lesson: Lesson, kind: QuestionKind): boolean =>
  // After a lesson about TCP the answer to `which-layer` would always be TCP.
  (kind !== 'which-layer' || topicOf(lesson) !== 'tcp' || askedTrack(lesson) === 'foundations') &&
  (firstKinds.includes(kind) || topicOf(lesson) !== 'tcp' || everShown(lesson)?.includes('state') !== false);

/** Returns the English words by which two questions are compared: the prompt, and the choices where the prompt says nothing of its own. */
export const wordsOf = oncePer(({form, kind, prompt, choices}: Question) => {
  const isAboutChoices = form === 'order' || ofTrack.includes(kind);
  const words = isAboutChoices ? choices.map(({text}) => text.en).toSorted() : [];
  return [promptText(prompt).en, ...words].join('\n');
});

/**
 * Tells whether two questions of a lesson's story are asked after the same packet, so that the later gives away the outcome of the earlier.
 */
const isAtSamePlace = (one: Question, other: Question): boolean => {
  const [last, otherLast] = [rowsOf(one).at(-1)?.number, rowsOf(other).at(-1)?.number];
  const isStory = lessonsOwn.includes(one.kind) && lessonsOwn.includes(other.kind);
  return isStory && last !== undefined && last === otherLast;
};

/** Tells whether two questions have the same words, or ask for the same thing of the same packet. */
const asksSame = (one: Question, other: Question): boolean => {
  if (one.id === other.id || wordsOf(one) === wordsOf(other)) return true;
  if (one.lesson !== other.lesson || runOf(one) !== runOf(other)) return false;
  if (isAtSamePlace(one, other)) return true;
  const [here, there] = [one.evidence, other.evidence];
  return (
    here.packet === there.packet &&
    here.field === there.field &&
    canonical(here.value) === canonical(there.value)
  );
};

const sentence = /[a-z]{3}/i;

/**
 * Returns a key that is equal for questions with the same answer; undefined for a question whose answer is a packet. "All of them" is
 * one answer, whichever the choices are. Packet numbers and the numbers in a sentence differ between runs, so they do not count.
 */
const answeredBy = oncePer((question: Question): string | undefined => {
  const {form, choices} = question;
  if (form === 'packet') return undefined;
  const right = rightWords(question).map((each) => (sentence.test(each) ? each.replace(/\d+/g, '#') : each));
  return form === 'several' && right.length === choices.length ? '' : right.join('\n');
});

/** Tells whether two questions of one kind have the same answer, so that the second takes no thought after the first. */
const isAnsweredAlike = (one: Question, other: Question): boolean =>
  one.kind === other.kind && answeredBy(one) !== undefined && answeredBy(one) === answeredBy(other);

/** Returns what a question asks for, by name: its secrets, the beliefs of its choices, and the field that shows its answer. */
const askedIn = oncePer(
  ({evidence, touches, secrets = []}: Question): ReadonlySet<string> =>
    new Set([...secrets, ...touches, evidence.field]),
);

/** Tells whether one question asks for a fact that is secret in the other one (its `secrets`). */
const isShared = (one: Question, other: Question): boolean =>
  other.secrets?.some((secret) => askedIn(one).has(secret)) === true ||
  one.secrets?.some((secret) => askedIn(other).has(secret)) === true;

/**
 * Returns a key that is equal for generated questions about one idea: the same kind, rule and sort of value; undefined for a lesson
 * author's question.
 */
const ideaOf = oncePer(({kind, because, evidence}: Question): string | undefined => {
  if (lessonsOwn.includes(kind)) return undefined;
  const [root = '', rest = ''] = evidence.field.split(':');
  return [kind, because, root, root === 'timer' ? rest : ''].join(' ');
});

/** Tells whether two generated questions are about the same idea; questions that a lesson's author wrote never are. */
export const isSameIdea = (one: Question, other: Question): boolean =>
  ideaOf(one) !== undefined && ideaOf(one) === ideaOf(other);

export type Rules = SheetRules & {
  readonly isOn: (question: Question) => boolean;
};

type Composing = Rules & {
  /** All questions of the sheet or round before this one. */
  readonly before: readonly Question[];
  /** The questions of `before` that are in the same ten as the one to be chosen. */
  readonly ten: readonly Question[];
  /** True if the runs have too few ideas for ten questions, so that an idea may be asked twice. @default false */
  readonly isThin?: boolean;
  /** True if any number of questions may be about a belief that the learner's answers showed (an adaptive round). @default false */
  readonly pursues?: boolean;
};

/** Returns why a question cannot join those already chosen for a sheet; undefined if it can. */
export const misfitOf = (question: Question, composing: Composing): Misfit | undefined => {
  const {isOn, isMixed, mostBeside, first, before, ten, isThin = false, pursues = false} = composing;
  const isFirst = first.includes(question.kind);
  const isByAuthor = isMixed && before.length < inTen && byAuthor.includes(question.kind);
  const most = isByAuthor ? mostByAuthor.inAll : mostAlike;
  const mostOfKind = onceInTen.includes(question.kind) ? 1 : isFirst ? inTen : most;
  const ofKind = ten.filter(({kind}) => kind === question.kind);
  if (ofKind.length >= mostOfKind) return 'kind';
  if (isByAuthor && ofKind.filter(({topic}) => topic === question.topic).length >= mostByAuthor.ofTopic)
    return 'kind';
  // A lesson has few ideas, so a sheet about it alone may ask one twice in twenty, and turn on one belief twice in ten.
  const isAboutOne = first.length > 0;
  if (ten.some((each) => isAnsweredAlike(each, question))) return 'kind';
  if (!isThin && !isAboutOne && ten.some((each) => isSameIdea(each, question))) return 'kind';
  const alike = before.slice(1 - 2 * inTen).filter((each) => isSameIdea(each, question));
  if (!isThin && alike.length >= mostAlike) return 'kind';
  const beside = isOn(question) ? 0 : before.filter((each) => !isOn(each)).length + 1;
  if (beside > mostBeside * (before.length + 1)) return 'subject';
  const isHalf = ten.filter(({topic}) => topic === 'tcp').length >= inTen / 2;
  if (isMixed && before.length < mostMixed && question.topic === 'tcp' && isHalf) return 'subject';
  if (before.some((each) => asksSame(each, question))) return 'same';
  const shared = pursues ? [] : (isAboutOne ? ten : before).filter((each) => isShared(each, question));
  if (shared.length >= (isAboutOne ? mostAlike : 1)) return 'same';
  return before.some((each) => tellsAnswer(each, question) || tellsAnswer(question, each))
    ? 'told'
    : undefined;
};

/**
 * Returns ten questions for a sheet from easy to hard, with the kinds of the lesson's author first. No other kind comes a third time within
 * ten in a row, if that can be avoided.
 */
const ordered = (
  ten: readonly Question[],
  before: readonly Question[],
  {first}: SheetRules,
): readonly Question[] => {
  const isLater = ({kind}: Question): number => Number(!first.includes(kind));
  const left = ten.toSorted((a, b) => isLater(a) - isLater(b) || difficultyOf(a) - difficultyOf(b));
  const order: Question[] = [];
  while (left.length > 0) {
    const last = [...before, ...order].slice(1 - inTen);
    const next = left.findIndex(
      ({kind}) => first.includes(kind) || last.filter((each) => each.kind === kind).length < mostAlike,
    );
    order.push(...left.splice(Math.max(0, next), 1));
  }
  return order;
};

/** After so many questions in a row that do not fit the sheet, the search for the rest of the ten ends. */
const patience = 40;

class Composition {
  readonly #source: Iterator<Question, unknown>;
  readonly #rules: Rules;
  /** Questions that did not fit the present ten but may fit the next one. */
  #aside: Question[] = [];
  /** Counts for each reason the generated questions that did not fit the present ten because of it. */
  #misfits = new Map<Misfit, number>();
  #isSpent = false;

  constructor(source: Iterable<Question>, rules: Rules) {
    this.#source = source[Symbol.iterator]();
    this.#rules = rules;
  }

  get shortage(): Shortage {
    const [most] = [...this.#misfits].toSorted(([, a], [, b]) => b - a);
    return most?.[0] ?? 'spent';
  }

  ten(before: readonly Question[], size: number): readonly Question[] {
    this.#misfits = new Map();
    const ten: Question[] = [];
    const misfit = (question: Question, isThin = false) =>
      misfitOf(question, {...this.#rules, before: [...before, ...ten], ten, isThin});
    const fromAside = (isThin = false): void => {
      const waiting = this.#aside.toSorted(
        (a, b) => Number(this.#rules.isOn(b)) - Number(this.#rules.isOn(a)),
      );
      this.#aside = waiting.filter((each) => {
        const takes = ten.length < size && misfit(each, isThin) === undefined;
        if (takes) ten.push(each);
        return !takes;
      });
    };
    fromAside();
    for (let inVain = 0; ten.length < size && inVain < patience && !this.#isSpent; ) {
      const next = this.#source.next();
      this.#isSpent = next.done === true;
      if (next.done) break;
      const why = misfit(next.value);
      inVain = why === undefined ? 0 : inVain + 1;
      if (why === undefined) ten.push(next.value);
      else this.#misfits.set(why, (this.#misfits.get(why) ?? 0) + 1);
      if (why === 'kind' || why === 'subject' || (why === 'same' && this.#rules.first.length > 0))
        this.#aside.push(next.value);
    }
    if (ten.length < size) fromAside(true);
    return ordered(ten, before, this.#rules);
  }
}

export type Composed = {
  readonly questions: readonly Question[];
  /** Why the sheet has fewer questions than were wished for; absent if it has as many. */
  readonly fewer?: Shortage;
};

/** Composes a sheet of `count` questions from `source`. Its first ten are the same as in a sheet of ten. */
export const composed = (
  source: Iterable<Question>,
  count: number,
  isOn: Rules['isOn'] = () => true,
  rules: SheetRules = ofSeveral,
): Composed => {
  const made = new Composition(source, {...rules, isOn});
  const questions: Question[] = [];
  while (questions.length < count) {
    const size = Math.min(inTen, count - questions.length);
    const ten = made.ten(questions, size);
    questions.push(...ten);
    if (ten.length < size) return {questions, fewer: made.shortage};
  }
  return {questions};
};
