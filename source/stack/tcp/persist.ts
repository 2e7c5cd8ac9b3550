// The closed window: when to watch it, what to ask it with, when to give up (RFC 9293 §3.8.6.1, §3.8.6.2.1).
import {seqAdd} from '../../wire/seq.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import {giveUp} from './retransmission.ts';
import {backOff} from './rto.ts';
import {maySend, unsentBytes, usableWindow} from './segmentise.ts';
import {transmit} from './sender.ts';
import {arm, send, type Turn, update} from './turn.ts';

/** The persist timer has run out. */
export function persistTimeout(turn: Turn): void {
  const {tcb, env} = turn;
  if (usableWindow(tcb) > 0 && maySend(tcb) && unsentBytes(tcb) > 0) {
    transmit(turn, '9293:3.8.6.2.1/override', {override: true});
    return;
  }
  // Only silence ends the connection: a peer that answers may keep its window closed (MUST-36, MUST-37).
  if (tcb.probes >= env.settings.dataRetries) {
    giveUp(turn);
    return;
  }
  const probeWaitUs = backOff(tcb.probeWaitUs, env.settings);
  update(turn, {probes: tcb.probes + 1, probeWaitUs});
  const because = '9293:3.8.6.1/persist/probe';
  // An empty segment one below the next number: not acceptable, so the peer answers with its window.
  send(turn, {seq: seqAdd(tcb.snd.una, -1), flags: TcpFlag.ACK, because});
  arm(turn, 'persist', {waitUs: probeWaitUs, because});
}
