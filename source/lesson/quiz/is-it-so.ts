// What a run shows of a belief: a sentence about it, to be judged (lessons/data/misconceptions.yaml, `counter`).
import {fillTemplate} from '../bind.ts';
import type {Counter} from '../counters.ts';
import {evaluate} from '../evaluate.ts';
import type {Text} from '../lesson.ts';
import {matchingEvents} from '../match.ts';
import {text} from '../problem.ts';
import {after, packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {lastSent} from './instants.ts';
import {topicOf} from './lesson-topic.ts';
import type {Asked} from './variant.ts';
import {sentence} from './words.ts';

type Found = {readonly counter: Counter; readonly n: number; readonly place: number};

/** What the run shows is known only of the run as it is written. */
const foundIn = ({variant, trace}: Asked): readonly Found[] => {
  const {lesson, run, faults, profile} = variant;
  if (faults.length > 0 || profile !== run.profile) return [];
  return (lesson.counters ?? []).flatMap((counter, place) => {
    if (counter.run !== run.name || counter.faults.length > 0) return [];
    const [n] = matchingEvents(counter.at, trace);
    const holds = n === undefined ? undefined : evaluate(counter.that, {trace, event: n});
    const isSo = holds?.ok && holds.value.kind === 'truth' && holds.value.value;
    return n !== undefined && isSo ? [{counter, n, place}] : [];
  });
};

const yes = text('yes', '对');
const no = text('no', '不对');
const open = text('nobody can tell', '看不出来');

const judged = (asked: Asked, {counter, n}: Found, isTrue: boolean): Draft | undefined => {
  const {lesson, run} = asked.variant;
  const instant = {trace: asked.trace, event: n};
  const [shown, believed] = [counter.shown, counter.believed].map((each) => fillTemplate(each, instant));
  if (!shown || !believed || shown.problems.length + believed.problems.length > 0) return undefined;
  const said: Text = isTrue ? shown.text : believed.text;
  const title = run.title ? text(` (${run.title.en})`, `（${run.title.zh}）`) : text('', '');
  const option = (words: Text, value: string, misconception?: string): Option => ({
    text: words,
    value,
    ...(misconception === undefined ? {} : {misconception}),
  });
  const [right, wrong] = isTrue ? [yes, no] : [no, yes];
  return {
    form: 'choice',
    // The value of the counter's expression, if this answer were right.
    right: option(right, 'true'),
    wrong: [option(wrong, 'false', counter.misconception), option(open, 'open')],
    prompt: after(
      packetLines(asked.trace, n, 4),
      sentence(
        `From “${lesson.title.en}”${title.en}. Is this so?\n${said.en}`,
        `出自课程「${lesson.title.zh}」${title.zh}。这句话对吗？\n${said.zh}`,
      ),
    ),
    hints: [
      sentence(
        'Look for the packet or the state that this sentence is about.',
        '先找出这句话说的是哪个分组、哪个状态。',
      ),
      sentence(
        'Had it been the other way round, what would the packets look like?',
        '反过来想：如果不是这样，分组会是什么样子？',
      ),
    ],
    explain: isTrue
      ? sentence(
          `It is so. This would be wrong: ${believed.text.en}`,
          `对。要是这样说就错了：${believed.text.zh}`,
        )
      : sentence(`It is not so. ${shown.text.en}`, `不对。${shown.text.zh}`),
    n,
    evidence: {packet: lastSent(asked.trace, n), field: `expression:${counter.written}`, value: 'true'},
    topic: topicOf(lesson),
  };
};

export const isItSo: Generator = {
  kind: 'is-it-so',
  // Of each belief two: the sentence that is so, and the one that is not.
  places: (asked) => foundIn(asked).flatMap(({place}) => [2 * place, 2 * place + 1]),
  ask: (asked, place) => {
    const found = foundIn(asked).find((each) => each.place === Math.floor(place / 2));
    return found && judged(asked, found, place % 2 === 0);
  },
};
