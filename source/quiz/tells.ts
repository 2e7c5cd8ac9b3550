// Tells whether somebody who has read one quiz question and its reply knows the answer to another one.
import {oncePer} from '../wire/once-per.ts';
import {lessonsOwn} from './lesson-topic.ts';
import {ordersTold} from './order-told.ts';
import {isPacket, type PromptPacket, packetLineText, promptText} from './prompt.ts';
import type {Question} from './question.ts';

export const rightWords = ({choices, answer}: Question): readonly string[] => {
  const ids = typeof answer === 'object' ? answer : [String(answer)];
  return ids.map((id) => choices.find((each) => each.id === id)?.text.en ?? id);
};

/** Returns the English text of a question that is on paper while its sheet is filled in: prompt and choices, without the reply. */
const printedBy = oncePer(({prompt, choices}: Question) =>
  [promptText(prompt).en, ...choices.map(({text}) => text.en)].join('\n'),
);

/** Returns the English text of a question with its right answer and explanation, as read before the next question is asked. */
const toldBy = oncePer((question: Question) =>
  [promptText(question.prompt).en, ...rightWords(question), question.explain.en].join('\n'),
);

const longNumber = /^\d{3,}$/;
/** The number of digits from which a number does not occur in two runs by chance. */
const ownDigits = 7;
/** The number of characters from which an answer counts as a sentence of its own; shorter words occur in text about anything. */
const longWords = 16;

/** Tells whether a number that the question itself prints among others may still be given away by another question that singles it out. */
const isNamedBy = ({kind}: Question, words: string): boolean =>
  longNumber.test(words) && (kind === 'fill-in-handshake' || lessonsOwn.includes(kind));

/**
 * Returns the long numbers and sentences that answer a question, for a search in other questions; without those that the question prints
 * itself.
 */
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

/** Returns a key that is equal for questions about the same run, whatever its faults, because up to a fault the packets are the same. */
export const runOf = oncePer(({evidence: {source, run, seed, profile, connection}}: Question) =>
  [source, run, seed, profile, connection].join(' '),
);

const tellsWords = (one: Question, other: Question): boolean =>
  wordsAskedFor(other).some((secret) => {
    const isOfRun = longNumber.test(secret) && secret.length < ownDigits;
    return (!isOfRun || runOf(one) === runOf(other)) && says(toldBy(one), secret);
  });

/**
 * Tells whether question `one` prints the number that a learner has to type as the answer to the other one, so that copying it would do.
 */
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

/** Tells whether one of a lesson's own questions states the number that another question of the same lesson asks for. */
const tellsNumber = (one: Question, other: Question): boolean =>
  one.lesson === other.lesson &&
  [one, other].every(({kind}) => lessonsOwn.includes(kind)) &&
  rightWords(other).some(
    (words) =>
      storyNumber.test(words) &&
      !says(promptText(other.prompt).en, words) &&
      says(promptText(one.prompt).en, words),
  );

export const rowsOf = oncePer(({prompt}: Question): readonly PromptPacket[] => prompt.filter(isPacket));

/** Tells whether `one` prints packets of a lesson's question `other` together with later ones, so that it shows what follows. */
const goesOnBehind = (one: Question, other: Question): boolean => {
  const last = rowsOf(other).at(-1)?.number;
  if (!lessonsOwn.includes(other.kind) || last === undefined) return false;
  const rows = new Set(rowsOf(other).map((row) => packetLineText(row, 'en')));
  const isBehind = rowsOf(one).some(({number}) => number !== undefined && number > last);
  return isBehind && rowsOf(one).some((row) => rows.has(packetLineText(row, 'en')));
};

const showsPacket = ({prompt}: Question, packet: number): boolean =>
  prompt.some((line) => isPacket(line) && line.number === packet);

/** Tells whether question `one` prints the packet of which `other` asks for a field without printing the packet. */
const tellsPacket = (one: Question, other: Question): boolean => {
  const {packet, field} = other.evidence;
  const isPacketsOwn = packet !== undefined && !field.includes(':') && !showsPacket(other, packet);
  return isPacketsOwn && runOf(one) === runOf(other) && showsPacket(one, packet);
};

/**
 * Tells whether question `one` gives away a fact that `other` names among its secrets: the kind of `one` tells it, or its text contains it.
 */
const tellsFact = (one: Question, {secrets = []}: Question): boolean =>
  secrets.some((secret) => one.tells?.includes(secret) || says(printedBy(one), secret));

/** Returns the choice that a question sets apart from all its other ones: the only right one, or the only one that is not right. */
const setApart = oncePer(({form, choices, answer}: Question): string | undefined => {
  const isRight = ({id}: {readonly id: string}): boolean =>
    typeof answer === 'object' ? answer.includes(id) : id === answer;
  if ((form !== 'choice' && form !== 'several') || choices.length < 3) return undefined;
  const [right, wrong] = [choices.filter(isRight), choices.filter((each) => !isRight(each))];
  const [only, other] = [right, wrong].find((some) => some.length === 1) ?? [];
  return other ? undefined : only?.text.en;
});

/**
 * Tells whether a question whose answer is all choices but one leaves out the answer of a lesson's own question, as Finished is the only
 * message not in clear and the first that is encrypted.
 */
const leavesOut = (one: Question, other: Question): boolean =>
  one.form === 'several' &&
  lessonsOwn.includes(other.kind) &&
  one.topic === other.topic &&
  setApart(one) !== undefined &&
  setApart(one) === setApart(other);

const told = (one: Question, other: Question): boolean =>
  [tellsFact, tellsPacket, tellsWords, tellsNumber, printsTyped, goesOnBehind, leavesOut, ordersTold].some(
    (tells) => tells(one, other),
  );

const known = new WeakMap<Question, WeakMap<Question, boolean>>();

/** Tells whether somebody who has read question `one` and its reply knows the answer to `other`. */
export const tellsAnswer = (one: Question, other: Question): boolean => {
  const ofOne = known.get(one) ?? new WeakMap<Question, boolean>();
  known.set(one, ofOne);
  const tells = ofOne.get(other) ?? told(one, other);
  ofOne.set(other, tells);
  return tells;
};
