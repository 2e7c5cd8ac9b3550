// Finds data that have arrived before, for the D-SACK block that reports them (RFC 2883).
import {seqAdd, seqLe, seqLt, seqMax, seqMin} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import type {Connection} from './connection.ts';
import type {SeqRange} from './scoreboard.ts';
import {type Turn, update} from './turn.ts';

/**
 * Returns the first contiguous part of the segment that this end already has: below RCV.NXT, or in a block beyond a gap. Undefined if it
 * has none.
 */
function duplicatePart({rcv, reassembly}: Connection, {seq, payload}: TcpSegment): SeqRange | undefined {
  const end = seqAdd(seq, payload.length);
  if (seqLt(seq, rcv.nxt)) return {left: seq, right: seqMin(end, rcv.nxt)};
  for (const block of reassembly) {
    const left = seqMax(seq, block.seq);
    const right = seqMin(end, seqAdd(block.seq, block.data.length));
    if (seqLt(left, right)) return {left, right};
  }
  return undefined;
}

/** Notes the part of a segment that arrived before; the next acknowledgment reports it once by D-SACK. */
export function noteDuplicate(turn: Turn, segment: TcpSegment): void {
  const {tcb, env} = turn;
  if (!tcb.sackPermitted || !env.settings.dsack || segment.payload.length === 0) return;
  // Data from before the connection do not belong to it.
  if (seqLe(segment.seq, tcb.irs)) return;
  const duplicate = duplicatePart(tcb, segment);
  if (duplicate !== undefined) update(turn, {duplicate});
}
