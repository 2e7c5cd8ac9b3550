// Reads the counter-examples of beliefs (lessons/data/misconceptions.yaml) that use a run of this lesson, with the names of the lesson.
import {countersSentences} from '../words/catalogue/lesson.ts';
import {readExpression} from './beats.ts';
import type {CounterFile, Misconception} from './data.ts';
import {readFaults} from './fault-reader.ts';
import type {Counter} from './lesson.ts';
import type {BeliefPlace} from './pack-beliefs.ts';
import {Problems} from './problems.ts';
import {type Ground, runNameIn} from './runs.ts';
import {readSelector} from './selector-parser.ts';
import {readTemplate} from './template.ts';
import {worded} from './text.ts';

type Readable = Pick<Misconception, 'id' | 'correct' | 'rfc'> & {readonly counter: CounterFile};

/** Returns the beliefs whose counter-example uses a run of this lesson. */
export const countersIn = (lesson: string, misconceptions: readonly Misconception[]): readonly Readable[] =>
  misconceptions.flatMap(({id, correct, rfc, counter}) =>
    counter?.lesson === lesson ? [{id, correct, rfc, counter}] : [],
  );

const readCounter = (
  {id, counter, ...reason}: Readable,
  {file, names}: Ground,
  runs: readonly string[],
  problems: Problems,
): readonly Counter[] => {
  const path = ['counter'];
  const run = runNameIn(file, counter.run) ?? runs[0] ?? 'base';
  problems.knows([...path, 'run'], countersSentences.readCounter, run, runs);
  const at = readSelector(counter.at, [...path, 'at'], names, problems);
  const that = readExpression(counter.that, [...path, 'that'], names, problems);
  const faultNames = {hosts: names.hosts, links: (names.links ?? []).map(({name}) => name)};
  const faults = readFaults(counter.faults ?? [], [...path, 'faults'], faultNames, problems);
  const shown = readTemplate(counter.shown, [...path, 'shown'], names, problems);
  const believed = readTemplate(counter.believed, [...path, 'believed'], names, problems);
  if (!at || !that) return [];
  return [{misconception: id, run, faults, at, that, written: counter.that, shown, believed, ...reason}];
};

/**
 * Reads the counter-examples of beliefs. A problem is reported under the id of the belief, and with its place in the belief's file if that
 * is known.
 */
export const readCounters = (
  readable: readonly Readable[],
  ground: Ground,
  {runs, beliefPlace}: {readonly runs: readonly string[]; readonly beliefPlace: BeliefPlace | undefined},
  problems: Problems,
): readonly Counter[] =>
  readable.flatMap((each) => {
    const own = new Problems();
    const counters = readCounter(each, ground, runs, own);
    for (const {message, remedy, path, inside} of own.found) {
      const named = worded(countersSentences.readCounters.named, {id: each.id, message});
      const elsewhere = beliefPlace?.(each.id, path, inside);
      problems.add([], {message: named, remedy}, elsewhere ? {elsewhere} : {});
    }
    const place = beliefPlace?.(each.id, ['counter', 'that']);
    return counters.map((counter) => ({...counter, ...(place ? {place} : {})}));
  });
