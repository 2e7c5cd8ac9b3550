// Handles the expiry of TCP timers (RFC 9293 §3.10.8; persist §3.8.6.1, delayed ACK §3.8.6.3, keep-alive §3.8.4).
import {finish} from './closing.ts';
import {connectTimeout, keepAliveTimeout, userTimeout} from './connection-timers.ts';
import {synAckTimeout, waitsForThird} from './early-child.ts';
import type {TimerName} from './effect.ts';
import {delayedAckTimeout} from './paced-receiving.ts';
import {persistTimeout} from './persist.ts';
import {lossTimeout, reorderingTimeout} from './repair-timeouts.ts';
import {retransmissionTimeout} from './retransmission.ts';
import {probeTimeout} from './tail-loss-probe.ts';
import {expire, type Turn} from './turn.ts';

/** Tells whether RACK handles the retransmission; while the connection opens, all machines retransmit alike. */
const isRack = ({tcb, env}: Turn): boolean =>
  env.settings.lossRecovery === 'rack' && tcb.state !== 'SYN-SENT' && tcb.state !== 'SYN-RECEIVED';

/** Handles the expiry of a TCP timer; ignores it if that timer was cancelled or armed again since. */
export function timeout(turn: Turn, name: TimerName): void {
  const dueUs = turn.tcb.timers[name];
  if (dueUs === undefined || turn.env.nowUs < dueUs) return;
  expire(turn, name);
  turn.fired = true;
  switch (name) {
    case 'RTO':
      if (waitsForThird(turn.tcb)) synAckTimeout(turn);
      else if (isRack(turn)) lossTimeout(turn);
      else retransmissionTimeout(turn);
      return;
    case 'TLP':
      probeTimeout(turn);
      return;
    case 'reordering':
      reorderingTimeout(turn);
      return;
    case 'delayed-ACK':
      delayedAckTimeout(turn);
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
