// When a program read, as its window tells: what is offered lies a buffer’s length beyond what has been read (RFC 9293 §3.8.6).
import {TcpFlag} from '../../wire/tcp.ts';
import {hasFlags, type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';
import type {Look} from './streams.ts';
import {windowOf} from './writes.ts';

const told = ({segments}: SeenConnection, side: Side): readonly Seen[] =>
  segments.filter((each) => each.side === side && each.ack !== undefined && !hasFlags(each, TcpFlag.RST));

/** The largest window that was ever offered: the buffer as large as it got. */
export const bufferOf = (seen: SeenConnection, side: Side): number =>
  told(seen, side).reduce((most, segment) => Math.max(most, windowOf(seen, segment)), 0);

/** The window closes to less than half of what it was: the program does not read what comes. */
export const readsLate = ({seen}: Look, side: Side): boolean => {
  const own = told(seen, side);
  const most = bufferOf(seen, side);
  return (
    own.some((segment) => windowOf(seen, segment) < Math.min(most / 2, 16_384)) &&
    own.some((each) => spaceOf(each) === 0)
  );
};

/** Of a segment that tells of it: so many octets more had been read. `tells`: it was sent because of that. */
export type Read = {readonly segment: Seen; readonly bytes: number; readonly tells: boolean};

/** Linux tells of a window that is twice what was left of it, which was at most half the buffer (tcp_cleanup_rbuf). */
const isTold = (left: number, grows: number, buffer: number): boolean => grows >= left && 2 * left <= buffer;

export const readsOf = ({seen}: Look, side: Side): readonly Read[] => {
  const buffer = bufferOf(seen, side);
  const reads: Read[] = [];
  let before = 0;
  for (const segment of told(seen, side)) {
    // A buffer that grows moves the edge, too: that is no reading.
    const now = (segment.ack ?? 0) + windowOf(seen, segment) - 1 - buffer;
    const left = before + buffer + 1 - (segment.ack ?? 0);
    if (now > before) reads.push({segment, bytes: now - before, tells: isTold(left, now - before, buffer)});
    before = Math.max(before, now);
  }
  return reads;
};
