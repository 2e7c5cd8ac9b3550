// The fourth check of an arriving TCP segment: the SYN bit (RFC 9293 §3.10.7.4, RFC 5961 §4). The third check, security, is not modelled.
import {seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {challenge} from './challenge.ts';
import {forgotten} from './listen-queue.ts';
import {answerWithReset} from './reset-answer.ts';
import {discard, leave, sendReset, signal, type Turn} from './turn.ts';

/** Handles an unexpected SYN on an existing TCP connection if `syn` is true; returns false if the segment is not processed further. */
export function checkSyn(turn: Turn, {syn, segment}: {syn: boolean; segment: TcpSegment}): boolean {
  if (!syn) return true;
  const {state, origin, rcv} = turn.tcb;
  const inWindow = seqDiff(segment.seq, rcv.nxt) >= 0;
  if (state === 'SYN-RECEIVED' && origin === 'passive' && inWindow) {
    forgetHandshake(turn, segment);
  } else if (state !== 'SYN-RECEIVED' && inWindow && turn.env.settings.insecureSyn) {
    resetForSyn(turn);
  } else {
    challenge(turn, refused('5961:4.2/syn/challenge', 'doubtfulSyn'));
  }
  return false;
}

/**
 * Returns a half-open connection to LISTEN after a second SYN, because nobody knows which SYN is the old one. Linux also answers the second
 * SYN with a RST (tcp_check_req).
 */
function forgetHandshake(turn: Turn, segment: TcpSegment): void {
  if (turn.env.settings.otherSyn === 'forgets') {
    leave(turn, 'LISTEN', forgotten('9293:3.10.7.4/syn/listen', 'syn'));
    return;
  }
  const because = forgotten('linux:syn-received/other-syn', 'refused');
  answerWithReset(turn, segment, because);
  leave(turn, 'LISTEN', because);
}

/** Resets a connection on a SYN in its window, as RFC 793 prescribes; used only where RFC 5961's challenge ACK is switched off. */
function resetForSyn(turn: Turn): void {
  const because = '5961:4.1/syn/in-window';
  discard(turn, because);
  sendReset(turn, because);
  signal(turn, 'ECONNRESET', because);
  leave(turn, 'CLOSED', because);
}
