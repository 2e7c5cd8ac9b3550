// Collects the texts of a lesson's beats (narration, questions, hints, choices) and the expressions inside those texts.
import type {Expression} from './expression.ts';
import type {Facet} from './facets.ts';
import type {Beat, Signature, Template, WhatIf} from './lesson.ts';

const isText = (text: Template | undefined): text is Template => text !== undefined;

/** Returns the texts about the run; why a choice is wrong is about runs that did not happen. */
export const textsOf = (beat: Beat): readonly Template[] => {
  if (beat.kind === 'narration') return [beat.say, beat.note].filter(isText);
  return [beat.ask, beat.hint, beat.explain, ...beat.choices.map(({text}) => text)].filter(isText);
};

/** Returns the expressions of a text, which are the same in every language. */
const shownIn = ({en}: Template): readonly Expression[] =>
  en.flatMap((part) => (typeof part === 'string' ? [] : [part]));

/** The hosts that a reader knows without their run. */
const anybodys: readonly string[] = ['client', 'server'];

/**
 * Returns what ties a sentence to its run: a value that is read from the run, or a host that only its lesson has; undefined if the sentence
 * makes sense alone.
 */
export const tieToRun = (text: Template, hosts: readonly string[]): {readonly host?: string} | undefined => {
  const literal: readonly Expression['kind'][] = ['number', 'time', 'text'];
  if (shownIn(text).some(({kind}) => !literal.includes(kind))) return {};
  const words = new Set(
    Object.values(text)
      .flat()
      .flatMap((part) => (typeof part === 'string' ? part.split(/[^a-z0-9_]+/) : [])),
  );
  const host = hosts.find((each) => words.has(each) && !anybodys.includes(each));
  return host === undefined ? undefined : {host};
};

export const expressionsOf = (beat: Beat): readonly Expression[] => {
  const values = beat.kind === 'narration' ? [] : beat.choices.flatMap(({value}) => value ?? []);
  return [...textsOf(beat).flatMap(shownIn), ...values];
};

/** The texts about an instant, and the expressions that made them true. */
export type Told = {
  /** The facets (facets.ts) that the texts speak of; undefined if the author names none, which counts as all of them. */
  readonly speaks: readonly Facet[] | undefined;
  readonly expressions: readonly Expression[];
  readonly signature: Signature | undefined;
};

export const toldIn = (beat: Beat): Told => ({
  // A beat with a condition is told wherever the condition is true, so the facets of its texts do not matter.
  speaks: beat.kind !== 'concept' && beat.holds ? [] : beat.speaks,
  expressions: expressionsOf(beat),
  signature: beat.signature,
});

export const toldBy = ({say, speaks, signature}: Pick<WhatIf, 'say' | 'speaks' | 'signature'>): Told => ({
  speaks,
  expressions: say ? shownIn(say) : [],
  signature,
});
