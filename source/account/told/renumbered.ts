// Bytes that come under another number than they left with: their receiver takes them for what they are not.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {farEndOf, localSocket} from '../../wire/connection-id.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {segLen} from '../../wire/tcp.ts';
import {entriesOf, entryAt, instantOf} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {segmentCome} from './come.ts';

type Renumbered = {
  readonly n: number;
  readonly connection: string;
  readonly seq: Seq;
  readonly length: number;
  readonly bytes: number;
  /** Its receiver had no use for it. */
  readonly thrown: boolean;
};

export const isRenumbered = (trace: Trace, arrival: EventOf<'arrive'>): boolean => {
  const sent = segmentOf(packetOf(trace, arrival.packet));
  const came = segmentCome(trace, arrival);
  return sent !== undefined && came !== undefined && came.seq !== sent.seq;
};

/** A router passes on what has come to it, and takes it for nothing. */
const isOf = ({header}: Trace, host: string, connection: string): boolean =>
  header.hosts.some(({name, ip}) => name === host && ip.includes(localSocket(connection).ip));

const isThrown = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean =>
  instantOf(trace, n).some((event) => event.kind === 'drop' && event.packet === packet);

/** By the name of the connection at the end where they come. */
const renumberedIn = oncePer((trace: Trace): readonly Renumbered[] =>
  [...entriesOf(trace, 'arrive')].flatMap((arrival) => {
    if (arrival.packet < 1 || !isRenumbered(trace, arrival)) return [];
    const sent = entryAt(trace, packetOf(trace, arrival.packet).sendEvent).connection;
    const connection = farEndOf(sent ?? '');
    const came = segmentCome(trace, arrival);
    return came && isOf(trace, arrival.host, connection)
      ? [
          {
            ...{n: arrival.n, connection, seq: came.seq, length: segLen(came)},
            ...{bytes: came.payload.length, thrown: isThrown(trace, arrival)},
          },
        ]
      : [];
  }),
);

/** Have some come by event `n` for numbers of these? */
export const hasRenumbered = (
  trace: Trace,
  {connection, n}: {readonly connection: string; readonly n: number},
  {seq, bytes}: {readonly seq: Seq; readonly bytes: number},
): boolean =>
  renumberedIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      seqDiff(each.seq, seq) < bytes &&
      seqDiff(seq, each.seq) < each.length,
  );

/** Of the bytes between these numbers that have been taken by event `n`, are there some that came under another than their own? */
export const hasWrongBytes = (
  trace: Trace,
  {connection, n}: {readonly connection: string; readonly n: number},
  [from, end]: readonly [Seq, Seq],
): boolean =>
  renumberedIn(trace).some(
    (each) =>
      each.n <= n &&
      each.connection === connection &&
      !each.thrown &&
      each.bytes > 0 &&
      seqDiff(each.seq, end) < 0 &&
      seqDiff(from, each.seq) < each.bytes,
  );
