// Finds from an end's window when its program read: acknowledgment number plus window is the size of the receive buffer plus what has been
// read (RFC 9293 §3.8.6).
import {TcpFlag} from '../../wire/tcp.ts';
import {hasFlags, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Look} from './streams.ts';
import {windowOf} from './writes.ts';

const told = ({segments}: SeenConnection, side: Side): readonly Seen[] =>
  segments.filter((each) => each.side === side && each.ack !== undefined && !hasFlags(each, TcpFlag.RST));

/** Returns the largest window in octets that an end of a captured connection offered, which is taken for the size of its receive buffer. */
export const bufferOf = (seen: SeenConnection, side: Side): number =>
  told(seen, side).reduce((most, segment) => Math.max(most, windowOf(seen, segment)), 0);

/**
 * Tells whether a program reads slowly: its end once offered a window below 16 KiB and below half of its largest one, and it has sent pure
 * ACKs.
 */
export const readsLate = ({seen}: Look, side: Side): boolean => {
  const own = told(seen, side);
  const most = bufferOf(seen, side);
  return (
    own.some((segment) => windowOf(seen, segment) < Math.min(most / 2, 16_384)) &&
    own.some((each) => spaceOf(each) === 0)
  );
};

/**
 * A read by the program that a captured segment shows by its window: the octets read since the last one. `tells` is true if the segment was
 * sent to announce the larger window.
 */
export type Read = {readonly segment: Seen; readonly bytes: number; readonly tells: boolean};

/**
 * Tells whether Linux sends an ACK only to announce a larger window: the new window is at least twice the old one, which was at most half
 * the buffer (tcp_cleanup_rbuf).
 */
const isTold = (left: number, grows: number, buffer: number): boolean => grows >= left && 2 * left <= buffer;

export const readsOf = ({seen}: Look, side: Side): readonly Read[] => {
  const buffer = bufferOf(seen, side);
  const reads: Read[] = [];
  let before = 0;
  for (const segment of told(seen, side)) {
    // A receive buffer that grows moves the window's edge as a read does; the two are not distinguished.
    const now = (segment.ack ?? 0) + windowOf(seen, segment) - 1 - buffer;
    const left = before + buffer + 1 - (segment.ack ?? 0);
    if (now > before) reads.push({segment, bytes: now - before, tells: isTold(left, now - before, buffer)});
    before = Math.max(before, now);
  }
  return reads;
};
