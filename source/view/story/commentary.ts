// Inserts the program's own commentary, the account, between the beats of a lesson, at instants that no beat is about.

import {entryAt} from '../../account/entries.ts';
import {calledAmong} from '../../account/told/called-among.ts';
import type {Told} from '../../account/told/facts.ts';
import {tellable} from '../../account/told/voice.ts';
import {aside, type BoundBeat} from '../../lesson/bound-beat.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {data} from '../../words/catalogue/told.ts';
import {everything, narratedInstants, type Tells, toldBeside} from './told-beside.ts';
import {toldText} from './told-text.ts';

/** Returns the settings of the account for a document: without `heard`, because its reader has not read sentences about another run. */
export const toldToAll = ({from, silenced = [], planned = new Set()}: Tells = everything): Tells => ({
  ...{from, silenced, planned},
});

/** Returns all sentences, in English, that the program's commentary could say about a run. */
export const sayable = oncePer(
  (trace: Trace): ReadonlySet<string> =>
    new Set([...tellable(trace)].map((told) => toldText(trace, told).en)),
);

/**
 * A sentence of the program's commentary on event `n`; `called` is the port or the other end of the connection that it is about, undefined
 * if that is clear.
 */
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

/** Joins the commentary's sentences on one instant into one text, placed after the last of their events; the connection is named once. */
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
 * Returns the beats of a lesson with the commentary's sentences on an instant put before the text of the last narration at it, because the
 * narration does not contain them.
 */
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
