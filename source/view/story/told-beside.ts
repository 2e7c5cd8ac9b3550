// Chooses what the account (the program's own commentary) tells between the beats of a lesson, as values.

import {entryAt} from '../../account/entries.ts';
import type {Told} from '../../account/told/facts.ts';
import {toldIn} from '../../account/told/voice.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';
import {toldText} from './told-text.ts';

export type Tells = {
  /** The number of the event from which on the account tells everything; before it, only what the network does to packets. */
  readonly from: number;
  /** The numbers of earlier events that the account tells as well, because no beat does. */
  readonly silenced?: readonly number[];
  /** The faults that the lesson itself tells about. */
  readonly planned?: ReadonlySet<string>;
  /** The sentences that the reader knows already from another run. */
  readonly heard?: ReadonlySet<string>;
};

/** The setting with which the account tells everything from the first event on. */
export const everything: Tells = {from: 1};

/** Returns the times in µs at which packets are lost and a beat tells so. Such a beat is about all packets that are lost at its time. */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants that narrations of the lesson are about. */
export const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

/**
 * Returns the instants of the events in `silenced`. After a datagram arrives, its program acts in another instant of the same time, which
 * is included.
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

/** Returns what the account tells of a run between the beats of a lesson, as values in the order of events; empty for a capture. */
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
