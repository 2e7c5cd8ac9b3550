// Cuts captured segments that are larger than the path carries, because they were captured before a network card cut them or after it
// joined them (segmentation offload), and joins the pieces again for the report. The simulation has the pieces.
import {TcpFlag} from '../../wire/tcp.ts';
import type {Seen} from './seen.ts';

/** Returns the pieces into which a network card cuts a large segment; a segment that fits, or a SYN, stays whole. */
export const cut = (segment: Seen, segmentBytes: number): readonly Seen[] => {
  const {seq, length, flags} = segment;
  if (length <= segmentBytes || flags & TcpFlag.SYN) return [segment];
  const count = Math.ceil(length / segmentBytes);
  return Array.from({length: count}, (_, n) => {
    const from = n * segmentBytes;
    const size = Math.min(segmentBytes, length - from);
    const isLast = n === count - 1;
    return {
      ...segment,
      seq: seq + from,
      end: isLast ? segment.end : seq + from + size,
      length: size,
      // Only the last one of a large segment's pieces has PSH and FIN.
      flags: isLast ? flags : flags & ~(TcpFlag.FIN | TcpFlag.PSH),
      bytes: segment.bytes.subarray(from, from + size),
    };
  });
};

/** Joins the pieces of a large segment again, with the packet number and the time of the first; undefined if there are none. */
export const joined = (pieces: readonly Seen[]): Seen | undefined => {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last || first === last) return first;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.bytes, at);
    at += piece.bytes.length;
  }
  const {end, flags, ack, window} = last;
  return {...first, end, flags, ack, window, length: end - first.seq - (flags & TcpFlag.FIN ? 1 : 0), bytes};
};
