// What may be seen of a run while a question is open: nothing of the instant that it is about, and no value that answers it.

import {entryAt, instantOf, worldAt} from '../account/entries.ts';
import type {World} from '../sim/world.ts';
import {bisect} from '../wire/growing-list.ts';
import {answersTo} from './time/waypoints.ts';
import type {View} from './view.ts';

/** The last event before the instant of event `n`. */
export const beforeInstant = ({input: {trace}}: View, n: number): number =>
  (instantOf(trace, n)[0]?.n ?? 1) - 1;

/** While a question about this instant is open, it has not happened yet: what came of it may be the answer. */
export const lastSeen = (view: View): number => {
  const {cursor, hidden, input} = view;
  const instantAt = (n: number): number | undefined =>
    n === 0 ? undefined : entryAt(input.trace, n).instant;
  const isAsked = hidden.some(({event}) => instantAt(event) === instantAt(cursor));
  return isAsked ? beforeInstant(view, cursor) : cursor;
};

/** What has changed in the instant at hand is seen by what was before it. */
export const lastBefore = (view: View): number => beforeInstant(view, lastSeen(view));

/** undefined: of a capture nobody knows it. */
export const worldSeen = (view: View): World | undefined => worldAt(view.input.trace, lastSeen(view));

export const worldBefore = (view: View): World | undefined => worldAt(view.input.trace, lastBefore(view));

/** A text as it may be shown: `?` where it answers an open question. */
export const unlessAsked = (view: View): ((text: string) => string) => {
  const answers = answersTo(view.hidden);
  return (text) => (answers.includes(text) ? '?' : text);
};

/** Questions that may ask for a value that a host keeps; one that counts what has happened does not. */
export const askingForValues = ({hidden}: View): View['hidden'] =>
  hidden.filter(
    ({hides}) => !hides || hides.fields.length === 0 || hides.fields.some((field) => field !== 'count'),
  );

/** Of what is in the order of events, how much has happened by event `n`. */
export const countUntil = (all: readonly {readonly n: number}[], n: number): number =>
  bisect(all.length, (index) => (all[index]?.n ?? 0) > n);

export const until = <T extends {readonly n: number}>(all: readonly T[], n: number): readonly T[] =>
  all.slice(0, countUntil(all, n));
