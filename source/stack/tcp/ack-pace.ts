// When acknowledgements leave, as Linux paces them within what RFC 9293 §3.8.6.3 allows: at once while a sender starts, after 40 ms
// where the program answers what it reads, else as long as data usually take to follow (icsk_ack of tcp_input.c, tcp_output.c).
import {type Seq, seqDiff} from '../../wire/seq.ts';
import type {AckPace, Connection} from './connection.ts';
import {JIFFY_US} from './timer-wheel.ts';

/** TCP_ATO_MIN and TCP_DELACK_MIN; TCP_DELACK_MAX; half a second where nothing looks like the end of a write. */
const LEAST_US = 40_000;
const MOST_US = 200_000;
const UNPUSHED_US = 500_000;
const MOST_QUICK = 16;
/** What a segment is taken for at first, and the least; a short one with PSH says nothing below. */
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

/** As the last acknowledgement told it: rcv_wnd of Linux, while RCV.WND is what is left of it. */
export const toldWindow = ({rcv, lastAckSent}: Connection): number => rcv.wnd + seqDiff(rcv.nxt, lastAckSent);

/** So many ACKs at once as a sender in slow start needs for the window (tcp_incr_quickack). */
const moreQuick = (tcb: Connection, pace: AckPace, most = MOST_QUICK): number =>
  Math.max(pace.quick, Math.min(Math.floor(toldWindow(tcb) / (2 * pace.segmentBytes)) || 2, most));

/** Something is wrong on the way: the sender needs every ACK (tcp_enter_quickack_mode). */
export const hurried = (tcb: Connection, pace: AckPace, most = MOST_QUICK): AckPace => ({
  ...pace,
  quick: moreQuick(tcb, pace, most),
  pingpong: false,
  atoUs: LEAST_US,
});

type Came = {readonly lengthBytes: number; readonly pushed: boolean; readonly nowUs: number};

/** Text in order has come (tcp_event_data_recv); its size is measured already. */
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

/** The delayed ACK goes by how text follows text. */
function atoAfter(atoUs: number, sinceUs: number, rtoUs: number): number {
  if (atoUs === 0) return LEAST_US;
  if (sinceUs <= LEAST_US / 2) return Math.floor(atoUs / 2) + LEAST_US / 2;
  return sinceUs < atoUs ? Math.min(Math.floor(atoUs / 2) + sinceUs, rtoUs) : atoUs;
}

/** Is a segment of this size a full one? A short one with PSH ends a write (tcp_measure_rcv_mss). */
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

/** A segment with ACK has left (tcp_event_ack_sent). */
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

/** Data have left: an answer, if they follow so soon on what came (tcp_event_data_sent). */
export const dataLeft = (pace: AckPace, nowUs: number): AckPace =>
  nowUs - pace.lastDataUs < pace.atoUs ? {...pace, pingpong: true} : pace;

/** The timer had to send the ACK: the next waits longer, or does not count on an answer (tcp_delack_timer_handler). */
export function waitedInVain(pace: AckPace, rtoUs: number): AckPace {
  if (pace.compressed > 0) return pace;
  return pace.pingpong
    ? {...pace, pingpong: false, atoUs: LEAST_US}
    : {...pace, atoUs: Math.min(2 * pace.atoUs, rtoUs)};
}

export const isQuick = ({quick, pingpong}: AckPace): boolean => quick > 0 && !pingpong;

/** A tick that has begun counts whole (usecs_to_jiffies). */
const wholeTicks = (us: number): number => Math.ceil(us / JIFFY_US) * JIFFY_US;

/** How long an ACK waits (tcp_send_delayed_ack), in µs. */
export function waitUs({pace, srttUs}: Connection): number {
  if (pace === undefined) return 0;
  const mostUs = pace.pingpong || pace.pushed > 0 ? MOST_US : UNPUSHED_US;
  const roundTripUs = srttUs === undefined ? mostUs : Math.max(wholeTicks(srttUs), LEAST_US);
  const atoUs = pace.atoUs > LEAST_US ? Math.min(pace.atoUs, mostUs, roundTripUs) : pace.atoUs;
  return Math.min(atoUs, MOST_US);
}

/** A timer that ends so soon is not worth waiting for. */
export const isAsGoodAsDue = (leftUs: number, wholeUs: number): boolean => leftUs <= wholeUs / 4;

/** More than one full segment has come since the last acknowledgement. */
export const isSecond = ({pace, rcv, lastAckSent}: Connection): boolean =>
  pace !== undefined && seqDiff(rcv.nxt, lastAckSent) > pace.segmentBytes;

/** Of ACKs in a row with SACK for the same number three leave at once; later ones wait for company (tcp_comp_sack_nr). */
export function dupAckCounted(pace: AckPace, nxt: Seq): AckPace {
  const before = pace.dupAckNxt === nxt ? pace.dupAcks : 0;
  const counted = {...pace, dupAckNxt: nxt};
  return before < MOST_DUP_ACKS
    ? {...counted, dupAcks: before + 1}
    : {...counted, dupAcks: before, compressed: pace.compressed + 1};
}

const MOST_DUP_ACKS = 3;
/** Beyond so many nothing waits (tcp_comp_sack_nr). */
export const MOST_COMPRESSED = 44;
/** A third of a round trip, a millisecond at most, and what the timer is late (tcp_comp_sack_rtt_percent, _delay_ns, _slack_ns). */
export const companyUs = (roundTripUs: number): number =>
  Math.min(Math.floor(roundTripUs * 0.33), 1000) + 100;
