// What makes a list of questions a sheet: most on the subject, no kind more than twice in ten or with the same answer, none that says
// what another one asks, each ten from easy to hard. What does not fit waits for the next ten; where too little is left the sheet is
// shorter, and why is known.

import type {Lesson} from '../lesson/lesson.ts';
import {everShown} from '../lesson/shown.ts';
import {oncePer} from '../wire/once-per.ts';
import {canonical} from './equivalent.ts';
import type {QuestionKind} from './kinds.ts';
import {askedTrack, isCentral, lessonsOwn, topicOf} from './lesson-topic.ts';
import {ordersTold} from './order-told.ts';
import {isPacket, type PromptPacket, packetLineText, promptText} from './prompt.ts';
import type {AnswerForm, Question} from './question.ts';

/** Why a question does not stand beside others; `spent`: the runs have no other one. */
export type Misfit = 'kind' | 'subject' | 'same' | 'told';
export type Shortage = Misfit | 'spent';

const inTen = 10;
const mostAlike = 2;
/** Two of these look the same at first sight. */
const onceInTen: readonly QuestionKind[] = [
  ...(['clear-messages', 'record-type', 'record-bytes'] as const),
  ...(['frame-bytes', 'fill-in-handshake', 'response-bytes', 'right-edge', 'hop-ttl'] as const),
  ...(['ttl-left', 'name-octets', 'unanswered-request'] as const),
];
export const mostBeside = 0.3;

/** Sentences about several runs of a track. */
export const ofTrack: readonly QuestionKind[] = ['which-is-so', 'which-are-so'];

/** Whether a question is about what these lessons are about; a lesson about everything has nothing beside it. */
export const onSubject = (
  lessons: readonly Lesson[],
): ((question: Pick<Question, 'kind' | 'topic'>) => boolean) => {
  const topics = new Set(lessons.map(topicOf));
  const isAll = lessons.length === 0 || lessons.some(({track}) => track === 'whole-story');
  return ({kind, topic}) => isAll || lessonsOwn.includes(kind) || topics.has(topic);
};

/**
 * The same, and more narrowly: not about what leads up to it. A sheet is held to this; a round that follows the answers needs whatever
 * tells most about a belief.
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

/** They speak of packets and their numbers; of no state, variable, layer or timer. */
const firstKinds: readonly QuestionKind[] = [
  ...(['prediction', 'question', 'fill-in-handshake'] as const),
  ...(['order-packets', 'which-packet-lost'] as const),
];

/** Whether this can be asked after a lesson: one about TCP in which no state ever comes up is asked about in its own few words. */
export const isInWordsOf = (lesson: Lesson, kind: QuestionKind): boolean =>
  // After a lesson about TCP the layer is TCP.
  (kind !== 'which-layer' || topicOf(lesson) !== 'tcp' || askedTrack(lesson) === 'foundations') &&
  (firstKinds.includes(kind) || topicOf(lesson) !== 'tcp' || everShown(lesson)?.includes('state') !== false);

const rightWords = ({choices, answer}: Question): readonly string[] => {
  const ids = typeof answer === 'object' ? answer : [String(answer)];
  return ids.map((id) => choices.find((each) => each.id === id)?.text.en ?? id);
};

/** What is read of a question while its sheet is filled in. */
const printedBy = oncePer(({prompt, choices}: Question) =>
  [promptText(prompt).en, ...choices.map(({text}) => text.en)].join('\n'),
);

/** … and of its reply, until the next one is asked. */
const toldBy = oncePer((question: Question) =>
  [promptText(question.prompt).en, ...rightWords(question), question.explain.en].join('\n'),
);

const longNumber = /^\d{3,}$/;
/** Numbers of so many digits do not stand in two runs by chance. */
const ownDigits = 7;
/** Shorter words stand in sentences about anything. */
const longWords = 16;

/** What it prints itself among other numbers, another one may single out. */
const isNamedBy = ({kind}: Question, words: string): boolean =>
  longNumber.test(words) && (kind === 'fill-in-handshake' || lessonsOwn.includes(kind));

/** Numbers and sentences by which this question is answered, as far as it does not print them itself. */
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

/** As words of their own: SYN-SENT is not SENT. */
const says = (told: string, secret: string): boolean => {
  for (let at = told.indexOf(secret); at >= 0; at = told.indexOf(secret, at + 1)) {
    const [before, behind] = [told.charAt(at - 1), told.charAt(at + secret.length)];
    if (!/[\w-]/.test(before + behind)) return true;
  }
  return false;
};

