// The retransmission queue: what an ACK removes, and what a timeout sends again (RFC 6298 §5, RFC 9293 §3.8.1).

import type {Fifo} from '../../wire/fifo.ts';
import {ropeSlice} from '../../wire/rope.ts';
import {type Seq, seqDiff, seqLe, seqLt} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import {type Connection, dataStart, synUnacknowledged, type Unacknowledged} from './connection.ts';
import {ECN_FLAGS} from './ecn.ts';
import {suspectPath} from './fast-open-pause.ts';
import {cutAtWindow, endOf} from './flight.ts';
import {forgotten, isHalfOpen} from './listen-queue.ts';
import {loseAll, updateLoss} from './recovery.ts';
import {backOff, rttSample} from './rto.ts';
import {spreadSample} from './rtt-spread.ts';
import type {TcpSettings} from './settings.ts';
import {arm, cancel, leave, send, signal, type Turn, update} from './turn.ts';

/** Moves SND.UNA to `ack`, and updates the retransmission queue, the send buffer, the round-trip estimate and the retransmission timer. */
export function acknowledge(turn: Turn, ack: Seq): void {
  const {tcb, env} = turn;
  const queue = tcb.retransmissionQueue;
  const whole = entryAt(queue, ack);
  const cut = queue.at(whole);
  // A segment that is acknowledged in part has arrived as well.
  const acked = queue.slice(0, whole + (cut !== undefined && seqLt(cut.seq, ack) ? 1 : 0));
  takeAcknowledged(turn, ack);
  learn(turn, acked, tcb.retries);
  // If SYNs were lost, the path may be full, so data begin with a cwnd of one segment (RFC 5681 §3.1).
  if (synUnacknowledged(tcb) && tcb.retries > 0 && repeated(queue) >= env.settings.synTimeoutsToOneSegment)
    update(turn, {cwnd: tcb.mss});
  const {retransmissionQueue, rtoUs} = turn.tcb;
  if (retransmissionQueue.length === 0) cancel(turn, 'RTO', '6298:5.2/stop');
  else arm(turn, 'RTO', {waitUs: rtoUs, because: '6298:5.3/restart'});
}

/** Returns how often the oldest segment on the queue was retransmitted, because of the timer or of an answer that required it. */
const repeated = (queue: Fifo<Unacknowledged>): number => (queue.at(0)?.transmissions ?? 1) - 1;

/** Removes what `ack` covers from queue and buffer, and moves SND.UNA; returns the segments that it covers completely. */
export function takeAcknowledged(turn: Turn, ack: Seq): readonly Unacknowledged[] {
  const {tcb} = turn;
  if (ack === tcb.snd.una) return [];
  const ackedBytes = Math.min(Math.max(0, seqDiff(ack, dataStart(tcb))), tcb.sendBuffer.length);
  const queue = tcb.retransmissionQueue;
  const whole = entryAt(queue, ack);
  update(turn, {
    snd: {...tcb.snd, una: ack},
    sendBuffer: ropeSlice(tcb.sendBuffer, ackedBytes),
    retransmissionQueue: remaining(queue.without(whole), ack),
    retries: 0,
    softError: undefined,
    sndUp: tcb.sndUp !== undefined && seqLe(tcb.sndUp, ack) ? undefined : tcb.sndUp,
  });
  return queue.slice(0, whole);
}

/**
 * Returns the index of the first segment on the retransmission queue that ends beyond `at`. It searches with doubling steps, because that
 * segment is mostly near the front, then by bisection.
 */
