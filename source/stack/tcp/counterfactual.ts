// The actions of a machine that breaks a rule of TCP on purpose, so that a lesson can show what the rule is for. No TCP does this.
import {Fifo} from '../../wire/fifo.ts';
import {hasFlag, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import {finish, finReceived} from './closing.ts';
import {finAcknowledged} from './connection.ts';
import {noText, receiveFin, receiveText, settleAcknowledgement} from './receiver.ts';
import {cancel, enter, send, signal, type Turn, update} from './turn.ts';

/**
 * Establishes a connection the moment its SYN,ACK leaves (setting `counterfactualAcceptWithoutThirdStep`), so that nothing waits for the
 * third segment or repeats the SYN,ACK.
 */
export function establishWithoutThirdStep(turn: Turn): void {
  if (!turn.env.settings.counterfactualAcceptWithoutThirdStep) return;
  const because = 'counterfactual:two-step/established';
  const {snd} = turn.tcb;
  cancel(turn, 'RTO', because);
  update(turn, {snd: {...snd, una: snd.nxt}, retransmissionQueue: Fifo.of([])});
  enter(turn, 'ESTABLISHED', because);
  if (turn.tcb.accepted) signal(turn, 'accepted', because);
  const text = noText(turn.tcb.rcv.nxt);
  receiveText(turn, text);
  receiveFin(turn, text);
  settleAcknowledgement(turn);
}

/**
 * Answers, on a server that skips the third step of the handshake, a client that repeats its SYN because the SYN,ACK was lost. Returns true
 * if the segment was such a SYN.
 */
export function answeredAgain(turn: Turn, segment: TcpSegment): boolean {
  const {tcb, env} = turn;
  if (!env.settings.counterfactualAcceptWithoutThirdStep || tcb.state !== 'ESTABLISHED') return false;
  if (tcb.origin !== 'passive' || segment.seq !== tcb.irs || !hasFlag(segment, 'SYN')) return false;
  if (hasFlag(segment, 'ACK') || hasFlag(segment, 'RST')) return false;
  send(turn, {
    seq: tcb.iss,
    flags: TcpFlag.SYN | TcpFlag.ACK | (tcb.ecnOn ? TcpFlag.ECE : 0),
    options: tcb.synOptions,
    retransmission: true,
    because: 'counterfactual:two-step/answer-again',
  });
  return true;
}

const closesNow = ({state}: Turn['tcb']): boolean => state === 'FIN-WAIT-2' || state === 'CLOSING';

/** Ends the connection at once when both FINs are acknowledged, if the settings skip TIME-WAIT. */
export function endWithoutTimeWait(turn: Turn): void {
  if (!turn.env.settings.counterfactualSkipTimeWait || turn.gone) return;
  if (closesNow(turn.tcb) && finReceived(turn) && finAcknowledged(turn.tcb))
    finish(turn, 'counterfactual:no-time-wait/closed');
}
