// The account's own voice between the beats of a lesson, wherever none of them speaks of the same instant.

import {entryAt} from '../../account/entries.ts';
import {calledAmong} from '../../account/told/called-among.ts';
import type {Told} from '../../account/told/facts.ts';
import {tellable, toldIn} from '../../account/told/voice.ts';
import {aside, type BoundBeat} from '../../lesson/bound-beat.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {data} from '../../words/catalogue/told.ts';
import {toldText} from './told-text.ts';

export type Tells = {
  /** The first event from which on the account tells everything, not only what the path did. */
  readonly from: number;
  /** Events before that of which it tells as well: nobody else does. */
  readonly silenced?: readonly number[];
  /** Faults of which the lesson speaks itself. */
  readonly planned?: ReadonlySet<string>;
  /** Sentences of another run, from which the reader comes. */
  readonly heard?: ReadonlySet<string>;
};

/** From the first event on. */
const everything: Tells = {from: 1};

/** Whoever reads a document comes from nowhere. */
export const toldToAll = ({from, silenced = [], planned = new Set()}: Tells = everything): Tells => ({
  ...{from, silenced, planned},
});

/** When the losses are of which a beat speaks: it speaks of all that are lost at one time. */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants of which a beat of the lesson speaks. */
const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

/** All that could be said of a run. */
export const sayable = oncePer(
  (trace: Trace): ReadonlySet<string> =>
    new Set([...tellable(trace)].map((told) => toldText(trace, told).en)),
);

/** `called`: the connection that it speaks of, where that has to be told, by its port or by its other end. */
type Aside = {readonly n: number; readonly text: Text; readonly called: number | string | undefined};

const joined = (first: Text, second: Text): Text =>
  inEvery((language) => `${first[language]}${punctuation.space[language]}${second[language]}`);

const withCalled = ({text, called}: Aside): Text => {
  if (called === undefined) return text;
  return joined(
    text,
    typeof called === 'number'
      ? wordedWithNames(data.ofPort, {port: called})
      : wordedWithNames(data.withEnd, {end: called}),
  );
};

/** What is told of one instant is read as one text, at the last of its events; of one connection it says that once. */
const inOneText =
  (trace: Trace) =>
  (asides: readonly Aside[], told: Told): readonly Aside[] => {
    const last = asides.at(-1);
    const next: Aside = {n: told.n, text: toldText(trace, told), called: calledAmong(trace, told)};
    if (!last || entryAt(trace, last.n).instant !== entryAt(trace, told.n).instant) return [...asides, next];
    const before = last.called === next.called ? last.text : withCalled(last);
    return [...asides.slice(0, -1), {...next, text: joined(before, next.text)}];
  };

/**
 * The instants of these events; where a datagram comes, what its program makes of it is an instant of its own, and of the same time.
 */
const instantsOf = (
  trace: Trace,
  {silenced, from}: {readonly silenced: readonly number[]; readonly from: number},
): ReadonlySet<number> => {
  const instants = new Set<number>();
  for (const first of silenced) {
    const {atUs, host, instant} = entryAt(trace, first);
    instants.add(instant);
    for (let n = first + 1; n < from; n += 1) {
      const next = entryAt(trace, n);
      if (next.atUs !== atUs) break;
      if (next.host === host) instants.add(next.instant);
    }
  }
  return instants;
};

/** What a beat cannot know of its instant is read before it; of several beats there only the last one is read. */
const prefaced = (
  trace: Trace,
  beats: readonly BoundBeat[],
  asides: readonly Aside[],
): readonly BoundBeat[] =>
  asides.reduce((all, each) => {
    const {instant} = entryAt(trace, each.n);
    const last = all.findLastIndex(
      ({kind, event}) => kind === 'narration' && event > 0 && entryAt(trace, event).instant === instant,
    );
    return all.map((beat, index) =>
      index === last && beat.kind === 'narration' ? {...beat, say: joined(withCalled(each), beat.say)} : beat,
    );
  }, beats);

/**
 * Returns what the account tells of a run between the beats of a lesson, as values in the order of the events. Nothing is told of a capture.
 */
export const toldBeside = (
  trace: Trace,
  beats: readonly BoundBeat[],
  {from, silenced = [], planned = new Set(), heard}: Tells = everything,
): readonly Told[] => {
  if (trace.header.profile === 'capture') return [];
  const losses = from === Number.POSITIVE_INFINITY ? lossesToldUs(trace, beats) : new Set();
  return toldIn(trace, {
    from,
    narrated: narratedInstants(trace, beats),
    planned,
    silenced: instantsOf(trace, {silenced, from: Math.min(from, trace.length + 1)}),
    ...(heard ? {isHeard: (told) => heard.has(toldText(trace, told).en)} : {}),
  }).filter(({says, n}) => says !== 'lost' || !losses.has(entryAt(trace, n).atUs));
};

export const withCommentary = (
  trace: Trace,
  beats: readonly BoundBeat[],
  tells: Tells = everything,
): readonly BoundBeat[] => {
  const told = toldBeside(trace, beats, tells);
  if (told.length === 0) return beats;
  const narrated = narratedInstants(trace, beats);
  const first = beats.reduce((index, beat) => Math.max(index, beat.index + 1), 0);
  const added = told.reduce(inOneText(trace), []);
  const isBeside = ({n}: Aside): boolean => narrated.has(entryAt(trace, n).instant);
  const alone = added
    .filter((each) => !isBeside(each))
    .map((each, index) => aside(first + index, each.n, withCalled(each)));
  return [...prefaced(trace, beats, added.filter(isBeside)), ...alone].toSorted((a, b) => a.event - b.event);
};
