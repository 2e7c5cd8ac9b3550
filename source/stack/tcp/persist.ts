// Zero-window probing: when the persist timer starts, how the peer's window is probed, when the connection is given up (RFC 9293 §3.8.6.1,
// §3.8.6.2.1).

import {ropeSlice} from '../../wire/rope.ts';
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import {ASK_AGAIN_US, isFull} from './device-queue.ts';
import {giveUp} from './retransmission.ts';
import {backOff} from './rto.ts';
import {maySend, unsentBytes, usableWindow} from './segmentise.ts';
import {sendOne, transmit} from './sender.ts';
import {arm, send, type Turn, update} from './turn.ts';

/** Handles the expiry of the persist timer: probes the window, or sends what fits despite silly-window avoidance. */
export function persistTimeout(turn: Turn): void {
  const {tcb, env} = turn;
  const full = isFull(turn) && unsentBytes(tcb) > 0;
  if (!full && usableWindow(tcb) > 0 && maySend(tcb) && unsentBytes(tcb) > 0) {
    if (env.settings.lossRecovery === 'rack') sendOne(turn, '9293:3.8.6.2.1/override');
    else transmit(turn, '9293:3.8.6.2.1/override', {override: true});
    return;
  }
  // Unanswered probes end the connection; a peer that answers may keep its window closed for ever (MUST-36, MUST-37).
  const {dataRetries, userTimeoutUs, userTimeoutEndsProbes} = env.settings;
  const sinceUs = tcb.probingSinceUs ?? env.nowUs;
  const ends = userTimeoutEndsProbes && userTimeoutUs > 0 ? sinceUs + userTimeoutUs : undefined;
  if (tcb.probes >= dataRetries || (ends !== undefined && env.nowUs >= ends)) {
    giveUp(turn);
    return;
  }
  const leftUs = (ends ?? Number.POSITIVE_INFINITY) - env.nowUs;
  if (full) {
    update(turn, {probes: tcb.probes + 1, probingSinceUs: sinceUs});
    arm(turn, 'persist', {waitUs: Math.min(ASK_AGAIN_US, leftUs), because: 'linux:queue/again'});
    return;
  }
  const probeWaitUs = backOff(tcb.probeWaitUs, env.settings);
  update(turn, {probes: tcb.probes + 1, probeWaitUs, probingSinceUs: sinceUs});
  const because = probe(turn);
  arm(turn, 'persist', {
    waitUs: Math.min(probeWaitUs, leftUs),
    because,
  });
}

/**
 * Probes the window with an empty segment one below the next number, which is not acceptable, or with the next byte; the peer answers
 * with its window. Returns the reason of the probe.
 */
function probe(turn: Turn): TcpBecause {
  const {tcb, env} = turn;
  const bare = env.settings.zeroWindowProbe === 'below' || unsentBytes(tcb) === 0;
  const rule = bare ? '9293:3.8.6.1/persist/probe' : '9293:3.8.6.1/persist/probe-byte';
  const because: TcpBecause = {rule, facts: {probes: 'window'}};
  if (bare) {
    send(turn, {seq: seqAdd(tcb.snd.una, -1), flags: TcpFlag.ACK, because});
    return because;
  }
  update(turn, {probedByte: true});
  const payload = ropeSlice(tcb.sendBuffer, 0, 1);
  send(turn, {seq: tcb.snd.nxt, flags: TcpFlag.ACK, payload, because});
  return because;
}

/**
 * Handles an answer to a zero-window probe if the window is still too small for a segment. In Linux each such ACK restarts the wait
 * (tcp_ack_probe).
 */
export function probeAnswered(turn: Turn): void {
  const {timers, probeWaitUs} = turn.tcb;
  if (turn.env.settings.probeWaitsFrom === 'probe' || timers.persist === undefined) return;
  const because: TcpBecause =
    usableWindow(turn.tcb) <= 0
      ? {rule: '9293:3.8.6.1/persist/start', case: 'again'}
      : '9293:3.8.6.2.1/override/start';
  arm(turn, 'persist', {waitUs: probeWaitUs, because});
}
