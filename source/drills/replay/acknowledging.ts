// Finds in a capture when a receiver acknowledged data, so that the simulated receiver does the same. No rule (RFC 9293 §3.8.6.3) tells how
// many segments one ACK covers: it depends on how busy the machine was and what its network card joined.
import type {AckPoint} from '../../stack/tcp/settings.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {fateOf} from './fates.ts';
import {readsLate, readsOf} from './reading.ts';
import {hasFlags, type Seen, type Side, spaceOf} from './seen.ts';
import {type Look, landedUs, leftUs} from './streams.ts';
import {arrivalsOf} from './writes.ts';

export type Acknowledging = {
  readonly points: readonly AckPoint[];
  /** The longest time in µs that the receiver delayed an ACK, waiting for more data or for data of its own to carry the ACK. */
  readonly longestUs: number;
};

/** The shortest delayed ACK of Linux (TCP_DELACK_MIN), and the longest of any TCP (RFC 9293 §3.8.6.3, MUST-58), in µs. */
const [leastWaitUs, mostWaitUs] = [40_000, 500_000];
/**
 * An ACK that follows its data sooner than this many µs counts as sent at once: no timer is so short (TCP_DELACK_MIN, less the error of
 * clocks), so the machine was busy or the path slow.
 */
const atOnceUs = 35_000;

/** When the first and the last of the segments arrived that one ACK acknowledges for the first time, in µs. */
type Spoken = {readonly sinceUs: number; readonly lastUs: number};

const spokenFor = (look: Look, arrivals: readonly Seen[], next: number, ack: number): Spoken | undefined => {
  let [sinceUs, lastUs]: (number | undefined)[] = [];
  for (let index = next; index < arrivals.length; index++) {
    const arrival = arrivals[index];
    if (!arrival || arrival.seq >= ack) break;
    const atUs = landedUs(look.vantage, arrival);
    // The last arrival need not have the highest number, because a segment that fills a gap arrives late.
    lastUs = Math.max(lastUs ?? atUs, atUs);
    sinceUs ??= atUs;
  }
  return sinceUs === undefined || lastUs === undefined ? undefined : {sinceUs, lastUs};
};

/**
 * Returns when one end of a captured connection acknowledged: for each ACK the octets up to it and how long it waited, in the order of the
 * data.
 */
export const acknowledgingOf = (look: Look, side: Side): Acknowledging => {
  const arrivals = arrivalsOf(look, side)
    .filter((segment) => spaceOf(segment) > 0 && segment.seq > 0)
    .sort((a, b) => a.seq - b.seq);
  const reads = readsLate(look, side) ? readsOf(look, side) : [];
  const byReading = new Set(reads.filter(({tells}) => tells).map(({segment}) => segment.packet));
  const points: AckPoint[] = [];
  let beyond = 0;
  // The longest delay of an ACK is at least three times the path's delay, because segments that arrive together in the capture may be sent
  // in two round trips in the simulation, whose windows are not exactly the same.
  let [acked, next, longestUs] = [1, 0, Math.max(leastWaitUs, 3 * look.vantage.delayUs)];
  // ACKs are sorted by acknowledgment number, which shows the order of sending even if the path changed it.
  const told = look.seen.segments.toSorted((a, b) => (a.ack ?? 0) - (b.ack ?? 0));
  for (const segment of told) {
    const {ack = 0} = segment;
    if (segment.side !== side || hasFlags(segment, TcpFlag.RST)) continue;
    if (fateOf(look.fates, segment).kind === 'copy') continue;
    const [sacked] = segment.sack;
    const isBeyond = sacked !== undefined && sacked[0] > ack && sacked[1] > beyond;
    if (isBeyond) beyond = sacked[1];
    const isAgain = ack === acked && sacked !== undefined && sacked[0] > ack;
    // An ACK with a new SACK block was sent because of the segment beyond the gap, not because of the data that it acknowledges besides.
    if (spaceOf(segment) === 0 && (isAgain || (isBeyond && ack > acked)))
      points.push({octets: ack - 1, waitUs: 0, sacked});
    if (ack <= acked) continue;
    const spoken = spokenFor(look, arrivals, next, ack);
    acked = ack;
    while ((arrivals[next]?.end ?? Number.POSITIVE_INFINITY) <= ack) next += 1;
    // A D-SACK block shows that a duplicate segment caused the ACK (RFC 2883 §4).
    const isTwice = sacked !== undefined && sacked[0] < ack;
    if (!spoken || isBeyond || isTwice) continue;
    const fate = fateOf(look.fates, segment);
    // The first data that an ACK does not cover arrived after the ACK had been sent; if the ACK passed later, the rest was delay on its
    // way.
    const following = arrivals[next];
    const leftAtUs = Math.min(
      leftUs(look.vantage, segment) - (fate.kind === 'late' && !fate.behind ? fate.byUs : 0),
      following ? landedUs(look.vantage, following) : Number.POSITIVE_INFINITY,
    );
    longestUs = Math.max(longestUs, 1.25 * (leftAtUs - spoken.sinceUs));
    // Such an acknowledgment was not sent for the arriving data: a segment with data carries it, or it tells what the program has read.
    if (spaceOf(segment) > 0 || byReading.has(segment.packet)) continue;
    const waitUs = Math.max(0, Math.round(leftAtUs - spoken.lastUs));
    points.push({octets: ack - 1, waitUs: waitUs < atOnceUs ? 0 : waitUs});
  }
  return {points, longestUs: Math.round(Math.min(longestUs, mostWaitUs))};
};
