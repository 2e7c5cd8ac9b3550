// Collects the marks of a graph in the order of the run: losses, retransmissions, the beginning and the end of a loss recovery.

import {entryAt, instantOf} from '../../account/entries.ts';
import type {Flow, Sample} from '../../account/flow.ts';
import type {Recovery, Repair} from '../../account/recovery.ts';
import type {Trace} from '../../sim/trace.ts';

export type GraphMark = {
  /** The kind of a mark in a graph: `probe` is a tail loss probe; `over` is the end of a recovery, when the lost data have arrived. */
  readonly kind: 'lost' | 'again' | 'probe' | Repair | 'over';
  readonly n: number;
  readonly atUs: number;
  /** The number of the packet that the graph's mark is about, or whose arrival caused it; 0 if there is none. */
  readonly packet: number;
  /** The sequence number at which the mark is drawn, counted from the initial one: the first of the packet, or SND.UNA for a recovery. */
  readonly seq: number;
  /**
   * The sender's variables right after the beginning or end of a recovery (`sample`), and the recovery itself; undefined for other marks.
   */
  readonly sample: Sample | undefined;
  readonly recovery: Recovery | undefined;
};

const marksOfFlow = new WeakMap<Flow, readonly GraphMark[]>();

type Turning = Pick<GraphMark, 'kind' | 'recovery'> & {readonly at: number};

const turnMark = (trace: Trace, {sender, samples}: Flow, {kind, recovery, at}: Turning): GraphMark[] => {
  const sample = samples.find(({n}) => n >= at);
  if (!sample) return [];
  const instant = instantOf(trace, at).filter(({host}) => host === sender);
  const sent = instant.find((event) => event.kind === 'send');
  const moved = instant.find((event) => event.kind === 'arrive') ?? sent;
  const packet = moved && 'packet' in moved ? moved.packet : 0;
  // The mark has the event number of the first packet that the recovery sends, so that it comes right before that packet.
  return [{kind, n: sent?.n ?? at, atUs: entryAt(trace, at).atUs, packet, seq: sample.una, sample, recovery}];
};

/**
 * Returns the marks for the beginning and end of each recovery. If a recovery directly turns into one of another kind, its end has no mark.
 */
const recoveryMarks = (trace: Trace, flow: Flow): GraphMark[] =>
  flow.recoveries
    .flatMap((recovery, index): Turning[] => {
      const {what: kind, from, to} = recovery;
      const isOver = to !== undefined && flow.recoveries[index + 1]?.from !== to;
      return [{kind, recovery, at: from}, ...(isOver ? [{kind: 'over' as const, recovery, at: to}] : [])];
    })
    .flatMap((turning) => turnMark(trace, flow, turning));

type OfPacket = Pick<GraphMark, 'packet' | 'seq'>;

const ofPacket = (trace: Trace, kind: 'lost' | 'again' | 'probe', n: number, which: OfPacket): GraphMark => ({
  ...{kind, n, atUs: entryAt(trace, n).atUs, sample: undefined, recovery: undefined},
  ...which,
});

/** Returns all marks in the graphs of a connection, in the order of events. */
export const marksOf = (trace: Trace, flow: Flow): readonly GraphMark[] => {
  const known = marksOfFlow.get(flow);
  if (known) return known;
  const packets = flow.sents.flatMap(({packet, n, from: seq, again, probe, lostN}): GraphMark[] => [
    ...(again || probe ? [ofPacket(trace, probe ? 'probe' : 'again', n, {packet, seq})] : []),
    ...(lostN === undefined ? [] : [ofPacket(trace, 'lost', lostN, {packet, seq})]),
  ]);
  const marks = [...recoveryMarks(trace, flow), ...packets].sort((a, b) => a.n - b.n);
  marksOfFlow.set(flow, marks);
  return marks;
};
