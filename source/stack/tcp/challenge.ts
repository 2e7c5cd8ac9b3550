// Answers to segments that no honest peer would send, and their limit (RFC 9293 §3.10.7.4, RFC 5961 §7).
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {RuleId} from './rules.ts';
import {discard, sendAck, type Turn, update} from './turn.ts';

/** Drops the segment and tells the peer where this end stands, unless it was told so a moment ago. */
export function challenge(turn: Turn, because: RuleId): void {
  const {tcb, env} = turn;
  const {challengeAckIntervalUs} = env.settings;
  if (challengeAckIntervalUs > 0) {
    const last = tcb.challengedUs;
    if (last !== undefined && env.nowUs - last < challengeAckIntervalUs) {
      discard(turn, '5961:7/challenge-ack/throttled');
      return;
    }
    update(turn, {challengedUs: env.nowUs});
  }
  discard(turn, because);
  sendAck(turn, because);
}

/** As `challenge`; but data never take part in a loop of answers, so they are always answered. */
export function answerUnacceptable(turn: Turn, segment: TcpSegment, because: RuleId): void {
  const says = segment.payload.length > 0 || (turn.tcb.pace !== undefined && hasFlag(segment, 'FIN'));
  if (says && !hasFlag(segment, 'SYN')) {
    discard(turn, because);
    sendAck(turn, because);
    return;
  }
  challenge(turn, because);
}
