// Counts the segments in flight: each has tags (SACKed, lost, retransmitted), and the counts of the tags give the number in flight (RFC
// 6675 §4, SetPipe, in segments).
import {Fifo} from '../../wire/fifo.ts';
import {type Seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {Connection, Unacknowledged} from './connection.ts';
import type {FlightCounts} from './repair-state.ts';
import {type Turn, update} from './turn.ts';

/**
 * The tags of a segment on the retransmission queue, as bits. `ends`: a record ends with it, so nothing is joined to it (MSG_EOR);
 * `packed`: it left in one large packet with the segment before it.
 */
export const Tag = {sacked: 1, lost: 2, resent: 4, ends: 8, packed: 16} as const;

export const has = ({tags}: Unacknowledged, tag: number): boolean => (tags & tag) !== 0;

export const endOf = ({
  seq,
  lengthBytes,
  flags,
}: Pick<Unacknowledged, 'seq' | 'lengthBytes' | 'flags'>): Seq =>
  seqAdd(seq, lengthBytes + (flags & TcpFlag.SYN ? 1 : 0) + (flags & TcpFlag.FIN ? 1 : 0));

/** The transmission counts and tags of a segment that is sent for the first time. */
export const firstSending = {transmissions: 1, tags: 0, deliveredBefore: 0, sending: 0} as const;

type InFlight = Pick<Connection, 'retransmissionQueue' | 'flight'>;

export const leftOut = ({flight}: InFlight): number => flight.sacked + flight.lost;

/**
 * Returns the number of segments in flight: those on the retransmission queue that are neither SACKed nor lost, and the retransmitted ones.
 */
export const segmentsInFlight = (tcb: InFlight): number =>
  tcb.retransmissionQueue.length - leftOut(tcb) + tcb.flight.resent;

export const windowSegments = ({cwnd, mss}: Connection): number => Math.floor(cwnd / mss);

/** Tells whether some segment on the retransmission queue has been sent again. */
export const isResent = ({flight, retransmissionQueue}: InFlight): boolean =>
  flight.resent > 0 || (retransmissionQueue.at(0)?.transmissions ?? 1) > 1;

const step = (before: number, after: number, tag: number): number =>
  (after & tag ? 1 : 0) - (before & tag ? 1 : 0);

/** Returns the counts of SACKed, lost and retransmitted segments after the tags of one segment have changed from `before` to `after`. */
export const recounted = (flight: FlightCounts, before: number, after: number): FlightCounts => ({
  sacked: flight.sacked + step(before, after, Tag.sacked),
  lost: flight.lost + step(before, after, Tag.lost),
  resent: flight.resent + step(before, after, Tag.resent),
});

export const noneInFlight: FlightCounts = {sacked: 0, lost: 0, resent: 0};

/** Counts the SACKed, lost and retransmitted segments of a queue by their tags. */
export const countTags = (queue: Fifo<Unacknowledged>): FlightCounts =>
  queue.slice().reduce((counts, {tags}) => recounted(counts, 0, tags), noneInFlight);

/** Gives each segment in flight the tags that `next` returns, and corrects the counts. */
export function retag(turn: Turn, next: (entry: Unacknowledged, index: number) => number): void {
  let {flight} = turn.tcb;
  let changed = false;
  const queue = turn.tcb.retransmissionQueue.map((entry, index) => {
    const tags = next(entry, index);
    if (tags === entry.tags) return entry;
    changed = true;
    flight = recounted(flight, entry.tags, tags);
    return {...entry, tags};
  });
  if (changed) update(turn, {retransmissionQueue: queue, flight});
}

/**
 * Returns the tags of a segment that counts as lost from now on. If it had been retransmitted after a loss, the retransmission counts as
 * lost; a SACKed segment is never lost.
 */
export const lostTags = (tags: number): number =>
  tags & Tag.sacked ? tags : (tags | Tag.lost) & (tags & Tag.lost ? ~Tag.resent : ~0);

/** Splits a segment after `lengthBytes` bytes. FIN, PSH and the end of a record belong to the second part. */
function split(entry: Unacknowledged, lengthBytes: number): readonly [Unacknowledged, Unacknowledged] {
  const {seq, flags, tags} = entry;
  const first = {...entry, lengthBytes, flags: flags & TcpFlag.SYN, tags: tags & ~Tag.ends};
  const rest = {lengthBytes: entry.lengthBytes - lengthBytes, flags: flags & (TcpFlag.FIN | TcpFlag.PSH)};
  return [first, {...entry, ...rest, seq: endOf({...first, seq})}];
}

/** Cuts a segment on the retransmission queue into segments of at most `mss` bytes. */
export function cut(entry: Unacknowledged, mss: number): readonly Unacknowledged[] {
  if (entry.lengthBytes <= mss) return [entry];
  const [first, rest] = split(entry, mss);
  return [first, ...cut(rest, mss)];
}

/**
 * Splits a segment on the retransmission queue at the edge of a window that has shrunk, so that the part beyond it is not retransmitted
 * (RFC 9293 §3.8.6, SHLD-16).
 */
export function cutAtWindow(turn: Turn, index: number): void {
  const {retransmissionQueue: queue, flight, snd} = turn.tcb;
  const entry = queue.at(index);
  if (entry === undefined || entry.flags & TcpFlag.SYN) return;
  const room = seqDiff(seqAdd(snd.una, snd.wnd), entry.seq);
  // A closed window is probed with a whole segment, so there is nothing to cut.
  if (room <= 0 || room >= entry.lengthBytes) return;
  update(turn, {
    retransmissionQueue: Fifo.of([
      ...queue.slice(0, index),
      ...split(entry, room),
      ...queue.slice(index + 1),
    ]),
    flight: recounted(flight, 0, entry.tags),
  });
}
