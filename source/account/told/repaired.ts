// Makes the account's sentence that a loss recovery is over: everything that was in flight when it began is acknowledged (RFC 6582 §3.2
// step 3, RFC 6675 §5, RFC 5681 §3.1).

import type {EventOf, Trace} from '../../sim/trace.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {connectionAt, entriesOf, entryAt, instantOf} from '../entries.ts';
import {type Recovery, recoveriesOf, repairOf} from '../recovery.ts';
import {segmentCome, takerOf} from './come.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter} from './moment.ts';

const mostOver = 2;

type End = {readonly host: string; readonly connection: ConnectionId};

/**
 * Returns the number of the event with which a loss recovery began. After a timeout it begins anew whenever the RTO expires again:
 * everything in flight by then has to be acknowledged.
 */
const sinceEvent = (trace: Trace, {connection}: End, {what, from}: Recovery, until: number): number => {
  if (what === 'recovery') return from;
  const fired = [...entriesOf(trace, 'timer')].findLast(
    ({n, name, op, connection: own}) =>
      n > from && n < until && own === connection && name === 'RTO' && op === 'fire',
  );
  return fired?.n ?? from;
};

/**
 * Returns the facts of the loss recovery that ends with the ACK in this instant; undefined if none ends, or it was undone as spurious
 * earlier.
 */
export const repairOver = (moment: Moment, end: End, ack: Seq | undefined): Facts['repaired'] | undefined => {
  const {trace, events} = moment;
  const last = events.at(-1)?.n ?? 0;
  const over = recoveriesOf(trace, end.host, end.connection).find(({to, by}) => to === last && by !== 'size');
  if (!over || ack === undefined) return undefined;
  const since = sinceEvent(trace, end, over, last);
  const begun = connectionAt(trace, (instantOf(trace, since)[0]?.n ?? 1) - 1, end);
  const now = endAfter(moment, end);
  // If more is lost, another repair begins at once.
  if (!begun || !now || repairOf(now) || seqDiff(ack, begun.snd.nxt) < 0) return undefined;
  if (begun.state.startsWith('SYN')) return undefined;
  const {atUs} = entryAt(trace, last);
  const tookUs = atUs - entryAt(trace, over.from).atUs;
  const sinceUs = atUs - entryAt(trace, since).atUs;
  // A recovery that began in this instant is told by the sentence on its beginning.
  if (sinceUs === 0) return undefined;
  return {host: end.host, ack, tookUs, sinceUs, timer: over.what === 'loss', cwnd: now.cwnd};
};

/** Tells whether a timer event stops a retransmission timer because nothing is in flight any more (RFC 6298, 8985). */
export const stopsAll = ({because}: EventOf<'timer'>): boolean =>
  because === '6298:5.2/stop' || because === '8985:8/stop';

/**
 * Returns the sentence that an ACK ends a loss recovery while more data are in flight; if the ACK acknowledges everything, the sentence on
 * that ACK tells it.
 */
export const repairedTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, memory, events} = moment;
  const end = takerOf(trace, arrival);
  if (!end) return undefined;
  const {connection} = end;
  const about = [`repaired ${connection}`];
  const stops = events.some(
    (event) => event.kind === 'timer' && event.connection === connection && stopsAll(event),
  );
  if (stops || memory.isKnown(about, mostOver)) return undefined;
  const facts = repairOver(moment, end, segmentCome(trace, arrival)?.ack);
  return facts && {says: 'repaired', n: events.at(-1)?.n ?? arrival.n, rank: 2, most: mostOver, about, facts};
};
