// Paces acknowledgments as Linux does within RFC 9293 §3.8.6.3: at once while a sender starts, after 40 ms if the program answers what it
// reads, otherwise after the usual time between data segments (icsk_ack of tcp_input.c, tcp_output.c).
import {type Seq, seqDiff} from '../../wire/seq.ts';
import type {AckPace, Connection} from './connection.ts';
import {JIFFY_US} from './timer-wheel.ts';

/**
 * Linux's limits for the delay of an ACK: TCP_ATO_MIN; TCP_DELACK_MAX; and half a second while no segment looks like the end of a write.
 */
const LEAST_US = 40_000;
const MOST_US = 200_000;
const UNPUSHED_US = 500_000;
const MOST_QUICK = 16;
/**
 * The first estimate of the peer's segment size, and the smallest one, in bytes. A shorter segment changes the estimate only if it has no
 * PSH.
 */
const FIRST_SEGMENT = 536;
const LEAST_SEGMENT = 88;

export function firstPace(tcb: Connection, nowUs: number): AckPace {
  const guess = Math.min(tcb.mss, Math.floor(tcb.rcv.wnd / 2), FIRST_SEGMENT);
  return {
    quick: 0,
    pingpong: false,
    atoUs: 0,
    lastDataUs: nowUs,
    segmentBytes: Math.max(guess, LEAST_SEGMENT),
    lastShortBytes: 0,
    scheduled: false,
    pushed: 0,
    dupAcks: 0,
    dupAckNxt: tcb.rcv.nxt,
    compressed: 0,
  };
}

/**
 * Returns the receive window that the last acknowledgment offered, counted from its number (rcv_wnd of Linux). RCV.WND is what remains of
 * it.
 */
export const toldWindow = ({rcv, lastAckSent}: Connection): number => rcv.wnd + seqDiff(rcv.nxt, lastAckSent);

/** Returns the number of ACKs to send at once, so that a sender in slow start can fill the window (tcp_incr_quickack). */
const moreQuick = (tcb: Connection, pace: AckPace, most = MOST_QUICK): number =>
  Math.max(pace.quick, Math.min(Math.floor(toldWindow(tcb) / (2 * pace.segmentBytes)) || 2, most));

/**
 * Returns the ACK pacing state after a sign of loss, when ACKs are sent at once because the sender needs each of them
 * (tcp_enter_quickack_mode).
 */
export const hurried = (tcb: Connection, pace: AckPace, most = MOST_QUICK): AckPace => ({
  ...pace,
  quick: moreQuick(tcb, pace, most),
  pingpong: false,
  atoUs: LEAST_US,
});

type Came = {readonly lengthBytes: number; readonly pushed: boolean; readonly nowUs: number};

/** Returns the ACK pacing state after data arrived in order (tcp_event_data_recv). `sizeMeasured` has handled their size before. */
export function textCame(tcb: Connection, pace: AckPace, {nowUs}: Came): AckPace {
  const sinceUs = nowUs - pace.lastDataUs;
  const isLate = sinceUs >= pace.atoUs && sinceUs > Math.max(tcb.rtoUs, LEAST_US / 2);
  const quick = pace.atoUs === 0 || isLate ? moreQuick(tcb, pace) : pace.quick;
  return {
    ...pace,
    scheduled: true,
    lastDataUs: nowUs,
    quick,
    atoUs: atoAfter(pace.atoUs, sinceUs, tcb.rtoUs),
  };
}

/** Returns the delay of ACKs, which follows the intervals between data segments. */
function atoAfter(atoUs: number, sinceUs: number, rtoUs: number): number {
  if (atoUs === 0) return LEAST_US;
  if (sinceUs <= LEAST_US / 2) return Math.floor(atoUs / 2) + LEAST_US / 2;
  return sinceUs < atoUs ? Math.min(Math.floor(atoUs / 2) + sinceUs, rtoUs) : atoUs;
}

/**
 * Returns the ACK pacing state with the estimate of the peer's full segment, after a segment of this size. A shorter segment counts as the
 * end of a write (tcp_measure_rcv_mss).
 */
