// The urgent pointer of a segment: the number behind the urgent data, as a distance from SEG.SEQ (RFC 9293 §3.8.5, RFC 6093); and the
// one byte that Linux takes out of the stream for it (RFC 6093).
import {type Rope, ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqDiff, seqLt} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';
import {copiedSeq} from './receive-memory.ts';

const FIELD_MAX = 0xffff;

/** 0: the segment needs no URG. Urgent data that lie further ahead are pointed to as far as 16 bits reach. */
export function urgentField({sndUp}: Connection, segSeq: Seq): number {
  if (sndUp === undefined || !seqLt(segSeq, sndUp)) return 0;
  return Math.min(seqDiff(sndUp, segSeq), FIELD_MAX);
}

/** How many unread bytes stand before the urgent one that is kept apart; undefined: there is none among them. */
export function urgentOffset(tcb: Connection): number | undefined {
  if (tcb.urgentByte === undefined) return undefined;
  const offset = seqDiff(tcb.urgentByte, copiedSeq(tcb));
  return offset >= 0 && offset < tcb.receiveBuffer.length ? offset : undefined;
}

/** How much one read gets: it ends before the urgent byte, and one that begins there passes it (tcp_recvmsg). */
export function readableBytes(tcb: Connection): number {
  const {length} = tcb.receiveBuffer;
  const mark = urgentOffset(tcb);
  return mark === 0 ? length - 1 : (mark ?? length);
}

/** Text that begins at `from`, without the urgent byte. */
export function withoutUrgent(urgentByte: Seq | undefined, data: Rope, from: Seq): Rope {
  const offset = urgentByte === undefined ? -1 : seqDiff(urgentByte, from);
  if (offset < 0 || offset >= data.length) return data;
  return ropeConcat(ropeSlice(data, 0, offset), ropeSlice(data, offset + 1));
}
