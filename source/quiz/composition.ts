// Composes a sheet from questions: most on the subject, at most two in ten of one kind or with one answer, none that gives away another,
// each ten from easy to hard. A question that does not fit waits for the next ten. If too few fit, the sheet is shorter and says why.

import type {Lesson} from '../lesson/lesson.ts';
import {everShown} from '../lesson/shown.ts';
import {oncePer} from '../wire/once-per.ts';
import {difficultyOf} from './difficulty.ts';
import {canonical} from './equivalent.ts';
import type {QuestionKind} from './kinds.ts';
import {askedTrack, isCentral, lessonsOwn, ofTrack, topicOf} from './lesson-topic.ts';
import {ordersTold} from './order-told.ts';
import {isPacket, type PromptPacket, packetLineText, promptText} from './prompt.ts';
import type {Question} from './question.ts';

/** `Misfit` is the reason why a question cannot join the others; `spent` means that the runs have no further question. */
export type Misfit = 'kind' | 'subject' | 'same' | 'told';
export type Shortage = Misfit | 'spent';

export const inTen = 10;
const mostAlike = 2;
/** Kinds that may occur once in ten, because two of their questions look the same at first sight. */
const onceInTen: readonly QuestionKind[] = [
  ...(['clear-messages', 'record-type', 'record-bytes'] as const),
  ...(['frame-bytes', 'fill-in-handshake', 'response-bytes', 'right-edge', 'hop-ttl'] as const),
  ...(['ttl-left', 'name-octets', 'unanswered-request'] as const),
];
export const mostBeside = 0.3;

/** Returns a test of whether a question is on the subject of these lessons. A lesson about everything accepts every question. */
export const onSubject = (
  lessons: readonly Lesson[],
): ((question: Pick<Question, 'kind' | 'topic'>) => boolean) => {
  const topics = new Set(lessons.map(topicOf));
  const isAll = lessons.length === 0 || lessons.some(({track}) => track === 'whole-story');
  return ({kind, topic}) => isAll || lessonsOwn.includes(kind) || topics.has(topic);
};

/**
 * Returns a narrower test: a question is also off the point if it is about what only leads up to the subject. Sheets use this test. An
 * adaptive round does not, because it needs whatever tells most about a belief.
 */
export const onPoint = (
  lessons: readonly Lesson[],
): ((
  question: Pick<Question, 'kind' | 'topic'> & Partial<Pick<Question, 'prompt' | 'givens'>>,
) => boolean) => {
  const isOn = onSubject(lessons);
  const own = new Set(lessons.map(topicOf));
  return (question) =>
    isOn(question) &&
    (!own.has(question.topic) ||
      lessons.some((lesson) => topicOf(lesson) === question.topic && isCentral(lesson, question)));
};

/** Kinds that need only packets and their numbers: no state, variable, layer or timer. */
const firstKinds: readonly QuestionKind[] = [
  ...(['prediction', 'question', 'fill-in-handshake'] as const),
  ...(['order-packets', 'which-packet-lost'] as const),
];

/** Tells whether this kind can be asked after a lesson. A TCP lesson that never mentions a state allows only kinds in its own few words. */
export const isInWordsOf = (lesson: Lesson, kind: QuestionKind): boolean =>
  // After a lesson about TCP the answer to `which-layer` would always be TCP.
  (kind !== 'which-layer' || topicOf(lesson) !== 'tcp' || askedTrack(lesson) === 'foundations') &&
  (firstKinds.includes(kind) || topicOf(lesson) !== 'tcp' || everShown(lesson)?.includes('state') !== false);

const rightWords = ({choices, answer}: Question): readonly string[] => {
  const ids = typeof answer === 'object' ? answer : [String(answer)];
  return ids.map((id) => choices.find((each) => each.id === id)?.text.en ?? id);
};

/** Returns the text of a question that is on paper while its sheet is filled in. */
const printedBy = oncePer(({prompt, choices}: Question) =>
  [promptText(prompt).en, ...choices.map(({text}) => text.en)].join('\n'),
);

/** Returns the text of a question and its reply, as seen before the next question is asked. */
const toldBy = oncePer((question: Question) =>
  [promptText(question.prompt).en, ...rightWords(question), question.explain.en].join('\n'),
);

const longNumber = /^\d{3,}$/;
/** Numbers with this many digits do not occur in two runs by chance. */
const ownDigits = 7;
/** Words shorter than this occur in sentences about anything. */
const longWords = 16;

/** Tells whether other questions may single out a number of this kind that it prints among other numbers itself. */
const isNamedBy = ({kind}: Question, words: string): boolean =>
  longNumber.test(words) && (kind === 'fill-in-handshake' || lessonsOwn.includes(kind));

