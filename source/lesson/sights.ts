// Finds where a rule or a glossary term can be seen: the instant of the first run in which the rule acts or a narration uses the term. A
// lesson with the term in its title takes precedence.
import {entriesBetween, entryAt} from '../account/entries.ts';
import type {Trace} from '../sim/trace.ts';
import {bindBeats} from './bind.ts';
import type {Term} from './data.ts';
import type {Lesson, Run} from './lesson.ts';
import {termFinder, termsIn} from './term-names.ts';

export type Sight = {
  readonly lesson: string;
  readonly run: string;
  readonly event: number;
  /** The time of the event, in microseconds from the run's start. */
  readonly atUs: number;
  readonly isTitle?: true;
  /** True if the lesson's title has the term but none of its narrations does. */
  readonly isUntold?: true;
};
type ById = {readonly [id: string]: Sight};

/** The places where rules and glossary terms can be seen, by their ids. */
export type Sights = {
  readonly rules: ById;
  readonly terms: ById;
};

const seenIn = (lesson: Lesson, run: Run, {terms, trace}: {terms: readonly Term[]; trace: Trace}): Sights => {
  const sight = (event: number): Sight => ({
    lesson: lesson.id,
    run: run.name,
    event,
    atUs: event === 0 ? 0 : entryAt(trace, event).atUs,
  });
  const rules: Record<string, Sight> = {};
  for (const {because, n} of entriesBetween(trace, 1)) if (because) rules[because] ??= sight(n);
  const told: Record<string, Sight> = {};
  const {beats} = bindBeats(lesson, run.name, trace);
  const wordsIn = termFinder(termsIn(terms, lesson.track));
  const titled = new Set(wordsIn(lesson.title.en).map(({id}) => id));
  for (const beat of beats) {
    if (beat.kind !== 'narration') continue;
    for (const {id} of wordsIn(beat.say.en))
      told[id] ??= {...sight(beat.event), ...(titled.has(id) ? {isTitle: true} : {})};
  }
  const begun = beats.find(({kind}) => kind === 'narration')?.event;
  if (begun !== undefined) for (const id of titled) told[id] ??= {...sight(begun), isUntold: true};
  return {rules, terms: told};
};

const first = (all: readonly ById[]): ById => {
  const found = all.flatMap((each) => Object.entries(each)).toReversed();
  const [told, untold] = [false, true].map((wanted) =>
    found.filter(([, {isUntold}]) => (isUntold === true) === wanted),
  );
  return Object.fromEntries([
    ...(untold ?? []),
    ...(told ?? []),
    ...found.filter(([, {isTitle}]) => isTitle),
  ]);
};

/**
 * Merges the sights of several lessons; the first lesson takes precedence, except that a lesson with the term in its title comes before it,
 * and one that never tells the term after it.
 */
export const firstSights = (all: readonly Sights[]): Sights => ({
  rules: first(all.map(({rules}) => rules)),
  terms: first(all.map(({terms}) => terms)),
});

export const sightsIn = (lesson: Lesson, terms: readonly Term[], traceOf: (run: Run) => Trace): Sights =>
  firstSights(lesson.runs.map((run) => seenIn(lesson, run, {terms, trace: traceOf(run)})));
