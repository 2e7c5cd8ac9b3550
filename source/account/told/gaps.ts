// Finds the data that are missing before bytes that have arrived, from what the receiver keeps for reassembly.
import type {EventOf, Trace} from '../../sim/trace.ts';
import {type Seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {operandsOf} from '../operands.ts';
import type {Range} from './facts.ts';

type Come = {readonly ack: Seq; readonly come: Seq};

/** Returns the ranges that the receiver keeps after gaps, as offsets from the first missing sequence number. */
const keptBefore = (trace: Trace, send: EventOf<'send'>, ack: Seq) =>
  (operandsOf(trace, send).before?.reassembly ?? []).map(({seq, data}) => ({
    from: seqDiff(seq, ack),
    to: seqDiff(seq, ack) + data.length,
  }));

/** Returns all gaps from the first missing sequence number (`ack`) up to what has arrived (`come`). */
export const gapsBefore = (trace: Trace, send: EventOf<'send'>, {ack, come}: Come): readonly Range[] => {
  const place = seqDiff(come, ack);
  const gaps: Range[] = [];
  let reached = 0;
  const ends = [...keptBefore(trace, send, ack), {from: place, to: place}];
  for (const {from, to} of ends.toSorted((a, b) => a.from - b.from)) {
    if (from > place) break;
    if (from > reached) gaps.push({seq: seqAdd(ack, reached), bytes: from - reached});
    reached = Math.max(reached, to);
  }
  return gaps;
};

/** Returns the gap right before the data that have arrived (`come`), or before the kept range that they join. */
export const lastGap = (trace: Trace, send: EventOf<'send'>, {ack, come}: Come): Range => {
  const kept = keptBefore(trace, send, ack);
  const place = seqDiff(come, ack);
  const end = kept.find(({from, to}) => from < place && to >= place)?.from ?? place;
  const begin = Math.max(0, ...kept.map(({to}) => to).filter((to) => to < end));
  return {seq: seqAdd(ack, begin), bytes: end - begin};
};

/** Tells whether the receiver already keeps everything that the segment contains. */
export const hadBefore = (trace: Trace, send: EventOf<'send'>, {seq, payload}: TcpSegment): boolean =>
  keptBefore(trace, send, seq).some(({from, to}) => from <= 0 && to >= payload.length);
