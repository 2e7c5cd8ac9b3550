// SEGMENT ARRIVES, fourth check: the SYN bit (RFC 9293 §3.10.7.4, RFC 5961 §4). The third, security, is not modelled.
import {seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {challenge} from './challenge.ts';
import {forgotten} from './listen-queue.ts';
import {answerWithReset} from './reset-answer.ts';
import {discard, leave, sendReset, signal, type Turn} from './turn.ts';

/** Handles the SYN of a segment, if `syn` says that it is not known yet; returns false if the segment is not processed further. */
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
 * Forgets the handshake, because nobody knows which of the two SYNs is the old one. Linux also tells the sender of the second one that it
 * failed (tcp_check_req).
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

/** Resets the connection, because RFC 793 treats a SYN in the window as an error. */
function resetForSyn(turn: Turn): void {
  const because = '5961:4.1/syn/in-window';
  discard(turn, because);
  sendReset(turn, because);
  signal(turn, 'ECONNRESET', because);
  leave(turn, 'CLOSED', because);
}
