// Collects the texts of a lesson's beats (narration, questions, hints, choices) and the expressions inside those texts.
import type {Expression} from './expression.ts';
import type {Facet} from './facets.ts';
import type {Beat, Signature, Template, WhatIf} from './lesson.ts';

const isText = (text: Template | undefined): text is Template => text !== undefined;

/**
 * Returns the texts of a beat that are about its run. The explanations of wrong choices are left out, because they are about runs that did
 * not happen.
 */
export const textsOf = (beat: Beat): readonly Template[] => {
  if (beat.kind === 'narration') return [beat.say, beat.note].filter(isText);
  return [beat.ask, beat.hint, beat.explain, ...beat.choices.map(({text}) => text)].filter(isText);
};

/** Returns the expressions in a beat's text; they are the same in every language. */
const shownIn = ({en}: Template): readonly Expression[] =>
  en.flatMap((part) => (typeof part === 'string' ? [] : [part]));

/** The names of hosts that make sense to a reader who does not see the run. */
const anybodys: readonly string[] = ['client', 'server'];

/**
 * Returns why a sentence means nothing without its run: it prints a value of the run (`{}`), or names a host of the lesson (`host`);
 * undefined if it makes sense alone.
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

/**
 * Holds what the lesson tells about an instant: the facets and the expressions of the texts, and the signature of the facts that made them
 * true.
 */
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
