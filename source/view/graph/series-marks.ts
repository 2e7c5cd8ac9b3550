// Collects the marks of a graph in the order of the run: losses, retransmissions, the beginning and the end of a loss recovery.

import {entryAt, instantOf} from '../../account/entries.ts';
import type {Flow, Sample} from '../../account/flow.ts';
import type {Recovery, Repair} from '../../account/recovery.ts';
import type {Trace} from '../../sim/trace.ts';

export type GraphMark = {
  /** The kind of mark: `probe` is a tail loss probe; `over` means that a recovery has ended because the lost data have arrived. */
  readonly kind: 'lost' | 'again' | 'probe' | Repair | 'over';
  readonly n: number;
  readonly atUs: number;
  /** The number of the packet that the mark is about, or whose arrival caused it; 0 if there is none. */
  readonly packet: number;
  /** The packet's first sequence number, counted from the initial one; for a recovery, SND.UNA. */
  readonly seq: number;
  /** The sender's variables right after a recovery began or ended, and the recovery itself; undefined for other marks. */
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
  // The mark comes before the packets that the recovery causes.
  return [{kind, n: sent?.n ?? at, atUs: entryAt(trace, at).atUs, packet, seq: sample.una, sample, recovery}];
};

/** Returns the marks for the beginning and end of recoveries. If one kind of recovery turns into another, there is no mark for an end. */
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

/** Returns all marks of a connection in the order of events. */
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
