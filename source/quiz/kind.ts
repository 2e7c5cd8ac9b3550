// A kind of question: what it prints, what follows from that, and what each belief would answer. The right answer is computed only from
// what is printed. If the run did something else, or if nothing follows, nothing is asked, and the rejection says why.

import {type HostName, namesIn} from '../lesson/host-names.ts';
import {sameIn, type Text, textOf, worded} from '../lesson/text.ts';
import {given} from '../sim/given.ts';
import {choiceSentences} from '../words/catalogue/questions.ts';
import {type Answering, type Draft, noneOfThese as nothing, type Option} from './draft.ts';
import {type Draw, drawFrom} from './draw.ts';
import {canonical} from './equivalent.ts';
import {finish, placeId, standsOut} from './finish.ts';
import {type BothInitial, countingOf, type NumberField} from './initial-numbers.ts';
import type {QuestionKind} from './kinds.ts';
import {heightOf, isPacket, longestWordIn, mostRows, type Prompt, promptText, withNames} from './prompt.ts';
import type {AnswerForm, Question, WrongAnswer} from './question.ts';
import type {Asked} from './variant.ts';

/** The answer to a question: a value or several; for an order, in that order. Numbers are written in decimal. */
export type Answer = string | readonly string[];

/**
 * A wrong idea: a misconception of the lessons, or a slip that a sentence describes. `answers` returns what somebody with the idea would
 * answer; undefined if it leads to no answer.
 */
export type Belief<Givens> = (
  | {readonly misconception: string}
  | {readonly says: Text | ((givens: Givens) => Text)}
) & {
  readonly answers: (givens: Givens) => Answer | undefined;
};

export type Solution = {
  readonly answer: Answer;
  /** The explanation of the answer, with the question's numbers or the letters of its choices. */
  readonly explain: Draft['explain'];
  readonly hints: Draft['hints'];
};

type Answers<Givens> = (givens: Givens) => Answer | number | undefined;

/**
 * Returns the beliefs of a question kind from functions that compute their answers. A function's name is that of a sentence in `sentences`
 * (each needs one) or the id of a misconception.
 */
export const beliefsIn = <Givens, Name extends string>(
  sentences: {readonly [name in Name]: Text},
  answers: {readonly [name in NoInfer<Name>]: Answers<Givens>} & {
    readonly [misconception: `${string}-${string}`]: Answers<Givens>;
  },
): readonly Belief<Givens>[] =>
  Object.entries<Answers<Givens>>(answers).map(([name, answer]) => {
    const says = textOf(sentences, name);
    const written = (givens: Givens): Answer | undefined => {
      const value = answer(givens);
      return typeof value === 'number' ? String(value) : value;
    };
    return {...(says ? {says} : {misconception: name}), answers: written};
  });

/** Returns one belief for each choice, which takes that choice whatever the question prints. */
export const whatever = (choices: {readonly [answer: string]: Text}): readonly Belief<object>[] =>
  Object.entries(choices).map(([answer, says]) => ({says, answers: () => answer}));

/** The reason why a question is not asked at a place of a run. */
export type Rejection =
  /** Something that the question does not print had a part in the outcome. */
  | 'hidden'
  /** No field of a packet shows the answer. */
  | 'unseen'
  /** The answer does not follow from what the question prints. */
  | 'undecided'
  /** The run did something other than what follows from what the question prints. */
  | 'otherwise'
  /** Too few wrong beliefs lead to another answer, so there are too few choices. */
  | 'few'
  /** The question's prompt or choices are too large for a screen. */
  | 'wide'
  /** The answer of the question takes no thought. */
  | 'trivial';

export type Found<Givens> = Pick<Draft, 'n' | 'because' | 'of' | 'topic' | 'secrets'> & {
  /** All values that the question prints, and nothing else; the answer is computed from them. */
  readonly givens: Givens;
  /** The real outcome in the run; the computed answer has to be the same. */
  readonly did: Answer;
  readonly evidence: Draft['evidence'] | undefined;
  /** Returns an answer as packet fields have it, such as the address of a host. @default the answer as it is */
  readonly fieldValue?: (value: string) => string;
};

/** Returns the name of a host for texts; the givens of a question have only the host's id. */
export type Called = (host: string) => HostName;

