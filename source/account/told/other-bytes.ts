// Bytes that are not those that their numbers stand for, and are taken for them: somebody altered the number on the way, or an earlier
// connection between the same two ports had sent them (old duplicates, RFC 9293 §3.4.1).
import type {EventOf, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {segLen} from '../../wire/tcp.ts';
import {entriesOf, entryAt, instantOf} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {segmentCome, takerOf} from './come.ts';

/** They come under another number than they left with. */
export const isRenumbered = (trace: Trace, arrival: EventOf<'arrive'>): boolean => {
  const sent = segmentOf(packetOf(trace, arrival.packet));
  const came = segmentCome(trace, arrival);
  return sent !== undefined && came !== undefined && came.seq !== sent.seq;
};

/** Since it left its sender has begun another connection by the same ports. */
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

/** Its receiver had no use for it. */
const isThrown = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean =>
  instantOf(trace, n).some((event) => event.kind === 'drop' && event.packet === packet);

type Other = {
  readonly n: number;
  /** By its name at the end where they come. */
  readonly connection: string;
  readonly seq: Seq;
  /** Of numbers. */
  readonly length: number;
  /** Bytes that were taken under another number than their own. */
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

/** Have some come by event `n` for numbers of these? */
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

/** Of the bytes between these numbers that have been taken by event `n`, are there some that came under another than their own? */
export const hasWrongBytes = (trace: Trace, {connection, n}: At, [from, end]: readonly [Seq, Seq]): boolean =>
  othersIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      each.wrong > 0 &&
      seqDiff(each.seq, end) < 0 &&
      seqDiff(from, each.seq) < each.wrong,
  );
