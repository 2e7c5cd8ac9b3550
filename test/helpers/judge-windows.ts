// Curriculum 7.1, row 5: new data stay inside the peer's window, and *pipe* inside cwnd where there is one.
import type {Connection} from '../../source/stack/tcp/connection.ts';
import {seqAdd, seqLe} from '../../source/wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';

type Sent = {readonly segment: TcpSegment; readonly retransmission: boolean};

/** What is wrong with these data leaving, judged by the TCB after the step; undefined where nothing is. */
export const windowBreach = (tcb: Connection, {segment, retransmission}: Sent): string | undefined => {
  // Data on a SYN go before any window is known.
  if (retransmission || segLen(segment) === 0 || hasFlag(segment, 'SYN')) return undefined;
  const edge = seqAdd(tcb.snd.una, tcb.snd.wnd);
  const end = seqAdd(segment.seq, segLen(segment));
  return seqLe(end, edge) ? undefined : `new data up to ${end}, the window ends at ${edge}`;
};
