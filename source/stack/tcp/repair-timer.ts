// One timer with three purposes: loss probe, end of the reordering window, and retransmission timeout, of which only one runs at a time
// (RFC 8985 §8).
import type {TcpBecause} from './cases.ts';
import type {Connection} from './connection.ts';
import type {TimerName} from './effect.ts';
import {arm, cancel, dueAfter, type Turn} from './turn.ts';

const repairTimers = ['RTO', 'TLP', 'reordering'] as const satisfies readonly TimerName[];

type RepairTimer = (typeof repairTimers)[number];

type Wait = {readonly waitUs: number; readonly because: TcpBecause};

export const pendingRepair = ({timers}: Connection): RepairTimer | undefined =>
  repairTimers.find((name) => timers[name] !== undefined);

/**
 * Arms the common timer of loss recovery for one of its purposes (retransmission, loss probe, reordering) and cancels it for the others.
 */
export function armRepair(turn: Turn, name: RepairTimer, wait: Wait): void {
  for (const other of repairTimers) if (other !== name) cancel(turn, other, wait.because);
  if (turn.tcb.timers[name] !== dueAfter(turn, wait.waitUs)) arm(turn, name, wait);
}

export function stopRepair(turn: Turn, because: TcpBecause): void {
  for (const name of repairTimers) cancel(turn, name, because);
}

/** Stops the common timer of loss recovery, because nothing is left to retransmit, to probe or to wait for. */
export function stopAcknowledged(turn: Turn): void {
  for (const name of repairTimers) cancel(turn, name, name === 'RTO' ? '6298:5.2/stop' : '8985:8/stop');
}

/** Returns how much of the RTO is left, in µs, counted from the last transmission of the oldest segment in flight. */
const rtoLeftUs = ({tcb, env}: Turn): number => {
  const head = tcb.retransmissionQueue.at(0);
  return head === undefined ? tcb.rtoUs : head.sentUs + tcb.rtoUs - env.nowUs;
};

type RtoWait = {readonly because: TcpBecause; readonly inRow?: boolean};

/**
 * Arms the retransmission timer. If the common timer runs for another purpose, or has just expired for one (`inRow`), the timeout counts
 * from the last transmission of the oldest segment.
 */
export function armRto(turn: Turn, {because, inRow = false}: RtoWait): void {
  const {retransmissionQueue, rtoUs, early} = turn.tcb;
  // Until the third segment of a Fast Open handshake arrives, the timer belongs to the SYN,ACK.
  if (early?.waits === true) return;
  if (retransmissionQueue.length === 0) {
    stopAcknowledged(turn);
    return;
  }
  const pending = pendingRepair(turn.tcb);
  const goesOn = inRow || (pending !== undefined && pending !== 'RTO');
  const waitUs = goesOn ? Math.max(rtoLeftUs(turn), 1) : rtoUs;
  armRepair(turn, 'RTO', {waitUs, because});
}

/** The time in µs that a tail loss probe waits beyond two round trips, for the ACK of several segments to arrive. */
const PROBE_SLACK_US = 2000;

/**
 * Schedules a tail loss probe after two round trips if data are in flight and nothing is wrong; with a single segment in flight it waits
 * longer, for a delayed ACK (RFC 8985 §7.2). `renewed` means that the RTO starts anew. Returns false if no probe is scheduled.
 */
export function scheduleProbe(turn: Turn, {renewed}: {renewed: boolean}): boolean {
  const {tcb, env} = turn;
  const {retransmissionQueue, srttUs, rtoUs, sackPermitted, episode} = tcb;
  const calm = episode.state === 'open' || episode.state === 'cwr';
  if (tcb.early?.waits === true) return false;
  if (!env.settings.tailLossProbe || retransmissionQueue.length === 0 || !sackPermitted || !calm)
    return false;
  const slackUs = retransmissionQueue.length === 1 ? env.settings.minRtoUs : PROBE_SLACK_US;
  const probeUs = srttUs === undefined ? env.settings.initialRtoUs : 2 * srttUs + slackUs;
  const leftUs = renewed ? rtoUs : rtoLeftUs(turn);
  const waitUs = leftUs > 0 ? Math.min(probeUs, leftUs) : probeUs;
  armRepair(turn, 'TLP', {waitUs, because: '8985:7.2/probe/schedule'});
  return true;
}
