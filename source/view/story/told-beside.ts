// Returns what the account tells of a run between the beats of a lesson, as values.

import {entryAt} from '../../account/entries.ts';
import type {Told} from '../../account/told/facts.ts';
import {toldIn} from '../../account/told/voice.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';
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

/** Tells everything from the first event on. */
export const everything: Tells = {from: 1};

/** Returns the times of the losses that beats tell. A beat is about all packets that are lost at one time. */
const lossesToldUs = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) => {
      const entry = kind === 'narration' && event > 0 ? entryAt(trace, event) : undefined;
      return entry?.kind === 'drop' ? [entry.atUs] : [];
    }),
  );

/** Returns the instants that beats of the lesson are about. */
export const narratedInstants = (trace: Trace, beats: readonly BoundBeat[]): ReadonlySet<number> =>
  new Set(
    beats.flatMap(({kind, event}) =>
      kind === 'narration' && event > 0 ? [entryAt(trace, event).instant] : [],
    ),
  );

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