export type Kind<Givens extends object> = {
  readonly kind: QuestionKind;
  /** The form of the answer. `numeral` is a number that a draw decides to have typed or chosen among the answers of the beliefs. */
  readonly form: AnswerForm | 'numeral' | ((givens: Givens) => AnswerForm | 'numeral');
  /** True if each question of this kind simulates the run once more with a fault, which takes time. */
  readonly simulates?: true;
  /**
   * Whether the asked number is a seq or an ack of the evidence's packet, so that `+N`, counted from the initial number, is accepted, too.
   */
  readonly counts?: NumberField;
  /** Returns the prompt. `initial` has the initial numbers of the end whose number is asked for, and of the other one. */
  readonly ask: (givens: Givens, called: Called, initial?: BothInitial) => Prompt;
  /** Computes the answer from the printed givens; undefined if it does not follow from them. */
  readonly solve: (givens: Givens, called: Called) => Solution | undefined;
  readonly beliefs: readonly Belief<Givens>[];
  /** Returns the names of facts that would answer the question; no other question of the same sheet may tell or print them. */
  readonly secrets?: (givens: Givens) => readonly string[];
  /** Returns the names of facts that the question tells in passing, so that no other question of its sheet asks for them. */
  readonly tells?: (givens: Givens) => readonly string[];
  /** Returns the text of a choice from its value. @default the value itself */
  readonly words?: (value: string, givens: Givens, called: Called) => Text;
  /** The text of the choice "none of these", which is right if no other choice is; absent if there is no such choice. */
  readonly none?: Text;
  /** Returns the reply to the printed packet that is neither the answer nor what a belief answers, if the form is `packet`. */
  readonly astray?: (packet: number, givens: Givens) => Text;
};

/** The places where a kind of question can be asked in a run, and what it would print there. */
export type Places<Givens, Item> = {
  readonly among: (asked: Asked) => readonly Item[];
  /** Returns the number by which a place is found again, usually that of its event. */
  readonly at: (item: Item, index: number) => number;
  readonly find: (asked: Asked, item: Item, draw: Draw) => Found<Givens> | Rejection;
};

/** Holds what a possible question would print and what follows from it, for checks; each function computes its result anew. */
type Told = {
  readonly givens: object;
  readonly did: Answer;
  readonly prompt: () => Prompt;
  /** Returns all words that a learner reads: the prompt, and for an order also the choices. */
  readonly printed: () => string;
  readonly solve: () => Solution | undefined;
  /** Returns the answers to which wrong beliefs lead for these givens. */
  readonly believed: () => readonly Answer[];
};

/** The question at a place of a run, or the reason why none is asked there. `told` is absent if nothing could be printed. */
export type Candidate = {readonly told?: Told} & (
  | {readonly question: Question}
  | {readonly rejected: Rejection}
);

/** A kind of question with the type of its givens hidden, so that all kinds fit one list. */
export type AnyKind = Pick<Kind<object>, 'kind' | 'simulates'> & {
  /** Returns the numbers of the places at which this run can be asked about. */
  readonly places: (asked: Asked) => readonly number[];
  readonly candidate: (asked: Asked, place: number) => Candidate;
};

const valuesOf = (answer: Answer): readonly string[] => (typeof answer === 'string' ? [answer] : answer);

const keyOf = (answer: Answer, form: AnswerForm): string => {
  const values = valuesOf(answer).map(canonical);
  return (form === 'several' ? values.toSorted() : values).join('\n');
};

type Held<Givens> = {readonly belief: Belief<Givens>; readonly answer: Answer};

const heldIn = <Givens extends object>({beliefs}: Kind<Givens>, givens: Givens): readonly Held<Givens>[] =>
  beliefs.flatMap((belief) => {
    const answer = belief.answers(givens);
    return answer === undefined ? [] : [{belief, answer}];
  });

/**
 * Returns what a wrong choice shows: a misconception if it alone leads to the choice, otherwise a sentence about a slip that leads to it.
 */
const shownBy = <Givens>(
  held: readonly Held<Givens>[],
  givens: Givens,
): Pick<Option, 'misconception' | 'belief'> => {
  const beliefs = new Set(held.map(({belief}) => belief));
  const [one] = beliefs;
  if (one && beliefs.size === 1 && 'misconception' in one) return {misconception: one.misconception};
  const [says] = [...beliefs].flatMap((each) => ('says' in each ? each.says : []));
  return says === undefined ? {} : {belief: typeof says === 'function' ? says(givens) : says};
};

type Worked<Givens extends object> = {
  readonly kind: Kind<Givens>;
  readonly found: Found<Givens>;
  readonly solution: Solution;
  readonly form: AnswerForm;
  readonly called: Called;
};

/** Names a host whose id is a letter so that nobody takes it for the letter of a choice. */
const besideLetters =
  (called: Called): Called =>
  (host) => {
    if (!/^[a-f]$/.test(host)) return called(host);
    const name = worded(choiceSentences.hostCalled, {name: host});
    return {...called(host), name, within: name};
  };

type Options = {readonly right: readonly Option[]; readonly wrong: readonly Option[]};

