// The urgent pointer of a TCP segment: the distance from SEG.SEQ to the number after the urgent data (RFC 9293 §3.8.5, RFC 6093). Linux
// takes one byte that it names out of the stream (RFC 6093).
import {type Rope, ropeConcat, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqDiff, seqLt} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';
import {copiedSeq} from './receive-memory.ts';

const FIELD_MAX = 0xffff;

/** Returns the value of a segment's urgent pointer field, at most 65,535; 0 if the segment needs no URG. */
export function urgentField({sndUp}: Connection, segSeq: Seq): number {
  if (sndUp === undefined || !seqLt(segSeq, sndUp)) return 0;
  return Math.min(seqDiff(sndUp, segSeq), FIELD_MAX);
}

/** Returns how many unread bytes come before the urgent byte that is kept apart, or undefined if it is not among the unread bytes. */
export function urgentOffset(tcb: Connection): number | undefined {
  if (tcb.urgentByte === undefined) return undefined;
  const offset = seqDiff(tcb.urgentByte, copiedSeq(tcb));
  return offset >= 0 && offset < tcb.receiveBuffer.length ? offset : undefined;
}

/**
 * Returns how many bytes one read returns at most. A read ends before the urgent byte, and a read that begins there skips it (tcp_recvmsg).
 */
export function readableBytes(tcb: Connection): number {
  const {length} = tcb.receiveBuffer;
  const mark = urgentOffset(tcb);
  return mark === 0 ? length - 1 : (mark ?? length);
}

/** Returns received data that begin at `from`, without the urgent byte if they contain it. */
export function withoutUrgent(urgentByte: Seq | undefined, data: Rope, from: Seq): Rope {
  const offset = urgentByte === undefined ? -1 : seqDiff(urgentByte, from);
  if (offset < 0 || offset >= data.length) return data;
  return ropeConcat(ropeSlice(data, 0, offset), ropeSlice(data, offset + 1));
}
