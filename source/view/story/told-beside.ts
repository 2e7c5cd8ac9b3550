// What the account tells of a run between the beats of a lesson, as values.

import {entryAt} from '../../account/entries.ts';
import type {Told} from '../../account/told/facts.ts';
import {toldIn} from '../../account/told/voice.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';
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

/** Tells everything from the first event on. */
export const everything: Tells = {from: 1};

/** When the losses are of which a beat speaks: it speaks of all that are lost at one time. */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants of which a beat of the lesson speaks. */
export const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

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
