// Sentences about several runs of a track, each against another belief (lessons/data/misconceptions.yaml, `counter`): which of them
// is so, or which is not.

import {hash32} from '../lesson/hash.ts';
import type {Lesson} from '../lesson/lesson.ts';
import {allRuns} from '../lesson/run-variant.ts';
import {type Text, wordedWithNames} from '../lesson/text.ts';
import {whichIsSoSentences} from '../words/catalogue/questions.ts';
import {type CounterExample, counterExamplesIn} from './counter-examples.ts';
import type {Draft, Option} from './draft.ts';
import {drawFrom} from './draw.ts';
import {lastSent} from './instants.ts';
import type {Written} from './kind.ts';
import {topicOf} from './lesson-topic.ts';
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
  /** Whether the one to be found is so; if not, it is the only one that is not. */
  readonly isSo: boolean;
};

/** Of each counter-example of this run two, with partners that its numbers draw. */
const plansOf = (asked: Asked): readonly Plan[] => {
  const {lesson, seed} = asked.variant;
  const all = partnersOf(asked);
  return counterExamplesIn(asked).flatMap((example) =>
    [true, false].flatMap((isSo): readonly Plan[] => {
      const {misconception} = example.counter;
      const draw = drawFrom(`which-is-so ${lesson.id} ${misconception} ${isSo} ${seed}`);
      const rest = all.filter(({belief}) => belief !== misconception);
      const partners = draw.shuffled('partners', rest).slice(0, others);
      if (partners.length < others) return [];
      const names = [misconception, isSo, ...partners.map(({belief}) => belief)];
      return [{place: hash32(names.join(' ')), example, partners, isSo}];
    }),
  );
};

/** What whoever holds the belief gets wrong: a sentence that is not so and looks it to them, or the other way round. */
const optionOf = (asked: Asked, {lesson, belief, run}: Partner, isSo: boolean): Option | undefined => {
  const found = allRuns(lesson).find(({name}) => name === run);
  const example =
    found &&
    counterExamplesIn(asked.beside(lesson, found)).find(({counter}) => counter.misconception === belief);
  return (
    example && {
      text: isSo ? example.shown : example.believed,
      value: belief,
      misconception: belief,
    }
  );
};

const prompts = {
  true: whichIsSoSentences.prompts.true,
  false: whichIsSoSentences.prompts.false,
} as const;

/** Where it is seen, so that the run can be watched. */
const explained = ({variant: {lesson, run}}: Asked, {shown}: CounterExample, isSo: boolean): Text => {
  const title = titleOf(lesson, run);
  return isSo
    ? wordedWithNames(whichIsSoSentences.explained.itIsSeen, {title})
    : wordedWithNames(whichIsSoSentences.explained.itIsOtherwise, {title, shown});
};

const drafted = (asked: Asked, {example, partners, isSo}: Plan): Draft | undefined => {
  const {counter, n, shown, believed} = example;
  const wrong = partners.flatMap((partner) => optionOf(asked, partner, !isSo) ?? []);
  if (wrong.length < others) return undefined;
  return {
    form: 'choice',
    // The value of its counter's expression; the others are told apart by their beliefs.
    right: {text: isSo ? shown : believed, value: 'true'},
    wrong,
    prompt: [isSo ? prompts.true : prompts.false],
    hints: [whichIsSoSentences.drafted.hints],
    explain: explained(asked, example, isSo),
    n,
    // The expression of the counter, which holds in this run: of the two sentences, the first is so.
    evidence: {packet: lastSent(asked.trace, n), field: `expression:${counter.written}`, value: 'true'},
    topic: topicOf(asked.variant.lesson),
  };
};

export const whichIsSo: Written = {
  kind: 'which-is-so',
  places: (asked) => plansOf(asked).map(({place}) => place),
  ask: (asked, place) => {
    const plan = plansOf(asked).find((each) => each.place === place);
    return plan && drafted(asked, plan);
  },
};
