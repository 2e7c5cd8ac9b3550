// Tells what may be shown while a question is open: nothing of the instant that it asks about, and no value that answers it.

import {entryAt, instantOf, worldAt} from '../account/entries.ts';
import type {World} from '../sim/world.ts';
import {bisect} from '../wire/growing-list.ts';
import {answersTo} from './time/waypoints.ts';
import type {View} from './view.ts';

/** Returns the number of the last event before the instant to which event `n` belongs. */
export const beforeInstant = ({input: {trace}}: View, n: number): number =>
  (instantOf(trace, n)[0]?.n ?? 1) - 1;

/**
 * Returns the number of the last event whose effects may be shown. While an open question asks about the present instant, this is the last
 * event before that instant, because its events may be the answer.
 */
export const lastSeen = (view: View): number => {
  const {cursor, hidden, input} = view;
  const instantAt = (n: number): number | undefined =>
    n === 0 ? undefined : entryAt(input.trace, n).instant;
  const isAsked = hidden.some(({event}) => instantAt(event) === instantAt(cursor));
  return isAsked ? beforeInstant(view, cursor) : cursor;
};

/** Returns the number of the last event before the present instant, for comparisons that show what the instant changed. */
export const lastBefore = (view: View): number => beforeInstant(view, lastSeen(view));

/** Returns the state of all hosts as it may be shown now; undefined in captures, where it is unknown. */
export const worldSeen = (view: View): World | undefined => worldAt(view.input.trace, lastSeen(view));

export const worldBefore = (view: View): World | undefined => worldAt(view.input.trace, lastBefore(view));

/** Returns a function that replaces a text by `?` if it answers an open question. */
export const unlessAsked = (view: View): ((text: string) => string) => {
  const answers = answersTo(view.hidden);
  return (text) => (answers.includes(text) ? '?' : text);
};

/** Returns the open questions whose answer may be a value of a host; those that only ask for a number of events are left out. */
export const askingForValues = ({hidden}: View): View['hidden'] =>
  hidden.filter(
    ({hides}) => !hides || hides.fields.length === 0 || hides.fields.some((field) => field !== 'count'),
  );

/** Returns how many items of a list, sorted by event number, have happened up to event `n`. */
export const countUntil = (all: readonly {readonly n: number}[], n: number): number =>
  bisect(all.length, (index) => (all[index]?.n ?? 0) > n);

export const until = <T extends {readonly n: number}>(all: readonly T[], n: number): readonly T[] =>
  all.slice(0, countUntil(all, n));
