// Curriculum 7.1, row 5: new data stay inside the peer's window, and *pipe* inside cwnd.
import type {Connection} from '../../source/stack/tcp/connection.ts';
import {seqAdd, seqLe} from '../../source/wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';
import type {Flight} from './judge-flight.ts';
import type {TimedFlight} from './judge-timed-flight.ts';

type Sent = {
  readonly segment: TcpSegment;
  readonly retransmission: boolean;
  readonly because?: string;
  readonly flight: Flight | TimedFlight;
};

/** What is wrong with these data leaving, judged by the TCB after the step; undefined where nothing is. */
export const windowBreach = (tcb: Connection, sent: Sent): string | undefined => {
  const {segment, retransmission, because, flight} = sent;
  // Data on a SYN go before any window is known.
  if (retransmission || segLen(segment) === 0 || hasFlag(segment, 'SYN')) return undefined;
  const edge = seqAdd(tcb.snd.una, tcb.snd.wnd);
  const end = seqAdd(segment.seq, segLen(segment));
  if (!seqLe(end, edge)) return `new data up to ${end}, the window ends at ${edge}`;
  const {cwnd} = tcb;
  // A FIN takes no room in the network's window; a tail loss probe goes out whether there is room or not (RFC 8985 §7.3).
  if (segment.payload.length === 0 || because?.startsWith('8985:7.3/')) return undefined;
  const pipe = flight.pipe(tcb.mss, tcb.sackPermitted);
  const room = flight.isWatching(tcb.sackPermitted) ? 2 * tcb.mss : 0;
  return pipe <= cwnd + room ? undefined : `new data (${because}): pipe is ${pipe}, cwnd ${cwnd}`;
};
