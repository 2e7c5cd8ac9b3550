// Quiz questions that ask which of several sentences is true, which one is not, or which are. Each sentence is about a run of the track and
// against another belief (lessons/data/misconceptions.yaml, `counter`).

import {hash32} from '../lesson/hash.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {runNamed} from '../lesson/run-variant.ts';
import {madeOf, type Text, wordedWithNames} from '../lesson/text.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {whichIsSoSentences} from '../words/catalogue/questions.ts';
import {type CounterExample, counterExamplesIn} from './counter-examples.ts';
import type {Draft, Option} from './draft.ts';
import {type Draw, drawFrom} from './draw.ts';
import {lastSent} from './instants.ts';
import type {Written} from './kind.ts';
import {topicOf} from './lesson-topic.ts';
import type {QuizChoice} from './question.ts';
import type {Asked} from './variant.ts';
import {titleOf} from './words.ts';

/** The number of other runs' sentences that join the first one in a question, so that it has four choices. */
const others = 3;

/** A counter-example of the track, by lesson, belief and run, whose sentence can join that of this run in a question. */
type Partner = {readonly lesson: Lesson; readonly belief: string; readonly run: string};

const partnersOf = ({track}: Asked): readonly Partner[] =>
  track.flatMap((lesson) =>
    (lesson.counters ?? []).map(({misconception, run}) => ({lesson, belief: misconception, run})),
  );

/**
 * The parts of one question: its own counter-example, its partners, and which sentences are true. `place`, a hash of these, names the
 * question, so that it is the same on every sheet.
 */
type Plan = {
  readonly place: number;
  readonly example: CounterExample;
  readonly partners: readonly Partner[];
  /**
   * Whether the question prints its own counter-example's true sentence rather than the false one; `areSo` tells the same of each partner.
   */
  readonly isSo: boolean;
  readonly areSo: readonly boolean[];
};

type Planned = {
  readonly kind: 'which-is-so' | 'which-are-so';
  /** Decides whether the true sentence of a partner is printed, given that of the question's own example (`isSo`). */
  readonly partnerIsSo: (isSo: boolean, nth: number, draw: Draw) => boolean;
};

/** The kind of question in which exactly one printed sentence is true, or exactly one is not. */
const one: Planned = {kind: 'which-is-so', partnerIsSo: (isSo) => !isSo};

/** The kind of question in which at least one printed sentence is true and at least one is not; the rest are drawn at random. */
const some: Planned = {
  kind: 'which-are-so',
  partnerIsSo: (isSo, nth, draw) => (nth === 0 ? !isSo : draw.below(`so ${nth}`, 2) === 0),
};

/**
 * Returns two questions' plans for each counter-example of this run, one with its true and one with its false sentence, and partners drawn
 * by the run's seed.
 */
const plansOf = (asked: Asked, {kind, partnerIsSo}: Planned): readonly Plan[] => {
  const {lesson, seed} = asked.variant;
  const all = partnersOf(asked);
  return counterExamplesIn(asked).flatMap((example) =>
    [true, false].flatMap((isSo): readonly Plan[] => {
      const {misconception} = example.counter;
      const draw = drawFrom(`${kind} ${lesson.id} ${misconception} ${isSo} ${seed}`);
      const rest = all.filter(({belief}) => belief !== misconception);
      const partners = draw.shuffled('partners', rest).slice(0, others);
      if (partners.length < others) return [];
      const areSo = partners.map((_, nth) => partnerIsSo(isSo, nth, draw));
      const names = [misconception, isSo, ...partners.flatMap(({belief}, nth) => [belief, areSo[nth]])];
      return [{place: hash32(names.join(' ')), example, partners, isSo, areSo}];
    }),
  );
};

const exampleOf = (asked: Asked, {lesson, belief, run}: Partner): CounterExample | undefined => {
  const found = runNamed(lesson, run);
  return (
    found &&
    counterExamplesIn(asked.beside(lesson, found)).find(({counter}) => counter.misconception === belief)
  );
};

/**
 * Returns a counter-example's true or false sentence as a choice. Anybody who holds the belief judges it wrongly, because it says the
 * opposite of the belief or the belief itself.
 */
const optionOf = ({counter: {misconception}, shown, believed}: CounterExample, isSo: boolean): Option => ({
  text: isSo ? shown : believed,
  value: misconception,
  misconception,
});

