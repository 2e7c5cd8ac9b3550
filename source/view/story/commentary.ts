// The text of the account between the beats of a lesson, for instants that no beat is about.

import {entryAt} from '../../account/entries.ts';
import {calledAmong} from '../../account/told/called-among.ts';
import type {Told} from '../../account/told/facts.ts';
import {tellable, toldIn} from '../../account/told/told.ts';
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
  /** Earlier events that the account tells as well, because no beat does. */
  readonly silenced?: readonly number[];
  /** The faults that the lesson itself tells. */
  readonly planned?: ReadonlySet<string>;
  /** The sentences that the reader already knows from another run. */
  readonly heard?: ReadonlySet<string>;
};

/** The account tells everything from the first event on. */
const everything: Tells = {from: 1};

/** Returns what the account tells in a document, without `heard`, because its reader knows no other run. */
export const toldToAll = ({from, silenced = [], planned = new Set()}: Tells = everything): Tells => ({
  ...{from, silenced, planned},
});

/** Returns the times of the losses that beats tell. A beat is about all packets that are lost at one time. */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants that beats of the lesson are about. */
const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

/** Returns all sentences that could be told of a run. */
export const sayable = oncePer(
  (trace: Trace): ReadonlySet<string> =>
    new Set([...tellable(trace)].map((told) => toldText(trace, told).en)),
);

/** A sentence of the account; `called` is the connection that it is about, by its port or its other end, if that has to be told. */
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

/** Joins the sentences on one instant into one text, at the last of its events; the connection is named once. */
const inOneText =
  (trace: Trace) =>
  (asides: readonly Aside[], told: Told): readonly Aside[] => {
    const last = asides.at(-1);
    const next: Aside = {n: told.n, text: toldText(trace, told), called: calledAmong(trace, told)};
    if (!last || entryAt(trace, last.n).instant !== entryAt(trace, told.n).instant) return [...asides, next];
    const before = last.called === next.called ? last.text : withCalled(last);
    return [...asides.slice(0, -1), {...next, text: joined(before, next.text)}];
  };

/** Returns the instants of these events. After a datagram arrives, its program acts in another instant of the same time. */
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

/** Puts the account's sentences before the text of the last beat in the same instant, because beats do not know them. */
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

/** Returns what the account tells of a run between the beats of a lesson, as values in the order of events. Captures have no account. */
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
