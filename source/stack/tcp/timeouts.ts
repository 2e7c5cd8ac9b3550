// Timeouts (RFC 9293 §3.10.8; persist §3.8.6.1, delayed ACK §3.8.6.3, keep-alive §3.8.4).
import {finish} from './closing.ts';
import {connectTimeout, keepAliveTimeout, userTimeout} from './connection-timers.ts';
import type {TimerName} from './effect.ts';
import {persistTimeout} from './persist.ts';
import {retransmissionTimeout} from './retransmission.ts';
import {expire, sendAck, type Turn} from './turn.ts';

/** A time-out of a timer that does not run, or runs longer, is nothing: it was cancelled or armed anew. */
export function timeout(turn: Turn, name: TimerName): void {
  const dueUs = turn.tcb.timers[name];
  if (dueUs === undefined || turn.env.nowUs < dueUs) return;
  expire(turn, name);
  switch (name) {
    case 'RTO':
      retransmissionTimeout(turn);
      return;
    case 'delayed-ACK':
      sendAck(turn, '9293:3.8.6.3/delayed-ack/timer');
      return;
    case '2MSL':
      finish(turn, '9293:3.10.8/time-wait');
      return;
    case 'FIN-WAIT-2':
      finish(turn, 'linux:tcp_fin_timeout/expires');
      return;
    case 'persist':
      persistTimeout(turn);
      return;
    case 'connect':
      connectTimeout(turn);
      return;
    case 'keep-alive':
      keepAliveTimeout(turn);
      return;
    case 'user':
      userTimeout(turn);
      return;
  }
}
