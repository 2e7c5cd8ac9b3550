// What stands out on a graph, in the order of the run: losses, repetitions, the beginning and the end of a recovery.

import {instantOf} from '../../account/causes.ts';
import {entryAt} from '../../account/entries.ts';
import type {Flow, Sample} from '../../account/flow.ts';
import type {Trace} from '../../sim/trace.ts';

export type GraphMark = {
  /** `fast`: by duplicate ACKs; `timeout`: the retransmission timer ran out; `over`: the recovery has ended. */
  readonly kind: 'lost' | 'again' | 'fast' | 'timeout' | 'over';
  readonly n: number;
  readonly atUs: number;
  /** The packet that it is about, or whose arrival brought it; 0: none. */
  readonly packet: number;
  /** First number of that packet, from the ISN; of a recovery SND.UNA. */
  readonly seq: number;
  /** Of a recovery: the sender right after it. */
  readonly sample: Sample | undefined;
};

const marksOfFlow = new WeakMap<Flow, readonly GraphMark[]>();

const recoveryMarks = (trace: Trace, {sender, samples}: Flow): GraphMark[] =>
  samples.flatMap((sample, index) => {
    const before = samples[index - 1]?.phase ?? 'none';
    if (sample.phase === before) return [];
    const instant = instantOf(trace, sample.n).filter(({host}) => host === sender);
    const moved =
      instant.find((event) => event.kind === 'arrive') ?? instant.find((event) => event.kind === 'send');
    return [
      {
        kind: sample.phase === 'none' ? ('over' as const) : sample.phase,
        // What is sent because of it comes after it.
        n: instant.find((event) => event.kind === 'send')?.n ?? sample.n,
        atUs: sample.atUs,
        packet: moved && 'packet' in moved ? moved.packet : 0,
        seq: sample.una,
        sample,
      },
    ];
  });

/** By event. */
export const marksOf = (trace: Trace, flow: Flow): readonly GraphMark[] => {
  const known = marksOfFlow.get(flow);
  if (known) return known;
  const packets = flow.sents.flatMap(({packet, n, atUs, from: seq, again, lostN}): GraphMark[] => [
    ...(again ? [{kind: 'again' as const, n, atUs, packet, seq, sample: undefined}] : []),
    ...(lostN === undefined
      ? []
      : [
          {
            kind: 'lost' as const,
            n: lostN,
            atUs: entryAt(trace, lostN).atUs,
            packet,
            seq,
            sample: undefined,
          },
        ]),
  ]);
  const marks = [...recoveryMarks(trace, flow), ...packets].sort((a, b) => a.n - b.n);
  marksOfFlow.set(flow, marks);
  return marks;
};