export function sizeMeasured(pace: AckPace, {lengthBytes, pushed}: Came, mss: number): AckPace {
  if (lengthBytes >= pace.segmentBytes) {
    const ends = pushed && pace.pushed === 0 ? 1 : pace.pushed;
    return {...pace, segmentBytes: Math.min(lengthBytes, mss), lastShortBytes: 0, pushed: ends};
  }
  const counts = lengthBytes >= FIRST_SEGMENT || (lengthBytes >= LEAST_SEGMENT && !pushed);
  if (counts && lengthBytes === pace.lastShortBytes)
    return {...pace, segmentBytes: lengthBytes, lastShortBytes: 0};
  return {...pace, lastShortBytes: counts ? lengthBytes : 0, pushed: pace.pushed === 0 ? 1 : 2};
}

/** Returns the ACK pacing state after this end sent a segment with ACK (tcp_event_ack_sent). */
export function ackLeft(pace: AckPace): AckPace {
  if (!pace.scheduled && pace.pushed + pace.compressed === 0) return pace;
  const spent = pace.scheduled ? 1 : 0;
  const ends = pace.quick > 0 && spent >= pace.quick;
  return {
    ...pace,
    quick: Math.max(0, pace.quick - spent),
    atoUs: ends ? LEAST_US : pace.atoUs,
    scheduled: false,
    pushed: 0,
    compressed: 0,
  };
}

/**
 * Returns the ACK pacing state after this end sent data. Data that follow soon after received data show that the program answers, so ACKs
 * wait for its data (tcp_event_data_sent).
 */
export const dataLeft = (pace: AckPace, nowUs: number): AckPace =>
  nowUs - pace.lastDataUs < pace.atoUs ? {...pace, pingpong: true} : pace;

/**
 * Returns the ACK pacing state after the delayed-ACK timer sent an ACK: later ACKs wait longer, or no longer wait for the program's data
 * (tcp_delack_timer_handler).
 */
export function waitedInVain(pace: AckPace, rtoUs: number): AckPace {
  if (pace.compressed > 0) return pace;
  return pace.pingpong
    ? {...pace, pingpong: false, atoUs: LEAST_US}
    : {...pace, atoUs: Math.min(2 * pace.atoUs, rtoUs)};
}

export const isQuick = ({quick, pingpong}: AckPace): boolean => quick > 0 && !pingpong;

/** Rounds a time up to whole ticks (usecs_to_jiffies). */
const wholeTicks = (us: number): number => Math.ceil(us / JIFFY_US) * JIFFY_US;

/** Returns the time for which a delayed ACK waits (tcp_send_delayed_ack), in µs. */
export function waitUs({pace, srttUs}: Connection): number {
  if (pace === undefined) return 0;
  const mostUs = pace.pingpong || pace.pushed > 0 ? MOST_US : UNPUSHED_US;
  const roundTripUs = srttUs === undefined ? mostUs : Math.max(wholeTicks(srttUs), LEAST_US);
  const atoUs = pace.atoUs > LEAST_US ? Math.min(pace.atoUs, mostUs, roundTripUs) : pace.atoUs;
  return Math.min(atoUs, MOST_US);
}

/** Tells whether no more than a quarter of a delayed ACK's wait is left, so that the ACK is sent now. */
export const isAsGoodAsDue = (leftUs: number, wholeUs: number): boolean => leftUs <= wholeUs / 4;

/** Tells whether more than one full segment has arrived since the last acknowledgment. */
export const isSecond = ({pace, rcv, lastAckSent}: Connection): boolean =>
  pace !== undefined && seqDiff(rcv.nxt, lastAckSent) > pace.segmentBytes;

/**
 * Returns the ACK pacing state after one more ACK with SACK for the same number: three leave at once, later ones are combined
 * (tcp_comp_sack_nr).
 */
export function dupAckCounted(pace: AckPace, nxt: Seq): AckPace {
  const before = pace.dupAckNxt === nxt ? pace.dupAcks : 0;
  const counted = {...pace, dupAckNxt: nxt};
  return before < MOST_DUP_ACKS
    ? {...counted, dupAcks: before + 1}
    : {...counted, dupAcks: before, compressed: pace.compressed + 1};
}

const MOST_DUP_ACKS = 3;
/** The most ACKs with SACK that are combined into one (tcp_comp_sack_nr). */
export const MOST_COMPRESSED = 44;
/**
 * Returns the time for which ACKs with SACK are combined, in µs: a third of a round trip, at most a millisecond, and the timer's slack
 * (tcp_comp_sack_rtt_percent, _delay_ns, _slack_ns).
 */
export const companyUs = (roundTripUs: number): number =>
  Math.min(Math.floor(roundTripUs * 0.33), 1000) + 100;