/** Returns the numbers and sentences that answer this question, except those that it prints itself. */
const wordsAskedFor = oncePer((question: Question): readonly string[] => {
  const own = promptText(question.prompt).en;
  const statements = own
    .split('\n')
    .filter((line) => question.kind === 'is-it-so' && line.length >= longWords);
  const right = question.form === 'order' ? [] : rightWords(question);
  return [
    ...right.filter(
      (words) =>
        (longNumber.test(words) || words.length >= longWords) &&
        (!own.includes(words) || isNamedBy(question, words)),
    ),
    ...statements.map((line) => line.trim().replace(/^“(.*)”$/, '$1')),
  ];
});

/** Tells whether `told` contains `secret` as a word of its own: SYN-SENT does not contain SENT. */
const says = (told: string, secret: string): boolean => {
  for (let at = told.indexOf(secret); at >= 0; at = told.indexOf(secret, at + 1)) {
    const [before, behind] = [told.charAt(at - 1), told.charAt(at + secret.length)];
    if (!/[\w-]/.test(before + behind)) return true;
  }
  return false;
};

/** Returns a key of the question's run without its faults: up to a fault, the packets are the same. */
const runOf = oncePer(({evidence: {source, run, seed, profile, connection}}: Question) =>
  [source, run, seed, profile, connection].join(' '),
);

const tellsWords = (one: Question, other: Question): boolean =>
  wordsAskedFor(other).some((secret) => {
    const isOfRun = longNumber.test(secret) && secret.length < ownDigits;
    return (!isOfRun || runOf(one) === runOf(other)) && says(toldBy(one), secret);
  });

/** Tells whether `one` prints the number that has to be typed: copying a number needs neither thinking nor counting. */
const printsTyped = (one: Question, {form, answer, prompt}: Question): boolean => {
  const number = String(answer);
  return (
    form === 'number' &&
    longNumber.test(number) &&
    !says(promptText(prompt).en, number) &&
    says(printedBy(one), number)
  );
};

const storyNumber = /^\d{2,}$/;

/** Tells whether a question of the same lesson states the number that the other one asks for. */
const tellsNumber = (one: Question, other: Question): boolean =>
  one.lesson === other.lesson &&
  [one, other].every(({kind}) => lessonsOwn.includes(kind)) &&
  rightWords(other).some(
    (words) =>
      storyNumber.test(words) &&
      !says(promptText(other.prompt).en, words) &&
      says(promptText(one.prompt).en, words),
  );

const rowsOf = oncePer(({prompt}: Question): readonly PromptPacket[] => prompt.filter(isPacket));

/** Tells whether a lesson's question asks what follows its packets while the other one prints some of these and later ones. */
const goesOnBehind = (one: Question, other: Question): boolean => {
  const last = rowsOf(other).at(-1)?.number;
  if (!lessonsOwn.includes(other.kind) || last === undefined) return false;
  const rows = new Set(rowsOf(other).map((row) => packetLineText(row, 'en')));
  const isBehind = rowsOf(one).some(({number}) => number !== undefined && number > last);
  return isBehind && rowsOf(one).some((row) => rows.has(packetLineText(row, 'en')));
};

const showsPacket = ({prompt}: Question, packet: number): boolean =>
  prompt.some((line) => isPacket(line) && line.number === packet);

/** Tells whether `one` prints the packet of which `other` asks for a field without printing the packet. */
const tellsPacket = (one: Question, other: Question): boolean => {
  const {packet, field} = other.evidence;
  const isPacketsOwn = packet !== undefined && !field.includes(':') && !showsPacket(other, packet);
  return isPacketsOwn && runOf(one) === runOf(other) && showsPacket(one, packet);
};

/** Tells whether the kind or the words of `one` give away what the kind of `other` asks for. */
const tellsFact = (one: Question, {secrets = []}: Question): boolean =>
  secrets.some((secret) => one.tells?.includes(secret) || says(printedBy(one), secret));

const told = (one: Question, other: Question): boolean =>
  [tellsFact, tellsPacket, tellsWords, tellsNumber, printsTyped, goesOnBehind, ordersTold].some((tells) =>
    tells(one, other),
  );

const known = new WeakMap<Question, WeakMap<Question, boolean>>();

/** Tells whether a reader of `one` and its reply knows the answer to `other`. */
export const tellsAnswer = (one: Question, other: Question): boolean => {
  const ofOne = known.get(one) ?? new WeakMap<Question, boolean>();
  known.set(one, ofOne);
  const tells = ofOne.get(other) ?? told(one, other);
  ofOne.set(other, tells);
  return tells;
};

/** Returns the words that a reader compares: the prompt, and the choices where the prompt only says what to do with them. */
export const wordsOf = oncePer(({form, kind, prompt, choices}: Question) => {
  const isAboutChoices = form === 'order' || ofTrack.includes(kind);
  const words = isAboutChoices ? choices.map(({text}) => text.en).toSorted() : [];
  return [promptText(prompt).en, ...words].join('\n');
});

/** Tells whether both are at one place of a lesson's story, where the later question gives away the outcome of the earlier. */
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

/** Tells whether nothing is left to think about in one question once the other one is answered. */
const isAnsweredAlike = (one: Question, other: Question): boolean =>
  one.kind === other.kind && answeredBy(one) !== undefined && answeredBy(one) === answeredBy(other);

