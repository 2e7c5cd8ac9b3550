// Finds bytes that are taken for others, because their sequence number was altered on the way, or because an earlier connection between the
// same two ports had sent them (old duplicates, RFC 9293 §3.4.1).
import type {EventOf, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {segLen} from '../../wire/tcp.ts';
import {entriesOf, entryAt, instantOf} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {segmentCome, takerOf} from './come.ts';

/** Tells whether a segment arrives with another sequence number than it was sent with. */
export const isRenumbered = (trace: Trace, arrival: EventOf<'arrive'>): boolean => {
  const sent = segmentOf(packetOf(trace, arrival.packet));
  const came = segmentCome(trace, arrival);
  return sent !== undefined && came !== undefined && came.seq !== sent.seq;
};

/** Tells whether a packet is of an earlier connection: its sender has begun another one with the same ports since it sent the packet. */
export const isOfEarlier = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean => {
  const {sendEvent} = packetOf(trace, packet);
  const {connection} = entryAt(trace, sendEvent);
  for (const event of entriesOf(trace, 'state')) {
    if (event.n >= n) return false;
    const begins = event.n > sendEvent && /^(?:CLOSED|LISTEN)$/.test(event.from ?? '');
    if (begins && event.connection === connection) return true;
  }
  return false;
};

/** Tells whether the receiver discarded the packet in the instant in which it arrived. */
const isThrown = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean =>
  instantOf(trace, n).some((event) => event.kind === 'drop' && event.packet === packet);

type Other = {
  readonly n: number;
  /** The connection's name at the receiving end. */
  readonly connection: string;
  readonly seq: Seq;
  /** The number of sequence numbers that the segment occupies. */
  readonly length: number;
  /** The number of bytes that were accepted under another number than their own. */
  readonly wrong: number;
};

const othersIn = oncePer((trace: Trace): readonly Other[] =>
  [...entriesOf(trace, 'arrive')].flatMap((arrival) => {
    const end = takerOf(trace, arrival);
    const came = end && segmentCome(trace, arrival);
    if (!came) return [];
    const {seq, payload} = came;
    const about = {n: arrival.n, connection: end.connection, seq};
    const thrown = isThrown(trace, arrival);
    if (isRenumbered(trace, arrival))
      return [{...about, length: segLen(came), wrong: thrown ? 0 : payload.length}];
    return isOfEarlier(trace, arrival) && !thrown ? [{...about, length: payload.length, wrong: 0}] : [];
  }),
);

type At = {readonly connection: string; readonly n: number};

/** Tells whether bytes other than those that were sent under these sequence numbers have arrived for any of them by event `n`. */
export const hasOtherBytes = (
  trace: Trace,
  {connection, n}: At,
  {seq, bytes}: {readonly seq: Seq; readonly bytes: number},
): boolean =>
  othersIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      seqDiff(each.seq, seq) < bytes &&
      seqDiff(seq, each.seq) < each.length,
  );

/** Tells whether any of the bytes between these numbers that were accepted by event `n` came under another number than their own. */
export const hasWrongBytes = (trace: Trace, {connection, n}: At, [from, end]: readonly [Seq, Seq]): boolean =>
  othersIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      each.wrong > 0 &&
      seqDiff(each.seq, end) < 0 &&
      seqDiff(from, each.seq) < each.wrong,
  );