/** Whatever was done to it on the way: up to there its packets are the same. */
const runOf = oncePer(({evidence: {source, run, seed, profile, connection}}: Question) =>
  [source, run, seed, profile, connection].join(' '),
);

const tellsWords = (one: Question, other: Question): boolean =>
  wordsAskedFor(other).some((secret) => {
    const isOfRun = longNumber.test(secret) && secret.length < ownDigits;
    return (!isOfRun || runOf(one) === runOf(other)) && says(toldBy(one), secret);
  });

/** A number to be typed may stand nowhere else: neither thinking nor counting is needed to copy it. */
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

/** A lesson asks for a number here, and says it there. */
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

/** A lesson asks what comes behind its packets, and the other one prints some of them and others behind them; in whichever run. */
const goesOnBehind = (one: Question, other: Question): boolean => {
  const last = rowsOf(other).at(-1)?.number;
  if (!lessonsOwn.includes(other.kind) || last === undefined) return false;
  const rows = new Set(rowsOf(other).map((row) => packetLineText(row, 'en')));
  const isBehind = rowsOf(one).some(({number}) => number !== undefined && number > last);
  return isBehind && rowsOf(one).some((row) => rows.has(packetLineText(row, 'en')));
};

const showsPacket = ({prompt}: Question, packet: number): boolean =>
  prompt.some((line) => isPacket(line) && line.number === packet);

/** A field of a packet that it does not print is the answer, and the other one prints that packet. */
const tellsPacket = (one: Question, other: Question): boolean => {
  const {packet, field} = other.evidence;
  const isPacketsOwn = packet !== undefined && !field.includes(':') && !showsPacket(other, packet);
  return isPacketsOwn && runOf(one) === runOf(other) && showsPacket(one, packet);
};

/** What its kind asks for, and the other one's kind tells or its words print. */
const tellsFact = (one: Question, {secrets = []}: Question): boolean =>
  secrets.some((secret) => one.tells?.includes(secret) || says(printedBy(one), secret));

const told = (one: Question, other: Question): boolean =>
  [tellsFact, tellsPacket, tellsWords, tellsNumber, printsTyped, goesOnBehind, ordersTold].some((tells) =>
    tells(one, other),
  );

const known = new WeakMap<Question, WeakMap<Question, boolean>>();

/** Whoever has read the one, reply and all, knows the answer to the other. */
export const tellsAnswer = (one: Question, other: Question): boolean => {
  const ofOne = known.get(one) ?? new WeakMap<Question, boolean>();
  known.set(one, ofOne);
  const tells = ofOne.get(other) ?? told(one, other);
  ofOne.set(other, tells);
  return tells;
};

/** What a reader compares; where the prompt only says what to do with the choices, these. */
export const wordsOf = oncePer(({form, kind, prompt, choices}: Question) => {
  const isAboutChoices = form === 'order' || ofTrack.includes(kind);
  const words = isAboutChoices ? choices.map(({text}) => text.en).toSorted() : [];
  return [promptText(prompt).en, ...words].join('\n');
});

/** A story goes on: what it asks next tells what came of what it asked before. */
const isAtSamePlace = (one: Question, other: Question): boolean => {
  const [last, otherLast] = [rowsOf(one).at(-1)?.number, rowsOf(other).at(-1)?.number];
  const isStory = lessonsOwn.includes(one.kind) && lessonsOwn.includes(other.kind);
  return isStory && last !== undefined && last === otherLast;
};

/** The same words, or the same thing of the same packet. */
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

/** What would be answered twice. All of them is one answer, whichever they are; a packet's number is another one in each run, and so are those in a sentence. */
const answeredBy = oncePer((question: Question): string | undefined => {
  const {form, choices} = question;
  if (form === 'packet') return undefined;
  const right = rightWords(question).map((each) => (sentence.test(each) ? each.replace(/\d+/g, '#') : each));
  return form === 'several' && right.length === choices.length ? '' : right.join('\n');
});

/** Nothing is left to think about once the other one is answered. */
const isAnsweredAlike = (one: Question, other: Question): boolean =>
  one.kind === other.kind && answeredBy(one) !== undefined && answeredBy(one) === answeredBy(other);

/** One asks for what the other one asks for as well, be it a field, or for the belief that one of its choices stands for. */
const sharesSecret = ({evidence, touches, ...one}: Question, {secrets = []}: Question): boolean => {
  const asked = [...(one.secrets ?? []), ...touches, evidence.field];
  return secrets.some((secret) => asked.includes(secret));
};

type Composing = {
  readonly isOn: (question: Question) => boolean;
  /** All before it. */
  readonly before: readonly Question[];
  /** Those of the same ten among them. */
  readonly ten: readonly Question[];
};