const optionsOf = <Givens extends object>({kind, found, solution, form, called}: Worked<Givens>): Options => {
  const {givens, fieldValue = (value) => value} = found;
  const right = valuesOf(solution.answer);
  const has = (answer: Answer, value: string): boolean =>
    valuesOf(answer).some((each) => canonical(each) === canonical(value));
  const isSeveral = form === 'several';
  const held = heldIn(kind, givens).filter(({answer}) => keyOf(answer, form) !== keyOf(right, form));
  const option = (value: string): Option => {
    // If several choices are right, a belief is shown by each choice that it takes wrongly or leaves out wrongly.
    const behind = held.filter(({answer}) =>
      isSeveral ? has(answer, value) !== has(right, value) : has(answer, value),
    );
    const shown = isSeveral || !has(right, value) ? shownBy(behind, givens) : {};
    const text = kind.words?.(value, givens, besideLetters(called)) ?? sameIn(value);
    return {text, value: fieldValue(value), ...shown};
  };
  const others = new Set(held.flatMap(({answer}) => valuesOf(answer)));
  const wrong = form === 'order' ? [] : [...others].filter((value) => !has(right, value));
  return {right: right.map(option), wrong: wrong.map(option)};
};

/** Returns the replies to the printed packets for a learner who chooses a wrong one; the first reply to a packet counts. */
const astrayIn = <Givens extends object>({kind, found: {givens}, called}: Worked<Givens>) =>
  kind
    .ask(givens, called)
    .flatMap((line): readonly WrongAnswer[] =>
      isPacket(line) && line.number !== undefined && kind.astray
        ? [{value: line.number, belief: kind.astray(line.number, givens)}]
        : [],
    );

/** The least number of wrong choices that a question with choices needs. */
const leastWrong = 2;

const answeringOf = <Givens extends object>(
  worked: Worked<Givens>,
  isNumeral: boolean,
): Answering | undefined => {
  const {form, solution} = worked;
  const {right, wrong} = optionsOf(worked);
  const [first] = right;
  if (form === 'order' || form === 'several') return {form, right, wrong};
  const isFew = wrong.length < leastWrong;
  if (form === 'choice' && !(isFew && isNumeral))
    return first && !isFew ? {form, right: first, wrong} : undefined;
  const numbers = wrong.map(({text: _, value, ...shown}) => ({value: Number(value), ...shown}));
  return form === 'packet'
    ? {form, right: Number(solution.answer), wrong: [...numbers, ...astrayIn(worked)]}
    : {form: 'number', right: Number(solution.answer), wrong: numbers};
};

const widestChoice = 70;
/** The longest word in characters that a prompt may have: a name of 250 characters cannot be read or counted. */
const longestWord = 64;

/** Tells whether the prompt or a choice in English is too large for a screen; Chinese is shorter, so it is not measured. */
const isWide = ({prompt, ...draft}: Draft): boolean => {
  const options = typeof draft.right === 'number' ? [] : [draft.right, draft.wrong].flat();
  return (
    heightOf(prompt) > mostRows ||
    longestWordIn(prompt) > longestWord ||
    options.some((each) => 'text' in each && each.text.en.length > widestChoice)
  );
};

/** Draws whether a number is to be typed (one question in three) or chosen; typing is harder. */
const isTyped = (draw: Draw): boolean => draw.below('form', 3) === 0;

/** Tells whether a packet field given as evidence has the value of the answer; evidence of another sort is taken as it is. */
const isSeen = <Givens>(
  {did, evidence, fieldValue = (value) => value}: Found<Givens>,
  form: AnswerForm,
): boolean => {
  if (!evidence) return false;
  const isField = !evidence.field.includes(':') && form === 'choice';
  return !isField || (typeof did === 'string' && fieldValue(did) === evidence.value);
};

const withCalled = (prompt: Prompt, {trace}: Asked): Prompt =>
  prompt.map((line) => (isPacket(line) ? withNames(line, namesIn(trace)) : line));

const promptOf = <Givens extends object>(
  {ask}: Kind<Givens>,
  givens: Givens,
  asked: Asked,
  initial?: BothInitial,
): Prompt => withCalled(ask(givens, namesIn(asked.trace), initial), asked);

type Where = {readonly asked: Asked; readonly place: number; readonly draw: Draw};

