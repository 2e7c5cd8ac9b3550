// Tells what may be seen while a question is open: nothing of the instant that it asks about, and no value that answers it.

import {entryAt, instantOf, worldAt} from '../account/entries.ts';
import type {World} from '../sim/world.ts';
import {bisect} from '../wire/growing-list.ts';
import {answersTo} from './time/waypoints.ts';
import type {View} from './view.ts';

/** Returns the last event before the instant of event `n`. */
export const beforeInstant = ({input: {trace}}: View, n: number): number =>
  (instantOf(trace, n)[0]?.n ?? 1) - 1;

/**
 * Returns the last event that may be seen. While a question asks about this instant, the instant counts as not happened, because its events
 * may be the answer.
 */
export const lastSeen = (view: View): number => {
  const {cursor, hidden, input} = view;
  const instantAt = (n: number): number | undefined =>
    n === 0 ? undefined : entryAt(input.trace, n).instant;
  const isAsked = hidden.some(({event}) => instantAt(event) === instantAt(cursor));
  return isAsked ? beforeInstant(view, cursor) : cursor;
};

/** Returns the last event before the present instant, to tell what the instant changed. */
export const lastBefore = (view: View): number => beforeInstant(view, lastSeen(view));

/** Returns the state of all hosts as it may be seen; undefined in captures, where it is unknown. */
export const worldSeen = (view: View): World | undefined => worldAt(view.input.trace, lastSeen(view));

export const worldBefore = (view: View): World | undefined => worldAt(view.input.trace, lastBefore(view));

/** Returns a function that replaces a text by `?` if it answers an open question. */
export const unlessAsked = (view: View): ((text: string) => string) => {
  const answers = answersTo(view.hidden);
  return (text) => (answers.includes(text) ? '?' : text);
};

/** Returns the open questions that may ask for a value of a host; questions that count events do not. */
export const askingForValues = ({hidden}: View): View['hidden'] =>
  hidden.filter(
    ({hides}) => !hides || hides.fields.length === 0 || hides.fields.some((field) => field !== 'count'),
  );

/** Returns how many items of a list in the order of events have happened by event `n`. */
export const countUntil = (all: readonly {readonly n: number}[], n: number): number =>
  bisect(all.length, (index) => (all[index]?.n ?? 0) > n);

export const until = <T extends {readonly n: number}>(all: readonly T[], n: number): readonly T[] =>
  all.slice(0, countUntil(all, n));