/** Returns for each false sentence of a question what is right instead, with the letter of its choice. */
const corrections = (choices: readonly QuizChoice[], examples: readonly CounterExample[]): Text => {
  const corrected = choices.flatMap(({id, value}) => {
    const example = examples.find(({counter}) => counter.misconception === value);
    return example ? [{id, correct: example.counter.correct}] : [];
  });
  return madeOf(
    corrected.map(({correct}) => correct),
    (language) =>
      corrected.map(({id, correct}) => `(${id}) ${correct[language]}`).join(punctuation.space[language]),
  );
};

const {prompts} = whichIsSoSentences;

/** Returns the explanation of a question: why the belief is wrong, and the run in which this can be watched. */
const explained = (
  {variant: {lesson, run}}: Asked,
  {counter: {correct, rfc}}: CounterExample,
  isSo: boolean,
): Text => {
  const {itIsSeen, itIsOtherwise} = whichIsSoSentences.explained;
  return wordedWithNames(isSo ? itIsSeen : itIsOtherwise, {title: titleOf(lesson, run), correct, rfc});
};

/** Returns the question's evidence: in this run the counter-example's expression is true, and so the first of its two sentences. */
const evidenceOf = ({trace}: Asked, {counter, n}: CounterExample): Draft['evidence'] => ({
  packet: lastSent(trace, n),
  field: `expression:${counter.written}`,
  value: 'true',
});

type Drafted = Plan & {
  /** The counter-examples of the partners, in their order. */
  readonly examples: readonly CounterExample[];
};

/**
 * How many times as long as the longest wrong choice the right one may be, because a learner who picks the longest sentence would otherwise
 * often be right.
 */
const mostLonger = 1.3;

const whichOne = (asked: Asked, {example, examples, isSo, areSo}: Drafted): Draft | undefined => {
  const right = isSo ? example.shown : example.believed;
  const wrong = examples.map((each, nth) => optionOf(each, areSo[nth] === true));
  if (right.en.length > mostLonger * Math.max(...wrong.map(({text}) => text.en.length))) return undefined;
  return {
    form: 'choice',
    // The right choice has the value that the counter-example's expression has; the other choices have their beliefs' ids.
    right: {text: right, value: 'true'},
    wrong,
    prompt: [prompts.about, isSo ? prompts.true : prompts.false],
    hints: [whichIsSoSentences.drafted.hints],
    explain: explained(asked, example, isSo),
    n: example.n,
    secrets: [example.counter.misconception],
    evidence: evidenceOf(asked, example),
    topic: topicOf(asked.variant.lesson),
  };
};

const whichSome = (asked: Asked, {example, examples, isSo, areSo}: Drafted): Draft => {
  const all = [{each: example, so: isSo}, ...examples.map((each, nth) => ({each, so: areSo[nth] === true}))];
  const [right, wrong] = [true, false].map((wanted) => all.filter(({so}) => so === wanted));
  const others = (wrong ?? []).map(({each}) => each);
  return {
    form: 'several',
    right: (right ?? []).map(({each}) => optionOf(each, true)),
    wrong: (wrong ?? []).map(({each}) => optionOf(each, false)),
    prompt: [prompts.about, prompts.several],
    hints: [whichIsSoSentences.drafted.hints],
    explain: (choices) =>
      wordedWithNames(whichIsSoSentences.explained.othersAre, {shown: corrections(choices, others)}),
    n: example.n,
    secrets: [example, ...examples].map(({counter: {misconception}}) => misconception),
    evidence: evidenceOf(asked, example),
    topic: topicOf(asked.variant.lesson),
  };
};

const kindOf = (planned: Planned, draft: (asked: Asked, drafted: Drafted) => Draft | undefined): Written => ({
  kind: planned.kind,
  places: (asked) => plansOf(asked, planned).map(({place}) => place),
  ask: (asked, place) => {
    const plan = plansOf(asked, planned).find((each) => each.place === place);
    const examples = (plan?.partners ?? []).flatMap((partner) => exampleOf(asked, partner) ?? []);
    return plan && examples.length === others ? draft(asked, {...plan, examples}) : undefined;
  },
});

export const whichIsSo = kindOf(one, whichOne);
export const whichAreSo = kindOf(some, whichSome);