const judged = <Givens extends object>(
  kind: Kind<Givens>,
  found: Found<Givens>,
  {asked, place, draw}: Where,
): Question | Rejection => {
  const {givens, did, evidence, n, because, of, topic} = found;
  const wanted = typeof kind.form === 'function' ? kind.form(givens) : kind.form;
  const isNumeral = wanted === 'numeral';
  const form = isNumeral ? (isTyped(draw) ? 'number' : 'choice') : wanted;
  const called = namesIn(asked.trace);
  const solution = kind.solve(givens, called);
  if (!solution) return 'undecided';
  if (keyOf(solution.answer, form) !== keyOf(did, form)) return 'otherwise';
  if (!evidence || !isSeen(found, form)) return 'unseen';
  const answering = answeringOf({kind, found, solution, form, called}, isNumeral);
  if (!answering) return 'few';
  const {explain, hints} = solution;
  const {initial, countsFrom} = countingOf(asked.trace, evidence.packet, kind.counts);
  const draft: Draft = {
    ...answering,
    prompt: promptOf(kind, givens, asked, initial),
    ...{givens, hints, explain, because, n, of, evidence, topic},
    ...given({countsFrom}),
    ...((found.secrets || kind.secrets) && {
      secrets: [...(found.secrets ?? []), ...(kind.secrets?.(givens) ?? [])],
    }),
    ...(kind.tells && {tells: kind.tells(givens)}),
  };
  const made = isWide(draft) ? 'wide' : (finish(kind.kind, draft, asked, place) ?? 'few');
  return typeof made === 'object' && standsOut(made) ? 'trivial' : made;
};

type Placed<Givens extends object, Item> = Kind<Givens> & Places<Givens, Item>;

const orNothing = (answer: Answer): Answer =>
  typeof answer === 'object' && answer.length === 0 ? [nothing] : answer;

/** Adds the choice "none of these" to a kind of question with several right choices, because marking nothing counts as no answer. */
const withNone = <Givens extends object, Item>(
  kind: Placed<Givens, Item>,
  none: Text,
): Placed<Givens, Item> => ({
  ...kind,
  find(asked, item, draw) {
    const found = kind.find(asked, item, draw);
    return typeof found === 'string' ? found : {...found, did: orNothing(found.did)};
  },
  solve(givens, called) {
    const solution = kind.solve(givens, called);
    return solution && {...solution, answer: orNothing(solution.answer)};
  },
  beliefs: kind.beliefs.map((belief) => ({
    ...belief,
    answers(givens: Givens) {
      const answer = belief.answers(givens);
      return answer && orNothing(answer);
    },
  })),
  words: (value, givens, called) =>
    value === nothing ? none : (kind.words?.(value, givens, called) ?? sameIn(value)),
});

export const kindOf = <Givens extends object, Item>({none, ...own}: Placed<Givens, Item>): AnyKind =>
  askable(none ? withNone(own, none) : own);

const askable = <Givens extends object, Item>(kind: Placed<Givens, Item>): AnyKind => ({
  kind: kind.kind,
  ...(kind.simulates ? {simulates: true} : {}),
  places: (asked) => kind.among(asked).map(kind.at),
  candidate(asked, place) {
    const draw = drawFrom(placeId(kind.kind, asked, place));
    const item = kind.among(asked).find((each, index) => kind.at(each, index) === place);
    const found = item === undefined ? 'hidden' : kind.find(asked, item, draw);
    if (typeof found === 'string') return {rejected: found};
    const {givens, did} = found;
    const called = namesIn(asked.trace);
    const told: Told = {
      givens,
      did,
      prompt: () => promptOf(kind, givens, asked),
      printed: () =>
        [
          promptText(promptOf(kind, givens, asked)).en,
          ...(kind.form === 'order' ? valuesOf(kind.solve(givens, called)?.answer ?? []) : []),
        ].join('\n'),
      solve: () => kind.solve(givens, called),
      believed: () => heldIn(kind, givens).map(({answer}) => answer),
    };
    const made = judged(kind, found, {asked, place, draw});
    return typeof made === 'string' ? {told, rejected: made} : {told, question: made};
  },
});

/** A kind of question whose answers a lesson's author wrote; the lesson check compares them with the run. */
export type Written = Pick<AnyKind, 'kind' | 'simulates' | 'places'> & {
  /** Returns the question at this place of the run; undefined if there is no good one. */
  readonly ask: (asked: Asked, place: number, draw: Draw) => Draft | undefined;
};

export const writtenKind = ({ask, ...kind}: Written): AnyKind => ({
  ...kind,
  candidate(asked, place) {
    const draft = ask(asked, place, drawFrom(placeId(kind.kind, asked, place)));
    const shown = draft && {...draft, prompt: withCalled(draft.prompt, asked)};
    if (shown && heightOf(shown.prompt) > mostRows) return {rejected: 'wide'};
    const question = shown && finish(kind.kind, shown, asked, place);
    return question ? {question} : {rejected: 'few'};
  },
});
