// What an earlier connection between the same two ports had sent, and comes when another one has begun (RFC 9293 §3.4.1).

import type {EventOf, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {entriesOf, entryAt, instantOf} from '../entries.ts';
import {packetOf} from '../packet.ts';
import {segmentCome, takerOf} from './come.ts';

/** Since it left its sender has begun another connection by the same ports. */
export const isOfEarlier = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean => {
  const {sendEvent} = packetOf(trace, packet);
  const {connection} = entryAt(trace, sendEvent);
  for (const event of entriesOf(trace, 'state')) {
    if (event.n >= n) return false;
    const begins = event.n > sendEvent && /^(?:CLOSED|LISTEN)$/.test(event.from);
    if (begins && event.connection === connection) return true;
  }
  return false;
};

type Taken = {readonly n: number; readonly connection: string; readonly seq: Seq; readonly bytes: number};

/** Bytes of an earlier connection that came when this one had begun, and were not thrown away: by the name of the end that took them. */
const takenIn = oncePer((trace: Trace): readonly Taken[] =>
  [...entriesOf(trace, 'arrive')].flatMap((arrival) => {
    const {n, packet} = arrival;
    const end = takerOf(trace, arrival);
    const segment = end && segmentCome(trace, arrival);
    if (!segment || !isOfEarlier(trace, arrival)) return [];
    if (instantOf(trace, n).some((event) => event.kind === 'drop' && event.packet === packet)) return [];
    return [{n, connection: end.connection, seq: segment.seq, bytes: segment.payload.length}];
  }),
);

/** Were numbers of these taken by event `n` from an earlier connection? */
export const hasEarlierBytes = (
  trace: Trace,
  {connection, n}: {readonly connection: string; readonly n: number},
  {seq, bytes}: {readonly seq: Seq; readonly bytes: number},
): boolean =>
  takenIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      seqDiff(each.seq, seq) < bytes &&
      seqDiff(seq, each.seq) < each.bytes,
  );
