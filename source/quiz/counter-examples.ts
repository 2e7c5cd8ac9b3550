// Finds events of a run that disprove a misconception, each with a true and a false sentence about it (lessons/data/misconceptions.yaml,
// `counter`).

import {tieToRun} from '../lesson/beat-texts.ts';
import {fillTemplate} from '../lesson/bind.ts';
import {isTrue} from '../lesson/evaluate.ts';
import type {Counter, Template} from '../lesson/lesson.ts';
import {matchingEvents} from '../lesson/match.ts';
import type {Text} from '../lesson/text.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Asked} from './variant.ts';

export type CounterExample = {
  readonly counter: Counter;
  /** The index of this counter-example in the lesson's list of counters. */
  readonly place: number;
  /** The number of the event that disproves the belief. */
  readonly n: number;
  /** The true sentence: what happens in the run. */
  readonly shown: Text;
  /** The false sentence: what would happen if the belief were right. */
  readonly believed: Text;
};

const filled = (template: Template, {trace}: Asked, n: number): Text | undefined => {
  const {text, problems} = fillTemplate(template, {trace, event: n});
  return problems.length === 0 ? text : undefined;
};

const exampleIn = (asked: Asked, counter: Counter, place: number): readonly CounterExample[] => {
  const {trace} = asked;
  const [n] = matchingEvents(counter.at, trace);
  if (n === undefined || !isTrue(counter.that, {trace, event: n})) return [];
  const [shown, believed] = [counter.shown, counter.believed].map((each) => filled(each, asked, n));
  return shown && believed ? [{counter, place, n, shown, believed}] : [];
};

/**
 * Tells whether both sentences of a counter-example make sense without the run. Those of the program count as such, because experts have
 * answered them in this form.
 */
const standsAlone = ({place, shown, believed}: Counter, hosts: readonly string[]): boolean =>
  place === undefined || [shown, believed].every((text) => tieToRun(text, hosts) === undefined);

/**
 * Returns the counter-examples in a run whose sentences can be judged alone; none for a run with added faults, settings or another profile.
 */
export const counterExamplesIn = oncePer((asked: Asked): readonly CounterExample[] => {
  const {lesson, run, faults, profile} = asked.variant;
  const hosts = run.hosts.map(({name}) => name);
  const isAsWritten = faults.length === 0 && !run.set && profile === run.profile;
  return (isAsWritten ? (lesson.counters ?? []) : []).flatMap((counter, place) =>
    counter.run === run.name && counter.faults.length === 0 && standsAlone(counter, hosts)
      ? exampleIn(asked, counter, place)
      : [],
  );
});
