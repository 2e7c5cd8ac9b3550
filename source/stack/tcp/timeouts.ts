// Timeouts (RFC 9293 §3.10.8; persist §3.8.6.1, delayed ACK §3.8.6.3).
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {finish} from './closing.ts';
import type {TimerName} from './effect.ts';
import {giveUp, retransmissionTimeout} from './retransmission.ts';
import {backOff} from './rto.ts';
import {arm, expire, send, sendAck, type Turn, update} from './turn.ts';

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
      probe(turn);
      return;
  }
}

/** An empty segment one below the next number: not acceptable, so the peer answers with its window. */
function probe(turn: Turn): void {
  const {tcb, env} = turn;
  if (tcb.retries >= env.settings.dataRetries) {
    giveUp(turn);
    return;
  }
  update(turn, {retries: tcb.retries + 1, rtoUs: backOff(tcb.rtoUs, env.settings)});
  const because = '9293:3.8.6.1/persist/probe';
  send(turn, {seq: seqAdd(tcb.snd.una, -1), flags: TcpFlag.ACK, because});
  arm(turn, 'persist', {waitUs: turn.tcb.rtoUs, because});
}
