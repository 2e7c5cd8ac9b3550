// Which segments the receive window accepts, and which part of them (RFC 9293 §3.4, §3.10.7.4 first check).
import {type Rope, ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqAdd, seqDiff, seqLt} from '../../wire/seq.ts';
import {hasFlag, segEnd, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {optionsLength} from '../../wire/tcp-options.ts';
import type {Connection, ReceiveVariables} from './connection.ts';

/** What is left of a segment inside the window. */
export type Text = {
  readonly seq: Seq;
  readonly data: Rope;
  readonly fin: boolean;
  /** Something beyond the right edge was cut off. */
  readonly cut: boolean;
  /** Something below RCV.NXT was cut off. */
  readonly overlaps: boolean;
  readonly pushed: boolean;
  /** The whole IP packet that brought it. */
  readonly packetBytes: number;
};

/** IP and TCP without options, in bytes. */
const HEADERS = 40;

/**
 * The table of §3.4: does any of SEG.SEQ … SEG.SEQ+SEG.LEN−1 lie in the window? An empty segment may also stand on the
 * right edge, where the pure ACKs of a sender that has filled the window stand.
 */
export function acceptable({nxt, wnd}: ReceiveVariables, segment: TcpSegment): boolean {
  const length = segLen(segment);
  const start = seqDiff(segment.seq, nxt);
  if (length === 0) return start >= 0 && start <= wnd;
  return wnd > 0 && start < wnd && start + length > 0;
}

/**
 * Linux's tcp_sequence: nothing that ends before the last acknowledgement, nor begins beyond the right edge; one that crosses it only
 * while nothing waits unread. What it takes it takes whole.
 */
export function acceptableWhole({rcv, lastAckSent, receiveBuffer}: Connection, segment: TcpSegment): boolean {
  const end = segEnd(segment);
  const edge = seqAdd(rcv.nxt, rcv.wnd);
  if (seqLt(end, lastAckSent)) return false;
  return !seqLt(edge, end) || (!seqLt(edge, segment.seq) && receiveBuffer.length === 0);
}

/** The text and the FIN that lie in the window; what lies outside is cut off. */
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
