// Chooses, as values, what the program's own commentary (the account) says between the beats of a lesson.

import {entryAt} from '../../account/entries.ts';
import type {Told} from '../../account/told/facts.ts';
import {toldIn} from '../../account/told/voice.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';
import {toldText} from './told-text.ts';

export type Tells = {
  /** The number of the event from which on the commentary says everything; before it, only what the network does to packets. */
  readonly from: number;
  /** The numbers of events before `from` on which the commentary speaks as well, because no beat of the lesson does. */
  readonly silenced?: readonly number[];
  /** The faults that the lesson's texts tell about, so that the commentary need not. */
  readonly planned?: ReadonlySet<string>;
  /** The commentary's sentences, in English, that the reader knows already from another run. */
  readonly heard?: ReadonlySet<string>;
};

/** The settings with which the program's commentary tells everything from the first event on. */
export const everything: Tells = {from: 1};

/**
 * Returns the times in µs of packet losses that a narration of the lesson is about. Such a narration covers all packets lost at that time.
 */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants of the run that the lesson's narrations are about. */
export const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

/**
 * Returns the instants of the events in `silenced`, and later instants of the same time and host, because a program acts on a datagram in
 * an instant after its arrival.
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
 * Returns what the program's commentary tells of a run between the beats of a lesson, as values in the order of events; empty for a
 * capture.
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
