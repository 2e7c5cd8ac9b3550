// Sentences about several runs of a track, each against another belief (lessons/data/misconceptions.yaml, `counter`): which of them
// is so, or which is not; or which are.

import {hash32} from '../lesson/hash.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {allRuns} from '../lesson/run-variant.ts';
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

/** Wrong choices. */
const others = 3;

/** A counter-example of the track that a question can set beside one of its own run. */
type Partner = {readonly lesson: Lesson; readonly belief: string; readonly run: string};

const partnersOf = ({track}: Asked): readonly Partner[] =>
  track.flatMap((lesson) =>
    (lesson.counters ?? []).map(({misconception, run}) => ({lesson, belief: misconception, run})),
  );

/** One question: its place says all that is in it, so that it is the same in whichever sheet. */
type Plan = {
  readonly place: number;
  readonly example: CounterExample;
  readonly partners: readonly Partner[];
  /** Whether its own sentence is so, and whether each of its partners'. */
  readonly isSo: boolean;
  readonly areSo: readonly boolean[];
};

type Planned = {
  readonly kind: 'which-is-so' | 'which-are-so';
  /** Whether the sentence of a partner is so. */
  readonly partnerIsSo: (isSo: boolean, nth: number, draw: Draw) => boolean;
};

/** The one to be found is so, or it is the only one that is not. */
const one: Planned = {kind: 'which-is-so', partnerIsSo: (isSo) => !isSo};

/** One is so at least, and one is not; of the rest, whichever. */
const some: Planned = {
  kind: 'which-are-so',
  partnerIsSo: (isSo, nth, draw) => (nth === 0 ? !isSo : draw.below(`so ${nth}`, 2) === 0),
};

/** Of each counter-example of this run two, with partners that its numbers draw. */
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
  const found = allRuns(lesson).find(({name}) => name === run);
  return (
    found &&
    counterExamplesIn(asked.beside(lesson, found)).find(({counter}) => counter.misconception === belief)
  );
};

/** What whoever holds the belief gets wrong: a sentence that is not so and looks it to them, or the other way round. */
const optionOf = ({counter: {misconception}, shown, believed}: CounterExample, isSo: boolean): Option => ({
  text: isSo ? shown : believed,
  value: misconception,
  misconception,
});

/** What is so instead of each that is not, by its letter. */
const corrections = (choices: readonly QuizChoice[], examples: readonly CounterExample[]): Text => {
  const corrected = choices.flatMap(({id, value}) => {
    const example = examples.find(({counter}) => counter.misconception === value);
    return example ? [{id, shown: example.shown}] : [];
  });
  return madeOf(
    corrected.map(({shown}) => shown),
    (language) =>
      corrected.map(({id, shown}) => `(${id}) ${shown[language]}`).join(punctuation.space[language]),
  );
};

const {prompts} = whichIsSoSentences;

/** Where it is seen, so that the run can be watched. */
const explained = ({variant: {lesson, run}}: Asked, {shown}: CounterExample, isSo: boolean): Text => {
  const title = titleOf(lesson, run);
  return isSo
    ? wordedWithNames(whichIsSoSentences.explained.itIsSeen, {title})
    : wordedWithNames(whichIsSoSentences.explained.itIsOtherwise, {title, shown});
};

/** The expression of its own counter holds in this run: of the two sentences, the first is so. */
const evidenceOf = ({trace}: Asked, {counter, n}: CounterExample): Draft['evidence'] => ({
  packet: lastSent(trace, n),
  field: `expression:${counter.written}`,
  value: 'true',
});

/** Five rows of a screen. */
const longestReply = 340;

const withOthers = (seen: Text, shown: Text): Text => {
  const others = wordedWithNames(whichIsSoSentences.explained.othersAre, {shown});
  if (seen.en.length + others.en.length > longestReply) return seen;
  return madeOf(
    [seen, others],
    (language) => `${seen[language]}${punctuation.space[language]}${others[language]}`,
  );
};

type Drafted = Plan & {/** Of its partners. */ readonly examples: readonly CounterExample[]};

/** Whoever takes the sentence with the most in it would be right. */
const mostLonger = 1.3;

const whichOne = (asked: Asked, {example, examples, isSo, areSo}: Drafted): Draft | undefined => {
  const right = isSo ? example.shown : example.believed;
  const wrong = examples.map((each, nth) => optionOf(each, areSo[nth] === true));
  if (right.en.length > mostLonger * Math.max(...wrong.map(({text}) => text.en.length))) return undefined;
  const seen = explained(asked, example, isSo);
  return {
    form: 'choice',
    // The value of its counter's expression; the others are told apart by their beliefs.
    right: {text: right, value: 'true'},
    wrong,
    prompt: [prompts.about, isSo ? prompts.true : prompts.false],
    hints: [whichIsSoSentences.drafted.hints],
    explain: isSo ? (choices) => withOthers(seen, corrections(choices, examples)) : seen,
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
