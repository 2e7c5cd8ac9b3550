// The ACCEPT call: a program takes a complete connection from its listener (accept(2)).

import {emptyRope} from '../../wire/rope.ts';
import type {TcpBecause} from './cases.ts';
import {finReceived} from './closing.ts';
import type {Listener} from './connection.ts';
import {copiedSeq} from './receive-memory.ts';
import {serveReceives} from './receiver.ts';
import {signal, type Turn, update} from './turn.ts';
import {handText} from './urgent-check.ts';

/** Delivers the data in the receive buffer to the program, once it has accepted the connection. */
export function handOver(turn: Turn, because: TcpBecause): void {
  const {receiveBuffer: data} = turn.tcb;
  if (data.length === 0) return;
  const from = copiedSeq(turn.tcb);
  update(turn, {receiveBuffer: emptyRope});
  handText(turn, {data, from, because});
}

/**
 * Gives the connection to the program that accepts it. If the listener's `read` is `auto`, the data and the end of file that have arrived
 * meanwhile are delivered.
 */
export function accept(turn: Turn, {read}: Listener): void {
  update(turn, {accepted: true, read});
  signal(turn, 'accepted', 'linux:accept/take');
  if (read === 'manual') {
    serveReceives(turn, '9293:3.10.3/receive/outstanding');
    return;
  }
  handOver(turn, '9293:3.10.3/receive/deliver');
  if (finReceived(turn)) signal(turn, 'eof', '9293:3.10.7.4/fin/eof');
}
