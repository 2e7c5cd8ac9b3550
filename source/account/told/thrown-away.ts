// Finds the segments that answer a sender but were damaged or refused on arrival, for sentences on why it goes on waiting although answers
// came.
import type {DropReason} from '../../sim/drop-reason.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, isBareSyn, segEnd, type TcpSegment} from '../../wire/tcp.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';

/** How an arrived answer was discarded: a check found it damaged, or its receiver refused it; `several` if more than one was discarded. */
export type Thrown = 'damaged' | 'refused' | 'several';

/** The reasons for dropping a damaged packet: checks that it fails. */
export const checks: ReadonlySet<DropReason> = new Set(['checksum', 'link check', 'malformed']);

/**
 * Returns a test that tells whether a segment acknowledges all of `asked`. If `asked` is a SYN without ACK, only a SYN,ACK passes
 * (RFC 9293 §3.5).
 */
export const isAnswerTo = (asked: TcpSegment) => {
  const end = segEnd(asked);
  const opens = isBareSyn(asked);
  return (answer: TcpSegment): boolean =>
    hasFlag(answer, 'ACK') && seqDiff(answer.ack, end) >= 0 && (!opens || hasFlag(answer, 'SYN'));
};

type Waiting = {readonly sinceUs: number; readonly isAnswer: (segment: TcpSegment) => boolean};

/**
 * Returns how this host has discarded answers of the peer since `sinceUs`; undefined if none was. Answers are judged by what the peer sent,
 * not by what damage made of them.
 */
export const thrownAway = (
  trace: Trace,
  {n, host, connection = ''}: TraceEvent,
  {sinceUs, isAnswer}: Waiting,
): Thrown | undefined => {
  const packets = new Map<number, Thrown>();
  for (const drop of entriesOf(trace, 'drop')) {
    if (drop.n > n) break;
    if (drop.atUs < sinceUs || drop.packet < 1 || drop.host !== host) continue;
    const {sendEvent, frame} = packetOf(trace, drop.packet);
    const segment = segmentOf({frame});
    const isTheirs = sendEvent > 0 && entryAt(trace, sendEvent).connection === farEndOf(connection);
    if (!segment || !isTheirs || !isAnswer(segment)) continue;
    if (checks.has(drop.reason)) packets.set(drop.packet, 'damaged');
    else if (drop.reason === 'discarded') packets.set(drop.packet, 'refused');
  }
  return packets.size > 1 ? 'several' : [...packets.values()][0];
};
