// The urgent pointer of a segment: the number behind the urgent data, as a distance from SEG.SEQ (RFC 9293 §3.8.5, RFC 6093).
import {type Seq, seqDiff, seqLt} from '../../wire/seq.ts';
import type {Connection} from './connection.ts';

const FIELD_MAX = 0xffff;

/** 0: the segment needs no URG. Urgent data that lie further ahead are pointed to as far as 16 bits reach. */
export function urgentField({sndUp}: Connection, segSeq: Seq): number {
  if (sndUp === undefined || !seqLt(segSeq, sndUp)) return 0;
  return Math.min(seqDiff(sndUp, segSeq), FIELD_MAX);
}
