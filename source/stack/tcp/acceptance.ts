// Which segments the receive window accepts, and which part of them (RFC 9293 §3.4, §3.10.7.4 first check).
import {ropeSlice} from '../../wire/rope.ts';
import {seqAdd, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import type {ReceiveVariables} from './connection.ts';
import type {Text} from './receiver.ts';

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
  return {seq, data, fin: fits && hasFlag(segment, 'FIN'), cut: !fits, overlaps};
}
