// Finds when a program read, from its window: the offered edge is a buffer's length beyond what has been read (RFC 9293 §3.8.6).
import {TcpFlag} from '../../wire/tcp.ts';
import {hasFlags, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Look} from './streams.ts';
import {windowOf} from './writes.ts';

const told = ({segments}: SeenConnection, side: Side): readonly Seen[] =>
  segments.filter((each) => each.side === side && each.ack !== undefined && !hasFlags(each, TcpFlag.RST));

/** Returns the largest window that an end has offered, which is taken for the largest size of its receive buffer. */
export const bufferOf = (seen: SeenConnection, side: Side): number =>
  told(seen, side).reduce((most, segment) => Math.max(most, windowOf(seen, segment)), 0);

/**
 * Tells whether the program of an end is slow to read: a window is less than half of the largest one and less than 16 KiB, and the end
 * has sent pure ACKs.
 */
export const readsLate = ({seen}: Look, side: Side): boolean => {
  const own = told(seen, side);
  const most = bufferOf(seen, side);
  return (
    own.some((segment) => windowOf(seen, segment) < Math.min(most / 2, 16_384)) &&
    own.some((each) => spaceOf(each) === 0)
  );
};

/** A read that a segment shows: so many more octets had been read. `tells` means that the segment was sent because of that. */
export type Read = {readonly segment: Seen; readonly bytes: number; readonly tells: boolean};

/**
 * Tells whether Linux announces a window: it has to be twice the rest of the last one, which was at most half the buffer
 * (tcp_cleanup_rbuf).
 */
const isTold = (left: number, grows: number, buffer: number): boolean => grows >= left && 2 * left <= buffer;

export const readsOf = ({seen}: Look, side: Side): readonly Read[] => {
  const buffer = bufferOf(seen, side);
  const reads: Read[] = [];
  let before = 0;
  for (const segment of told(seen, side)) {
    // A growing buffer moves the edge, too, without a read.
    const now = (segment.ack ?? 0) + windowOf(seen, segment) - 1 - buffer;
    const left = before + buffer + 1 - (segment.ack ?? 0);
    if (now > before) reads.push({segment, bytes: now - before, tells: isTold(left, now - before, buffer)});
    before = Math.max(before, now);
  }
  return reads;
};
