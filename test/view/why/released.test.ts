// *Why?* of data that had waited: of the reasons that the rule names the one that held them, judged by the numbers before (RFC 9293 §3.7.4, §3.8.6; RFC 5681 §3.1).
import {expect, test} from 'vitest';
import {instantOf} from '../../../source/account/causes.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {otherReason} from '../../../source/view/why/scene-why.ts';
import {type Seq, seqDiff, seqLe} from '../../../source/wire/seq.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';

const told = {
  nagle: 'Nagle’s rule had held back this piece',
  closed: 'the peer’s window was closed',
  full: 'filled the window that the peer had told of',
  cwnd: 'had filled cwnd',
} as const;

type Sent = Extract<TraceEvent, {kind: 'send'}>;

/** Segments whose data nobody has acknowledged: Linux counts cwnd in them, however small they are. */
const segmentsAway = (trace: Trace, event: Sent, una: Seq): number => {
  let count = 0;
  for (const each of trace.events()) {
    if (each.n >= event.n) break;
    if (each.kind !== 'send' || each.connection !== event.connection || each.retransmission) continue;
    const segment = segmentOf(packetOf(trace, each.packet));
    if (segment && segment.payload.length > 0 && seqLe(una, segment.seq)) count += 1;
  }
  return count;
};

/** What did not let it leave just before; several may. */
const holders = (trace: Trace, event: Sent): readonly string[] => {
  const before = trace.stateAt((instantOf(trace, event.n)[0]?.n ?? 1) - 1);
  const tcb = before?.hosts[event.host]?.tcp.connections.get(event.connection ?? '');
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  if (!tcb) return [];
  const flight = seqDiff(tcb.snd.nxt, tcb.snd.una);
  return [
    ...(flight > 0 && bytes < tcb.mss ? [told.nagle] : []),
    ...(tcb.snd.wnd === 0 ? [told.closed] : []),
    ...(tcb.snd.wnd > 0 && tcb.snd.wnd < flight + Math.max(bytes, tcb.mss) ? [told.full] : []),
    ...(tcb.cwnd < flight + tcb.mss || tcb.cwnd <= segmentsAway(trace, event, tcb.snd.una) * tcb.mss
      ? [told.cwnd]
      : []),
  ];
};

test('what had waited says for what', () => {
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const run of allRuns()) {
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.kind !== 'send' || event.because !== '9293:3.8.6/send/window') continue;
      const reason = otherReason(trace, event)?.en ?? '';
      const said = Object.values(told).find((words) => reason.includes(words));
      if (said !== undefined) seen.add(said);
      if (said === undefined || !holders(trace, event).includes(said))
        wrong.push(`${run.name}, packet ${event.packet}: ${reason}`);
    }
  }
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual(Object.values(told).sort());
});
