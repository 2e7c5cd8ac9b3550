// Curriculum 7.1, row 5: new data stay inside the peer's window, and *pipe* inside cwnd where there is one.
import type {Connection} from '../../source/stack/tcp/connection.ts';
import {seqAdd, seqDiff, seqLe} from '../../source/wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';

type Sent = {readonly segment: TcpSegment; readonly retransmission: boolean};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A number of that name in the TCB or one step inside it, so that the judges begin with the feature. */
const numberIn = (tcb: object, name: string): number | undefined => {
  for (const place of [tcb, ...Object.values(tcb).filter(isObject)]) {
    const value = Object.entries(place).find(([key]) => key === name)?.[1];
    if (typeof value === 'number') return value;
  }
  return undefined;
};

/** In bytes; undefined as long as connections have no congestion control. */
export const cwndOf = (tcb: Connection): number | undefined => numberIn(tcb, 'cwnd');

const isSet = (entry: object, name: string): boolean =>
  Object.entries(entry).some(([key, value]) => key === name && value === true);

/** RFC 6675 §4: what is on its way, that is, sent and neither SACKed nor lost, or lost and sent again. In bytes. */
export const pipeOf = (tcb: Connection): number =>
  tcb.retransmissionQueue.reduce((sum, entry) => {
    const away = isSet(entry, 'sacked') || isSet(entry, 'lost');
    return away ? sum : sum + entry.lengthBytes;
  }, 0);

/** What is wrong with these data leaving, judged by the TCB after the step; undefined where nothing is. */
export const windowBreach = (tcb: Connection, {segment, retransmission}: Sent): string | undefined => {
  // Data on a SYN go before any window is known.
  if (retransmission || segLen(segment) === 0 || hasFlag(segment, 'SYN')) return undefined;
  const edge = seqAdd(tcb.snd.una, tcb.snd.wnd);
  const end = seqAdd(segment.seq, segLen(segment));
  if (!seqLe(end, edge)) return `new data up to ${end}, the window ends at ${edge}`;
  const cwnd = cwndOf(tcb);
  // A FIN takes no room in the network's window.
  if (cwnd === undefined || segment.payload.length === 0) return undefined;
  const pipe = Math.min(pipeOf(tcb), seqDiff(tcb.snd.nxt, tcb.snd.una));
  // Limited transmit (RFC 3042 §2) lets two segments more out.
  return pipe <= cwnd + 2 * tcb.mss
    ? undefined
    : `pipe ${pipe} exceeds cwnd ${cwnd} by more than two segments`;
};
