// ACCEPT: a program takes a complete connection from its listener (accept(2)).

import {emptyRope} from '../../wire/rope.ts';
import {finReceived} from './closing.ts';
import type {Listener} from './connection.ts';
import {serveReceives} from './receiver.ts';
import {signal, type Turn, tell, update} from './turn.ts';

/** The connection gets its reader; with a RECEIVE always outstanding, what has come meanwhile is handed over. */
export function accept(turn: Turn, {read}: Listener): void {
  update(turn, {accepted: true, read});
  signal(turn, 'accepted', 'linux:accept/take');
  if (read === 'manual') {
    serveReceives(turn, '9293:3.10.3/receive/outstanding');
    return;
  }
  const {id, receiveBuffer} = turn.tcb;
  if (receiveBuffer.length > 0) {
    update(turn, {receiveBuffer: emptyRope});
    tell(turn, {
      kind: 'deliver',
      connection: id,
      data: receiveBuffer,
      because: '9293:3.10.3/receive/deliver',
    });
  }
  if (finReceived(turn)) signal(turn, 'eof', '9293:3.10.7.4/fin/eof');
}
