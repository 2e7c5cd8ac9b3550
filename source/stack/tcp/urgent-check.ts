// SEGMENT ARRIVES, sixth check: the URG bit (RFC 9293 §3.10.7.4, §3.8.5).
import {seqAdd, seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {signal, type Turn, update} from './turn.ts';

/** The program hears once that urgent data are ahead, and again when the pointer moves on. */
export function checkUrgent(turn: Turn, segment: TcpSegment): void {
  const {state, rcv, rcvUp} = turn.tcb;
  const receives = state === 'ESTABLISHED' || state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2';
  if (!receives || !hasFlag(segment, 'URG')) return;
  const up = seqAdd(segment.seq, segment.urgent);
  if (!seqLt(rcv.nxt, up) || (rcvUp !== undefined && !seqLt(rcvUp, up))) return;
  update(turn, {rcvUp: up});
  signal(turn, 'urgent', '9293:3.10.7.4/urg/ahead');
}
