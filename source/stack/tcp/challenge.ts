// Challenge ACKs: answers to segments that no honest peer would send, and the limit on their rate (RFC 9293 §3.10.7.4, RFC 5961 §7).

import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import type {Refused} from './cases.ts';
import {discard, sendAck, type Turn, update} from './turn.ts';

/**
 * Tells whether a challenge ACK may be sent for this reason. If the last one was sent a moment ago, the segment is dropped without an
 * answer.
 */
export function mayAnswer(turn: Turn, because: Refused): boolean {
  const {tcb, env} = turn;
  const {challengeAckIntervalUs} = env.settings;
  if (challengeAckIntervalUs === 0) return true;
  const last = tcb.challengedUs;
  if (last !== undefined && env.nowUs - last < challengeAckIntervalUs) {
    const {refusal, ...facts} = because.facts;
    discard(turn, refused('5961:7/challenge-ack/throttled', 'throttled', {...facts, else: refusal}));
    return false;
  }
  update(turn, {challengedUs: env.nowUs});
  return true;
}

/** Drops the segment and answers with a challenge ACK, unless the last one was sent a moment ago. */
export function challenge(turn: Turn, because: Refused): void {
  if (!mayAnswer(turn, because)) return;
  discard(turn, because);
  sendAck(turn, because);
}

/**
 * Answers an unacceptable segment. A segment with data or FIN and without SYN is always answered, because it cannot be part of a loop of
 * answers; for others the limit of `challenge` applies (Linux tcp_oow_rate_limited).
 */
export function answerUnacceptable(turn: Turn, segment: TcpSegment, because: Refused): void {
  const isNumbered = segment.payload.length > 0 || hasFlag(segment, 'FIN');
  if (isNumbered && !hasFlag(segment, 'SYN')) {
    discard(turn, because);
    sendAck(turn, because);
    return;
  }
  challenge(turn, because);
}