/** Undefined: it fits. */
const misfitOf = (question: Question, {isOn, before, ten}: Composing): Misfit | undefined => {
  const most = onceInTen.includes(question.kind) ? 1 : mostAlike;
  if (ten.filter(({kind}) => kind === question.kind).length >= most) return 'kind';
  const beside = before.filter((each) => !isOn(each)).length;
  if (!isOn(question) && beside + 1 > mostBeside * (before.length + 1)) return 'subject';
  if (before.some((each) => asksSame(each, question))) return 'same';
  return before.some((each) => tellsAnswer(each, question) || tellsAnswer(question, each))
    ? 'told'
    : undefined;
};

/** How much less a question is worth that asks or tells what was asked a moment ago, or whose kind was the last. */
const repeats = 0.7;

/**
 * What a question is worth as the next one of a round that follows the answers, beside the nine before it: 1 is all, 0 is nothing, as
 * its kind or what is beside the subject has had its share.
 */
export const standingAfter = (
  before: readonly Question[],
  isOn: Composing['isOn'],
): ((question: Question) => number) => {
  const ten = before.slice(1 - inTen);
  return (question) => {
    const misfit = misfitOf(question, {isOn, before: ten, ten});
    if (misfit === 'kind' || misfit === 'subject') return 0;
    return misfit || ten.at(-1)?.kind === question.kind ? repeats : 1;
  };
};

const effort: {readonly [form in AnswerForm]: number} = {
  choice: 0,
  packet: 1,
  number: 2,
  several: 2,
  order: 3,
};

const leavesOf = (value: unknown): number =>
  value instanceof Object ? Object.values(value).reduce((sum: number, each) => sum + leavesOf(each), 0) : 1;

/** What differs by less is as hard: the draw says which comes first, or it would be one kind on each sheet. */
const step = 2;

/** How much has to be read for the answer, and how much of it is chosen for the reader; in steps. */
export const difficultyOf = ({form, choices, givens, prompt}: Question): number =>
  Math.floor(
    (effort[form] + (givens === undefined ? prompt.length : leavesOf(givens)) / 4 + choices.length / 8) /
      step,
  );

/** Easy to hard, as far as no kind comes a third time within ten in a row, those before this ten included. */
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

/** After so many in a row that did not fit nothing better is expected. */
const patience = 40;

class Composition {
  readonly #source: Iterator<Question, unknown>;
  readonly #isOn: Composing['isOn'];
  /** What may fit the next ten. */
  #aside: Question[] = [];
  /** Why, of those that did not fit this one. */
  #misfits = new Map<Misfit, number>();
  #isSpent = false;

  constructor(source: Iterable<Question>, isOn: Composing['isOn']) {
    this.#source = source[Symbol.iterator]();
    this.#isOn = isOn;
  }

  get shortage(): Shortage {
    const [most] = [...this.#misfits].toSorted(([, a], [, b]) => b - a);
    return most?.[0] ?? 'spent';
  }

  ten(before: readonly Question[], size: number): readonly Question[] {
    this.#misfits = new Map();
    const ten: Question[] = [];
    const misfit = (question: Question) => {
      const all = [...before, ...ten];
      const why = misfitOf(question, {isOn: this.#isOn, before: all, ten});
      if (!why && ten.some((each) => isAnsweredAlike(each, question))) return 'kind';
      const isShared = all.some((each) => sharesSecret(each, question) || sharesSecret(question, each));
      return why ?? (isShared ? 'same' : undefined);
    };
    const fromAside = (): void => {
      const waiting = this.#aside.toSorted((a, b) => Number(this.#isOn(b)) - Number(this.#isOn(a)));
      this.#aside = waiting.filter((each) => {
        const takes = ten.length < size && misfit(each) === undefined;
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
    if (ten.length < size) fromAside();
    return ordered(ten, before);
  }
}

export type Composed = {
  readonly questions: readonly Question[] /** Absent: as many as were wished for. */;
  readonly fewer?: Shortage;
};

/** The first ten of a long sheet are the short one. */
export const composed = (
  source: Iterable<Question>,
  count: number,
  isOn: Composing['isOn'] = () => true,
): Composed => {
  const made = new Composition(source, isOn);
  const questions: Question[] = [];
  while (questions.length < count) {
    const size = Math.min(inTen, count - questions.length);
    const ten = made.ten(questions, size);
    questions.push(...ten);
    if (ten.length < size) return {questions, fewer: made.shortage};
  }
  return {questions};
};