/** Tells whether `one` asks for something that `other` also asks for: a field, or the belief that one of its choices stands for. */
const sharesSecret = ({evidence, touches, ...one}: Question, {secrets = []}: Question): boolean => {
  const asked = [...(one.secrets ?? []), ...touches, evidence.field];
  return secrets.some((secret) => asked.includes(secret));
};

/** Returns a key that is equal for generated questions of one idea: their kind, and the rule and the kind of value that they ask about. */
const ideaOf = oncePer(({kind, because, evidence}: Question): string | undefined => {
  if (lessonsOwn.includes(kind)) return undefined;
  const [root = '', rest = ''] = evidence.field.split(':');
  return [kind, because, root, root === 'timer' ? rest : ''].join(' ');
});

/** Tells whether both ask for one idea. Two questions of a lesson's author differ in what they ask, whatever their kind. */
export const isSameIdea = (one: Question, other: Question): boolean =>
  ideaOf(one) !== undefined && ideaOf(one) === ideaOf(other);

export type Rules = {
  readonly isOn: (question: Question) => boolean;
  /** True if the lessons have another subject besides TCP. */
  readonly isMixed: boolean;
};

type Composing = Rules & {
  /** All questions before this one. */
  readonly before: readonly Question[];
  /** The questions among `before` that belong to the same ten. */
  readonly ten: readonly Question[];
  /** True if the runs have too few ideas for ten, so that one may come twice. @default false */
  readonly isThin?: boolean;
};

/** Tells whether the lessons have a subject other than TCP, whose runs are in every lesson and would fill most of a sheet. */
export const isMixed = (lessons: readonly Lesson[]): boolean => {
  const topics = new Set(lessons.map(topicOf));
  return topics.size > 1 || lessons.length === 0 || lessons.some(({track}) => track === 'whole-story');
};

/** Returns why a question cannot join those that were chosen before it; undefined if it can. */
export const misfitOf = (question: Question, composing: Composing): Misfit | undefined => {
  const {isOn, isMixed, before, ten, isThin = false} = composing;
  const most = onceInTen.includes(question.kind) ? 1 : mostAlike;
  if (ten.filter(({kind}) => kind === question.kind).length >= most) return 'kind';
  if (ten.some((each) => isAnsweredAlike(each, question))) return 'kind';
  if (!isThin && ten.some((each) => isSameIdea(each, question))) return 'kind';
  const beside = before.filter((each) => !isOn(each)).length;
  if (!isOn(question) && beside + 1 > mostBeside * (before.length + 1)) return 'subject';
  if (isMixed && question.topic === 'tcp' && ten.filter(({topic}) => topic === 'tcp').length >= inTen / 2)
    return 'subject';
  const isSame = (each: Question): boolean =>
    asksSame(each, question) || sharesSecret(each, question) || sharesSecret(question, each);
  if (before.some(isSame)) return 'same';
  return before.some((each) => tellsAnswer(each, question) || tellsAnswer(question, each))
    ? 'told'
    : undefined;
};

/** Returns ten questions from easy to hard, but so that no kind comes a third time within ten in a row, counting the ten before. */
const ordered = (ten: readonly Question[], before: readonly Question[]): readonly Question[] => {
  const left = ten.toSorted((a, b) => difficultyOf(a) - difficultyOf(b));
  const order: Question[] = [];
  while (left.length > 0) {
    const last = [...before, ...order].slice(1 - inTen);
    const next = left.findIndex(({kind}) => last.filter((each) => each.kind === kind).length < mostAlike);
    order.push(...left.splice(Math.max(0, next), 1));
  }
  return order;
};

/** After this many misfits in a row, the search gives up. */
const patience = 40;

class Composition {
  readonly #source: Iterator<Question, unknown>;
  readonly #rules: Rules;
  /** Questions that may fit the next ten. */
  #aside: Question[] = [];
  /** How many of the questions that did not fit these ten failed for each reason. */
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
      if (why === 'kind' || why === 'subject') this.#aside.push(next.value);
    }
    if (ten.length < size) fromAside(true);
    return ordered(ten, before);
  }
}

export type Composed = {
  readonly questions: readonly Question[];
  /** The reason for which there are fewer questions than were wished for; absent if there are as many. */
  readonly fewer?: Shortage;
};

/** Composes a sheet of `count` questions; the first ten of a long sheet are the short sheet. */
export const composed = (
  source: Iterable<Question>,
  count: number,
  isOn: Rules['isOn'] = () => true,
  isMixed = false,
): Composed => {
  const made = new Composition(source, {isOn, isMixed});
  const questions: Question[] = [];
  while (questions.length < count) {
    const size = Math.min(inTen, count - questions.length);
    const ten = made.ten(questions, size);
    questions.push(...ten);
    if (ten.length < size) return {questions, fewer: made.shortage};
  }
  return {questions};
};
