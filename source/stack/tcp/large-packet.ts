// Computes how many segments Linux gives to its network card as one large packet, which the card cuts (tcp_output.c, tcp_tso_autosize,
// tcp_cwnd_test): about a millisecond's worth at the connection's pace, more to near peers, never more than half of cwnd.
import type {Connection} from './connection.ts';
import {segmentsInFlight, windowSegments} from './flight.ts';

/** The most bytes in one large packet: gso_max_size, and what it leaves beside the longest headers (MAX_TCP_HEADER). */
const GSO_BYTES = 65_536;
const MOST_BYTES = GSO_BYTES - 1 - 320;
/** tcp_tso_rtt_log: the bytes that a large packet gets for a near peer halve with each 2⁹ µs of the smallest round-trip time. */
const NEAR_LOG = 9;
const PACKETS_A_SECOND = 1024;

/**
 * Returns how many times cwnd the sender's pace is in a round trip: 2 in slow start, 1.2 later (tcp_pacing_ss_ratio, tcp_pacing_ca_ratio).
 */
const paceShare = ({cwnd, ssthresh}: Connection): number => (cwnd < ssthresh / 2 ? 2 : 1.2);

/**
 * Returns the number of segments in the next large packet. `least` is tcp_min_tso_segs; `unlisted` is the number of segments of this burst
 * that are not on the retransmission queue yet.
 */
export function segmentsInPacket(tcb: Connection, least: number, unlisted: number): number {
  const {mss, srttUs, rack, retransmissionQueue} = tcb;
  const window = windowSegments(tcb);
  const carried = Math.max(window, retransmissionQueue.length + unlisted) * mss;
  const bytesASecond = (carried * paceShare(tcb) * 1_000_000) / Math.max(srttUs ?? 1, 1);
  const halvings = Math.floor((rack.minRttUs ?? 0) / (1 << NEAR_LOG));
  const near = halvings < 31 ? GSO_BYTES >> halvings : 0;
  const bytes = Math.min(MOST_BYTES, Math.floor(bytesASecond / PACKETS_A_SECOND) + near);
  const paced = Math.max(Math.floor(bytes / mss), least);
  const half = Math.floor(window / 2);
  const free = window - segmentsInFlight(tcb) - unlisted;
  return Math.max(1, Math.min(paced, half, free, Math.floor(MOST_BYTES / mss)));
}
