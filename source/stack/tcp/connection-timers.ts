// Timers that follow from a connection's state: connection attempt, keep-alive, user timeout (RFC 9293 §3.8.4, §3.9.1).

import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {ruleOf} from '../reason.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection} from './connection.ts';
import {forgotten, isHalfOpen} from './listen-queue.ts';
import type {TcpSettings} from './settings.ts';
import {arm, cancel, leave, send, sendReset, signal, type Turn, update} from './turn.ts';

/** Sets the timers of a connection at the end of a step; `before` is the connection before the step, undefined if the step created it. */
export function watchTimers(turn: Turn, before: Connection | undefined): void {
  watchAttempt(turn, before);
  watchKeepAlive(turn);
  watchProgress(turn, before);
}

const isOpening = ({state, origin}: Connection): boolean =>
  state === 'SYN-SENT' || (state === 'SYN-RECEIVED' && origin === 'active');

function watchAttempt(turn: Turn, before: Connection | undefined): void {
  const {connectTimeoutUs} = turn.env.settings;
  if (!isOpening(turn.tcb)) cancel(turn, 'connect', 'freebsd:keepinit/stop');
  else if (before === undefined && connectTimeoutUs > 0) {
    arm(turn, 'connect', {waitUs: connectTimeoutUs, because: 'freebsd:keepinit/start'});
  }
}

const canBeProbed = ({state}: Connection): boolean =>
  state === 'ESTABLISHED' || state === 'CLOSE-WAIT' || state === 'FIN-WAIT-2';

function watchKeepAlive(turn: Turn): void {
  const {keepAlive, keepAliveIdleUs} = turn.env.settings;
  const {tcb} = turn;
  if (!keepAlive || !canBeProbed(tcb)) cancel(turn, 'keep-alive', '9293:3.8.4/keep-alive/stop');
  else if (tcb.timers['keep-alive'] === undefined) {
    update(turn, {keepAliveProbes: 0, heardUs: tcb.heardUs ?? turn.env.nowUs});
    arm(turn, 'keep-alive', {waitUs: keepAliveIdleUs, because: '9293:3.8.4/keep-alive/start'});
  }
}

/** Runs the user timeout while something is unacknowledged; each acknowledgment of new data restarts it (RFC 5482 §1). */
function watchProgress(turn: Turn, before: Connection | undefined): void {
  const {userTimeoutUs} = turn.env.settings;
  const {snd, retransmissionQueue, timers} = turn.tcb;
  if (userTimeoutUs === 0 || retransmissionQueue.length === 0) {
    cancel(turn, 'user', '9293:3.9.1/user-timeout/stop');
  } else if (timers.user === undefined || (before !== undefined && before.snd.una !== snd.una)) {
    arm(turn, 'user', {waitUs: userTimeoutUs, because: '9293:3.9.1/user-timeout/start'});
  }
}

/** Ends a connection attempt whose timer has expired; the program gets the last ICMP error, otherwise ETIMEDOUT. */
export function connectTimeout(turn: Turn): void {
  const because = 'freebsd:keepinit/expires';
  signal(turn, turn.tcb.softError ?? 'ETIMEDOUT', because);
  leave(turn, 'CLOSED', because);
}

export const userTimeout = (turn: Turn): void => breakOff(turn, '9293:3.9.1/user-timeout/expires');

/**
 * Handles the keep-alive timer: probes the peer, or ends the connection after enough probes. If a segment has arrived since the timer was
 * set, it waits for the rest of the idle time; with data in flight it does not probe (RFC 9293 §3.8.4, MUST-24).
 */
export function keepAliveTimeout(turn: Turn): void {
  const {tcb, env} = turn;
  const {keepAliveIdleUs, keepAliveIntervalUs} = env.settings;
  const silentUs = env.nowUs - (tcb.heardUs ?? env.nowUs);
  if (silentUs < keepAliveIdleUs || tcb.retransmissionQueue.length > 0) {
    const waitUs = tcb.retransmissionQueue.length > 0 ? keepAliveIdleUs : keepAliveIdleUs - silentUs;
    update(turn, {keepAliveProbes: 0});
    arm(turn, 'keep-alive', {waitUs, because: '9293:3.8.4/keep-alive/start'});
    return;
  }
  if (hasProbedEnough(tcb, silentUs, env.settings)) {
    breakOff(turn, '9293:3.8.4/keep-alive/dead');
    return;
  }
  update(turn, {keepAliveProbes: tcb.keepAliveProbes + 1});
  const rule = '9293:3.8.4/keep-alive/probe';
  const because: TcpBecause = {rule, facts: {probes: 'peer'}};
  send(turn, {seq: seqAdd(tcb.snd.nxt, -1), flags: TcpFlag.ACK, because});
  arm(turn, 'keep-alive', {waitUs: keepAliveIntervalUs, because: rule});
}

const hasProbedEnough = (
  {keepAliveProbes: sent}: Connection,
  silentUs: number,
  {keepAliveProbes, userTimeoutUs, userTimeoutEndsProbes}: TcpSettings,
): boolean =>
  userTimeoutEndsProbes && userTimeoutUs > 0
    ? sent > 0 && silentUs >= userTimeoutUs
    : sent >= keepAliveProbes;

/** Restarts the keep-alive timer after the program has set a new idle time, which counts from the peer's last segment. */
export function idleTimeSet(turn: Turn): void {
  const {timers, heardUs = turn.env.nowUs} = turn.tcb;
  if (timers['keep-alive'] === undefined) return;
  const waitUs = Math.max(0, turn.env.settings.keepAliveIdleUs - (turn.env.nowUs - heardUs));
  arm(turn, 'keep-alive', {waitUs, because: '9293:3.8.4/keep-alive/start'});
}

/** Ends a connection whose peer counts as dead, with an RST, in case the peer is alive; a half-open one of a listener is just forgotten. */
function breakOff(turn: Turn, because: TcpBecause): void {
  if (isHalfOpen(turn.tcb)) {
    leave(turn, 'LISTEN', forgotten(ruleOf(because), 'timer'));
    return;
  }
  if (turn.tcb.state !== 'SYN-SENT') sendReset(turn, because);
  signal(turn, 'ETIMEDOUT', because);
  leave(turn, 'CLOSED', because);
}
