// The last states of a connection: FIN-WAIT-2 without a reader, TIME-WAIT, the end (RFC 9293 §3.6, §3.10.8).

import {TcpFlag} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import {finReceivedBy} from './connection.ts';
import {copiedSeq} from './receive-memory.ts';
import {stopRepair} from './repair-timer.ts';
import {arm, cancel, enter, leave, send, signal, type Turn, update} from './turn.ts';
import {handText} from './urgent-check.ts';

/**
 * Enters TIME-WAIT when both FINs are acknowledged. If the settings skip TIME-WAIT, nothing happens here: counterfactual.ts ends the
 * connection after the last ACK.
 */
export function enterTimeWait(turn: Turn, because: TcpBecause): void {
  if (turn.env.settings.counterfactualSkipTimeWait) return;
  enter(turn, 'TIME-WAIT', because);
  // Linux limits the answers in TIME-WAIT separately (tw_last_oow_ack_time), so the earlier answers do not count.
  update(turn, {challengedUs: undefined});
  startTimeWait(turn, because);
}

/** Starts or restarts the TIME-WAIT timer of 2 MSL, and stops the retransmission, persist and FIN-WAIT-2 timers. */
export function startTimeWait(turn: Turn, because: TcpBecause): void {
  stopRepair(turn, because);
  cancel(turn, 'FIN-WAIT-2', because);
  cancel(turn, 'persist', because);
  arm(turn, '2MSL', {waitUs: turn.env.settings.timeWaitUs, because});
}

/** Starts the timer that ends FIN-WAIT-2, which could last for ever, if no program reads any more (Linux tcp_fin_timeout). */
export function limitFinWait2(turn: Turn): void {
  const {finTimeoutUs, finTimeoutRtos} = turn.env.settings;
  const {state, readerGone, rtoUs} = turn.tcb;
  if (state !== 'FIN-WAIT-2' || !readerGone || finTimeoutUs === 0) return;
  const waitUs = Math.max(finTimeoutUs, Math.floor(finTimeoutRtos * rtoUs));
  arm(turn, 'FIN-WAIT-2', {waitUs, because: 'linux:tcp_fin_timeout/start'});
}

export const finReceived = ({tcb}: Turn): boolean => finReceivedBy(tcb);

/**
 * Ends a connection in order: deletes the TCB and tells the program. Unread data are delivered with the news, and so is the end of file,
 * because there will be no TCB to ask.
 */
export function finish(turn: Turn, because: TcpBecause): void {
  const {receiveBuffer: data, readerGone, eofTold} = turn.tcb;
  if (!readerGone) handText(turn, {data, from: copiedSeq(turn.tcb), because: '9293:3.10.3/receive/last'});
  if (finReceived(turn) && !readerGone && !eofTold) signal(turn, 'eof', '9293:3.10.7.4/fin/eof');
  signal(turn, 'closed', because);
  leave(turn, 'CLOSED', because);
}

/**
 * Acknowledges the peer's FIN in CLOSING with a segment that repeats this end's FIN, because the FINs crossed and this end's is
 * unacknowledged (setting `closingRepeatsFin`).
 */
export function repeatFin(turn: Turn): void {
  const {state, finSeq} = turn.tcb;
  if (state !== 'CLOSING' || !turn.env.settings.closingRepeatsFin || finSeq === undefined) return;
  const flags = TcpFlag.FIN | TcpFlag.ACK;
  send(turn, {seq: finSeq, flags, retransmission: true, because: 'freebsd:closing/fin-again'});
}