export function entryAt(queue: Fifo<Unacknowledged>, at: Seq): number {
  const isPassed = (index: number): boolean => {
    const entry = queue.at(index);
    return entry !== undefined && seqLe(endOf(entry), at);
  };
  let low = 0;
  let step = 1;
  while (isPassed(low + step - 1)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step - 1, queue.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPassed(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the retransmission queue without the octets of its first segment that `ack` covers. */
function remaining(queue: Fifo<Unacknowledged>, ack: Seq): Fifo<Unacknowledged> {
  const first = queue.at(0);
  return first === undefined || !seqLt(first.seq, ack) ? queue : queue.with(0, remainder(first, ack));
}

function remainder(entry: Unacknowledged, ack: Seq): Unacknowledged {
  const syn = entry.flags & TcpFlag.SYN ? 1 : 0;
  const lengthBytes = entry.lengthBytes - (seqDiff(ack, entry.seq) - syn);
  return {...entry, seq: ack, lengthBytes, flags: entry.flags & ~(TcpFlag.SYN | ECN_FLAGS)};
}

/** Updates SRTT, RTTVAR and RTO with a sample of the round-trip time in µs. */
export function noteRoundTrip(turn: Turn, sampleUs: number): void {
  const {tcb, env} = turn;
  const sample = env.settings.rttVariation === 'sample' ? rttSample : spreadSample;
  update(turn, {...sample(tcb, sampleUs, env.settings), backoff: 0});
}

/**
 * Takes a sample of the round-trip time from the acknowledged segments, if they give one; `retries` is the number of earlier expiries of
 * the timer.
 */
export function learn(turn: Turn, acked: readonly Unacknowledged[], retries: number): void {
  const {env, echoedUs, tcb} = turn;
  const {nowUs, settings} = env;
  const [first] = acked;
  if (first === undefined) return;
  const opens = (first.flags & TcpFlag.SYN) !== 0;
  const heard = settings.rttOfRepeatedSyn === 'echo' ? echoedUs : undefined;
  // If the SYN was retransmitted after a timeout, its RTO says nothing about the path, and data begin with a cautious RTO (RFC 6298 §5.7).
  if (opens && retries > 0 && heard === undefined) {
    update(turn, {rtoUs: settings.rtoAfterSynTimeoutUs || settings.initialRtoUs});
    return;
  }
  // Karn's rule: what was sent twice gives no sample (RFC 6298 §3), unless a timestamp tells which copy has arrived.
  const sampleUs = acked.some((entry) => entry.transmissions > 1) ? echoedUs : nowUs - first.sentUs;
  if (sampleUs === undefined) return;
  noteRoundTrip(turn, sampleUs);
  if (opens) update(turn, {rack: {...tcb.rack, minRttUs: sampleUs}});
}

/**
 * Returns the ECN flags to remove from a retransmitted SYN, because earlier SYNs may have been lost for asking for ECN (RFC 3168 §6.1.1.1);
 * 0 if they stay.
 */
const ecnGivenUp = ({tcb, env}: Turn): number =>
  tcb.state === 'SYN-SENT' && tcb.retries > env.settings.ecnSynRetries ? ECN_FLAGS : 0;

/**
 * Retransmits a segment, as much of it as the window allows, and returns the part that was sent. `pushed` is true if it is the last segment
 * of a large packet, which gets PSH.
 */
export function retransmit(
  turn: Turn,
  index: number,
  because: TcpBecause,
  pushed = false,
): Unacknowledged | undefined {
  cutAtWindow(turn, index);
  const {tcb} = turn;
  const entry = tcb.retransmissionQueue.at(index);
  if (entry === undefined) return undefined;
  const {delivered: deliveredBefore, sendings} = tcb.rack;
  const sending = sendings + 1;
  const transmissions = entry.transmissions + 1;
  const again = {...entry, transmissions, sentUs: turn.env.nowUs, deliveredBefore, sending};
  update(turn, {
    retransmissionQueue: tcb.retransmissionQueue.with(index, again),
    rack: {...tcb.rack, sendings: sending},
  });
  const syn = (entry.flags & TcpFlag.SYN) !== 0;
  const offset = syn ? 0 : seqDiff(entry.seq, dataStart(tcb));
  send(turn, {
    seq: entry.seq,
    flags:
      (entry.flags & ~ecnGivenUp(turn)) |
      (tcb.state === 'SYN-SENT' ? 0 : TcpFlag.ACK) |
      (pushed ? TcpFlag.PSH : 0),
    payload: ropeSlice(tcb.sendBuffer, offset, offset + entry.lengthBytes),
    ...(syn ? {options: tcb.synOptions} : {}),
    retransmission: true,
    because,
  });
  return again;
}

/** Handles the expiry of the RTO timer (RFC 6298 §5.4 to 5.6). */
export function retransmissionTimeout(turn: Turn): void {
  const {tcb, env} = turn;
  if (tcb.retransmissionQueue.length === 0) return;
  const spent = tcb.retries >= retryLimit(tcb, env.settings) || hasDialledLong(turn);
  suspectPath(turn, spent);
  if (spent) {
    giveUp(turn);
    return;
  }
  const retries = tcb.retries + 1;
  const opening = tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED';
  const linear = tcb.state === 'SYN-SENT' && retries <= env.settings.synLinearTimeouts;
  update(turn, {
    retries,
    rtoUs: linear ? tcb.rtoUs : backOff(tcb.rtoUs, env.settings, {slopless: opening && retries === 1}),
  });
  if (opening && retries >= OPTIONS_DROPPED_AT) dropOptions(turn);
  if (!opening) loseAll(turn);
  const sent = retransmit(turn, 0, '6298:5.4/retransmit');
  if (sent !== undefined) updateLoss(turn, {highRxt: endOf(sent)});
  arm(turn, 'RTO', {waitUs: turn.tcb.rtoUs, because: waitRule(tcb.rtoUs, turn, linear)});
}

/** The number of the SYN's retransmission from which on only the MSS option is sent, with the setting `dropSynOptions`. */
const OPTIONS_DROPPED_AT = 3;

function dropOptions(turn: Turn): void {
  if (!turn.env.settings.dropSynOptions || turn.tcb.state !== 'SYN-SENT') return;
  update(turn, {synOptions: turn.tcb.synOptions.filter(({kind}) => kind === 'mss')});
}

/**
 * Returns the reason for the length of the next retransmission timeout. Its fact `linear` is the number of equal waits so far, `doubles`
 * the number of waits before the first longer one.
 */
function waitRule(oldUs: number, {tcb, env}: Turn, linear: boolean): TcpBecause {
  const {rtoUs: newUs, retries, state} = tcb;
  const {synLinearTimeouts} = env.settings;
  if (linear) return {rule: 'linux:tcp_syn_linear_timeouts/wait', facts: {linear: retries}};
  if (env.settings.rtoSlopUs > 0 && newUs < env.settings.maxRtoUs) return 'freebsd:rexmit_slop/wait';
  if (newUs !== 2 * oldUs) return '6298:2.5/maximum';
  const ends = state === 'SYN-SENT' && synLinearTimeouts > 0 && retries === synLinearTimeouts + 1;
  return ends ? {rule: '6298:5.5/back-off', facts: {doubles: synLinearTimeouts}} : '6298:5.5/back-off';
}

function retryLimit(tcb: Connection, settings: TcpSettings): number {
  if (tcb.state === 'SYN-SENT') return settings.synRetries + settings.synLinearTimeouts;
  return tcb.state === 'SYN-RECEIVED' ? settings.synAckRetries : settings.dataRetries;
}

/** The first RTO in µs with which Linux computes the limit of an attempt's duration if the settings have none (TCP_TIMEOUT_INIT). */
const UNSET_RTO_US = 1_000_000;

/**
 * Tells whether a connection attempt has lasted as long as the allowed number of doubling timeouts takes (Linux, retransmits_timed_out). It
 * never ends at the first timeout.
 */
function hasDialledLong({tcb, env}: Turn): boolean {
  const {synRetriesInTime, synRetries, initialRtoUs, maxRtoUs} = env.settings;
  if (!synRetriesInTime || tcb.state !== 'SYN-SENT' || tcb.retries === 0) return false;
  if (tcb.dialledUs === undefined) return false;
  const firstUs = initialRtoUs || UNSET_RTO_US;
  return env.nowUs - tcb.dialledUs >= doublingUs(synRetries, firstUs, maxRtoUs);
}

/**
 * Returns how long `boundary` retransmissions and the wait after the last one take, if each wait is twice the one before but not above the
 * maximum (Linux, tcp_model_timeout).
 */
export function doublingUs(boundary: number, firstUs: number, maxRtoUs: number): number {
  const mostUs = Math.max(firstUs, maxRtoUs);
  let limitUs = 0;
  let waits = 0;
  for (let waitUs = firstUs; waits <= boundary && waitUs < mostUs; waits += 1, waitUs *= 2) limitUs += waitUs;
  return limitUs + (boundary + 1 - waits) * mostUs;
}

/**
 * Ends a connection after too many retries (R2, RFC 9293 §3.8.3): a half-open one of a listener is forgotten; otherwise the program gets an
 * error.
 */
export function giveUp(turn: Turn): void {
  if (isHalfOpen(turn.tcb)) {
    leave(turn, 'LISTEN', forgotten('9293:3.8.3/give-up/listen', 'timer'));
    return;
  }
  const {softError} = turn.tcb;
  const because: TcpBecause = softError === undefined ? '9293:3.8.3/give-up' : '1122:4.2.3.9/soft/told';
  signal(turn, softError ?? 'ETIMEDOUT', because);
  leave(turn, 'CLOSED', because);
}
