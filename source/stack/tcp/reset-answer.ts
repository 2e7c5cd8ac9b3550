// The reset that answers a segment of no connection, with a number that its sender will find acceptable (RFC 9293 §3.10.7.1).

import {emptyRope} from '../../wire/rope.ts';
import {seq} from '../../wire/seq.ts';
import {hasFlag, segEnd, TcpFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {TcpBecause} from './cases.ts';
import {type Turn, tell} from './turn.ts';

export function resetFor(segment: TcpSegment): TcpSegment {
  const acked = hasFlag(segment, 'ACK');
  return {
    srcPort: segment.dstPort,
    dstPort: segment.srcPort,
    seq: acked ? segment.ack : seq(0),
    ack: acked ? seq(0) : segEnd(segment),
    flags: acked ? TcpFlag.RST : TcpFlag.RST | TcpFlag.ACK,
    window: 0,
    urgent: 0,
    options: [],
    payload: emptyRope,
  };
}

/** Answers a segment with an RST that its sender will accept, as if no connection existed, although one with these ports does. */
export function answerWithReset(turn: Turn, segment: TcpSegment, because: TcpBecause): void {
  const {id: connection, local, remote} = turn.tcb;
  const answer = resetFor(segment);
  tell(turn, {
    kind: 'send',
    connection,
    src: local.ip,
    dst: remote.ip,
    segment: answer,
    retransmission: false,
    because,
  });
}
