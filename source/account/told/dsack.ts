// Tells what D-SACK reports to a sender (RFC 2883): that these bytes have come twice; and whether a reduction of cwnd is undone for that
// reason (RFC 3708).

import {duplicateIn} from '../../observe/seen-segment.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {type Seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {type SackBlock, sackBlocksOf} from '../../wire/tcp-options.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf, segmentOf, sentOn} from '../packet.ts';
import {beganUs} from './began.ts';
import {segmentCome, takerOf} from './come.ts';
import type {Told, Twice} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter, endBefore} from './moment.ts';
import {isRenumbered} from './other-bytes.ts';

const carries = (segment: TcpSegment | undefined, byte: Seq): boolean => {
  const offset = segment ? seqDiff(byte, segment.seq) : -1;
  return segment !== undefined && offset >= 0 && offset < segment.payload.length;
};

/**
 * Returns how often the byte with this sequence number was sent before event `n`, however it was segmented; 0 if the number is that of a
 * SYN or a FIN.
 */
export const timesSent = (trace: Trace, connection: string, byte: Seq, n: number): number =>
  [...sentOn(trace, {connection, n})].filter(({segment}) => carries(segment, byte)).length;

/**
 * Returns the packets in which the byte with this sequence number had arrived by event `n`, in order. A FIN that somebody else set may
 * bring its number without the byte.
 */
const cameIn = (trace: Trace, connection: string, byte: Seq, n: number): readonly number[] => {
  // An earlier connection may have had the same ports and the same sequence numbers.
  const sinceUs = beganUs(trace, {n, connection});
  return [...entriesOf(trace, 'arrive')].flatMap((event) => {
    if (event.n > n || event.packet < 1) return [];
    const {to, sendEvent, sentUs} = packetOf(trace, event.packet);
    if (sentUs < sinceUs) return [];
    const isTheirs = event.host === to && entryAt(trace, sendEvent).connection === connection;
    // A segment with an altered sequence number has brought other bytes.
    if (!isTheirs || isRenumbered(trace, event)) return [];
    return carries(segmentCome(trace, event), byte) ? [event.packet] : [];
  });
};

/**
 * Returns which of the packets that brought these bytes came last, and the first of them if it was sent later and repeats all of the bytes.
 */
const twiceBy = (trace: Trace, {left, right}: SackBlock, came: readonly number[]): Twice => {
  const [first = 0] = came;
  const second = came.at(-1) ?? 0;
  const earlier = segmentOf(packetOf(trace, first));
  const isLate = first > second && carries(earlier, left) && carries(earlier, seqAdd(right, -1));
  return {second, behind: isLate ? first : undefined};
};

/**
 * Returns the new cwnd if a reduction was undone: nothing else raises ssthresh. cwnd may have grown beyond its earlier value. Undefined if
 * none was.
 */
const cwndUndone = (before: Connection | undefined, after: Connection | undefined): number | undefined =>
  before && after && after.ssthresh > before.ssthresh && after.cwnd > before.cwnd ? after.cwnd : undefined;

export const dsackTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace} = moment;
  const segment = segmentCome(trace, arrival);
  const block = segment && duplicateIn({ack: segment.ack, sack: sackBlocksOf(segment.options)});
  const end = takerOf(trace, arrival);
  // A copy of an ACK repeats a D-SACK report that is known already.
  if (!block || !end || moment.memory.arrived.has(arrival.packet)) return undefined;
  const {host, peer, connection} = end;
  const times = timesSent(trace, connection, block.left, arrival.n);
  if (times === 0 || timesSent(trace, connection, seqAdd(block.right, -1), arrival.n) === 0) return undefined;
  // D-SACK is sent at once (RFC 2883 §4), so the packet that it reports came last.
  const came = cameIn(trace, connection, block.left, packetOf(trace, arrival.packet).sendEvent);
  // Two packets may have brought different bytes under one sequence number if somebody changed that number.
  const isCopied = new Set(came).size < came.length;
  if (came.length < 2 || (times === 1 && !isCopied)) return undefined;
  const cwnd = cwndUndone(endBefore(moment, end), endAfter(moment, end));
  return {
    ...{says: 'cameTwice', n: arrival.n, rank: 1, most: 2},
    about: [`twice ${connection}`],
    facts: {
      ...{host, peer, seq: block.left, bytes: seqDiff(block.right, block.left), cwnd},
      often: came.length > 2,
      by: times > 1 ? twiceBy(trace, block, came) : undefined,
    },
  };
};
