// Finds when a receiver acknowledged, which systems decide by themselves (RFC 9293 §3.8.6.3). No rule determines how many segments one ACK
// covers: it depends on how busy the machine was and what its network card joined.
import type {AckPoint} from '../../stack/tcp/settings.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {fateOf} from './fates.ts';
import {readsLate, readsOf} from './reading.ts';
import {hasFlags, type Seen, type Side, spaceOf} from './seen.ts';
import {type Look, landedUs, leftUs} from './streams.ts';
import {arrivalsOf} from './writes.ts';

export type Acknowledging = {
  readonly points: readonly AckPoint[];
  /** The longest wait for more data, or for data to carry the ACK. */
  readonly longestUs: number;
};

/** The shortest wait in Linux (TCP_DELACK_MIN), and the longest in any TCP (RFC 9293 §3.8.6.3, MUST-58). */
const [leastWaitUs, mostWaitUs] = [40_000, 500_000];
/** No timer is this short (TCP_DELACK_MIN, less the error of clocks), so a shorter wait comes from a busy machine or the path. */
const atOnceUs = 35_000;

/** The segments that were acknowledged for the first time: the arrival of the first and of the last one. */
type Spoken = {readonly sinceUs: number; readonly lastUs: number};

const spokenFor = (look: Look, arrivals: readonly Seen[], next: number, ack: number): Spoken | undefined => {
  let [sinceUs, lastUs]: (number | undefined)[] = [];
  for (let index = next; index < arrivals.length; index++) {
    const arrival = arrivals[index];
    if (!arrival || arrival.seq >= ack) break;
    const atUs = landedUs(look.vantage, arrival);
    // A segment that fills a gap arrives last, whatever its number.
    lastUs = Math.max(lastUs ?? atUs, atUs);
    sinceUs ??= atUs;
  }
  return sinceUs === undefined || lastUs === undefined ? undefined : {sinceUs, lastUs};
};

/** Returns the points of acknowledgment in the order of the data. */
export const acknowledgingOf = (look: Look, side: Side): Acknowledging => {
  const arrivals = arrivalsOf(look, side)
    .filter((segment) => spaceOf(segment) > 0 && segment.seq > 0)
    .sort((a, b) => a.seq - b.seq);
  const reads = readsLate(look, side) ? readsOf(look, side) : [];
  const byReading = new Set(reads.filter(({tells}) => tells).map(({segment}) => segment.packet));
  const points: AckPoint[] = [];
  let beyond = 0;
  // Segments that arrive together here may leave in two round trips there, because the simulator's windows are not exactly those of the
  // capture.
  let [acked, next, longestUs] = [1, 0, Math.max(leastWaitUs, 3 * look.vantage.delayUs)];
  // Numbers show the order of sending, even if the path changed it.
  const told = look.seen.segments.toSorted((a, b) => (a.ack ?? 0) - (b.ack ?? 0));
  for (const segment of told) {
    const {ack = 0} = segment;
    if (segment.side !== side || hasFlags(segment, TcpFlag.RST)) continue;
    if (fateOf(look.fates, segment).kind === 'copy') continue;
    const [sacked] = segment.sack;
    const isBeyond = sacked !== undefined && sacked[0] > ack && sacked[1] > beyond;
    if (isBeyond) beyond = sacked[1];
    const isAgain = ack === acked && sacked !== undefined && sacked[0] > ack;
    // The ACK was sent for what is beyond a gap, not for what it acknowledges besides.
    if (spaceOf(segment) === 0 && (isAgain || (isBeyond && ack > acked)))
      points.push({octets: ack - 1, waitUs: 0, sacked});
    if (ack <= acked) continue;
    const spoken = spokenFor(look, arrivals, next, ack);
    acked = ack;
    while ((arrivals[next]?.end ?? Number.POSITIVE_INFINITY) <= ack) next += 1;
    // A copy caused the ACK (RFC 2883 §4).
    const isTwice = sacked !== undefined && sacked[0] < ack;
    if (!spoken || isBeyond || isTwice) continue;
    const fate = fateOf(look.fates, segment);
    // Data that the ACK does not cover had not arrived yet, so any further delay happened on the ACK's way.
    const following = arrivals[next];
    const leftAtUs = Math.min(
      leftUs(look.vantage, segment) - (fate.kind === 'late' && !fate.behind ? fate.byUs : 0),
      following ? landedUs(look.vantage, following) : Number.POSITIVE_INFINITY,
    );
    longestUs = Math.max(longestUs, 1.25 * (leftAtUs - spoken.sinceUs));
    // The ACK is carried by data, or it reports what the program has read.
    if (spaceOf(segment) > 0 || byReading.has(segment.packet)) continue;
    const waitUs = Math.max(0, Math.round(leftAtUs - spoken.lastUs));
    points.push({octets: ack - 1, waitUs: waitUs < atOnceUs ? 0 : waitUs});
  }
  return {points, longestUs: Math.round(Math.min(longestUs, mostWaitUs))};
};
