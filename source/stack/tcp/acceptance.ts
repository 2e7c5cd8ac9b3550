// Checks which segments the receive window accepts, and which part of them (RFC 9293 §3.4, §3.10.7.4 first check).
import {type Rope, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqDiff, seqLt} from '../../wire/seq.ts';
import {hasFlag, segEnd, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {optionsLength} from '../../wire/tcp-options.ts';
import type {Connection, ReceiveVariables} from './connection.ts';

/** The part of an arrived segment that is inside the receive window. */
export type Text = {
  readonly seq: Seq;
  readonly data: Rope;
  readonly fin: boolean;
  /** True if data or the FIN of the segment lay beyond the window's right edge and were cut off. */
  readonly cut: boolean;
  /** True if data below RCV.NXT were cut off from the segment and others remain. */
  readonly overlaps: boolean;
  readonly pushed: boolean;
  /** The size of the whole IP packet that carried it. */
  readonly packetBytes: number;
};

/** The bytes of the IPv4 and TCP headers without options. */
const HEADERS = 40;

/**
 * The table of §3.4: tells whether any of SEG.SEQ … SEG.SEQ+SEG.LEN−1 is in the receive window. An empty segment may also be at the right
 * edge, where a sender that has filled the window sends its pure ACKs.
 */
export function acceptable({nxt, wnd}: ReceiveVariables, segment: TcpSegment): boolean {
  const length = segLen(segment);
  const start = seqDiff(segment.seq, nxt);
  if (length === 0) return start >= 0 && start <= wnd;
  return wnd > 0 && start < wnd && start + length > 0;
}

/**
 * Tells whether Linux accepts a segment (tcp_sequence): it must not end before the last acknowledgment, nor begin beyond the right edge.
 * One that crosses the edge is accepted only while no data wait unread, and then as a whole.
 */
export function acceptableWhole({rcv, lastAckSent, receiveBuffer}: Connection, segment: TcpSegment): boolean {
  const end = segEnd(segment);
  const edge = seqAdd(rcv.nxt, rcv.wnd);
  if (seqLt(end, lastAckSent)) return false;
  return !seqLt(edge, end) || (!seqLt(edge, segment.seq) && receiveBuffer.length === 0);
}

/** Returns the part of a segment's data and FIN that is inside the receive window. */
export function insideWindow({nxt, wnd}: ReceiveVariables, segment: TcpSegment): Text {
  const textSeq = seqAdd(segment.seq, hasFlag(segment, 'SYN') ? 1 : 0);
  const skipped = Math.max(0, seqDiff(nxt, textSeq));
  const seq = seqAdd(textSeq, skipped);
  const room = Math.max(0, wnd - seqDiff(seq, nxt));
  const all = ropeSlice(segment.payload, skipped);
  const data = ropeSlice(all, 0, room);
  const fits = data.length === all.length && (!hasFlag(segment, 'FIN') || data.length < room);
  const overlaps = skipped > 0 && data.length > 0;
  const packetBytes = HEADERS + optionsLength(segment.options) + segment.payload.length;
  const pushed = hasFlag(segment, 'PSH');
  return {seq, data, fin: fits && hasFlag(segment, 'FIN'), cut: !fits, overlaps, pushed, packetBytes};
}
