// Handles the expiry of the timers of loss recovery: the end of the reordering window (RFC 8985 §6.2 step 5), or the retransmission timeout
// (RFC 6298 §5.4).
import {HIGH_THRESHOLD} from './congestion.ts';
import type {Connection} from './connection.ts';
import {changed} from './copied.ts';
import {ASK_AGAIN_US, isFull} from './device-queue.ts';
import {enterRecovery} from './enter-recovery.ts';
import {suspectPath} from './fast-open-pause.ts';
import {segmentsInFlight} from './flight.ts';
import {enterLoss} from './loss-state.ts';
import {reduce} from './prr.ts';
import {detectLoss} from './rack.ts';
import {armRepair, armRto} from './repair-timer.ts';
import {resend, resendLost} from './resend.ts';
import {doublingUs, giveUp} from './retransmission.ts';
import {backOff, rtoOf} from './rto.ts';
import type {RuleId} from './rules.ts';
import type {TcpSettings} from './settings.ts';
import {clock, elapsed, TICK_US} from './timestamps.ts';
import {type Turn, update} from './turn.ts';

export function reorderingTimeout(turn: Turn): void {
  const before = segmentsInFlight(turn.tcb);
  const {losses} = detectLoss(turn);
  if (segmentsInFlight(turn.tcb) !== before) {
    if (turn.tcb.episode.state !== 'recovery') {
      enterRecovery(turn, {congested: false});
      reduce(turn, {delivered: 1, losses, advances: false});
    }
    resendLost(turn, '8985:6.2/lost');
  }
  if (turn.tcb.timers.RTO === undefined) armRto(turn, {because: '8985:8/rto/restart', inRow: true});
}

export function lossTimeout(turn: Turn): void {
  const {tcb, env} = turn;
  if (tcb.retransmissionQueue.length === 0) return;
  const spent = isSpent(turn);
  suspectPath(turn, spent);
  if (spent) {
    giveUp(turn);
    return;
  }
  enterLoss(turn);
  const retries = asksForWindow(tcb) ? tcb.retries : tcb.retries + 1;
  if (isFull(turn)) {
    update(turn, {retries});
    armRepair(turn, 'RTO', {waitUs: ASK_AGAIN_US, because: 'linux:queue/again'});
    return;
  }
  const linear = isThin(changed(turn.tcb, {retries}), env.settings);
  const {srttUs = 0, rttvarUs = 0} = tcb;
  const rtoUs = linear ? rtoOf(srttUs, rttvarUs, env.settings) : backOff(tcb.rtoUs, env.settings);
  update(turn, {retries, rtoUs, backoff: linear ? 0 : tcb.backoff + 1});
  resend(turn, 0, '6298:5.4/retransmit');
  armRepair(turn, 'RTO', {waitUs: rtoUs, because: waitRule(turn, tcb.rtoUs, linear)});
}

/**
 * Tells whether a retransmission probes a closed window, so that it is not one of the limited retries. If no program reads any more, it is
 * one.
 */
const asksForWindow = ({snd, readerGone}: Connection): boolean => snd.wnd === 0 && !readerGone;

/** The smallest RTO in µs with which Linux computes the limit of the retries if the settings have none (TCP_RTO_MIN). */
const LEAST_RTO_US = 200_000;

/**
 * Tells whether the retries have lasted so long that the connection is given up (R2, RFC 9293 §3.8.3): as long as the allowed number of
 * doubling timeouts, beginning with the smallest RTO. Probes of a closed window never end (§3.8.6.1).
 */
function isSpent({tcb, env}: Turn): boolean {
  const {dataRetries, orphanRetries, minRtoUs, maxRtoUs} = env.settings;
  const {firstStamp} = tcb.undo;
  if (asksForWindow(tcb) || tcb.retries === 0 || firstStamp === undefined) return false;
  const boundary = tcb.readerGone && orphanRetries > 0 ? orphanRetries : dataRetries;
  return (
    elapsed(clock(env, tcb), firstStamp) * TICK_US >= doublingUs(boundary, minRtoUs || LEAST_RTO_US, maxRtoUs)
  );
}

function waitRule({tcb}: Turn, beforeUs: number, linear: boolean): RuleId {
  if (linear) return 'linux:tcp_thin_linear_timeouts/wait';
  return tcb.rtoUs === 2 * beforeUs ? '6298:5.5/back-off' : '6298:2.5/maximum';
}

/**
 * The number of segments in flight from which on three duplicate ACKs can arrive; below it, timeouts may stay equally long at first
 * (tcp_thin_linear_timeouts).
 */
const THIN_SEGMENTS = 4;
const LINEAR_RETRIES = 6;

const isThin = (tcb: Connection, {thinLinearTimeouts}: TcpSettings): boolean =>
  thinLinearTimeouts &&
  tcb.state === 'ESTABLISHED' &&
  tcb.retransmissionQueue.length < THIN_SEGMENTS &&
  tcb.ssthresh < HIGH_THRESHOLD &&
  tcb.retries <= LINEAR_RETRIES;
