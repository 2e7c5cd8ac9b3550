// Tells how cwnd begins, and how it recovers after a repair: to ssthresh, where slow start ends (RFC 5681 §3.1), and to its size before the
// loss.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {connectionAt, entryAt, instantOf} from '../entries.ts';
import {sentOn} from '../packet.ts';
import {recoveriesOf, repairOf} from '../recovery.ts';
import {takerOf} from './come.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter, endBefore} from './moment.ts';
import {thingOf} from './packet-name.ts';

/** The number of times that the account tells the growth of cwnd for one connection. */
const most = 2;

/** Tells whether cwnd has grown past a size between two states of a connection; no reduction may have come in between. */
const hasPassed = (before: Connection, after: Connection, size: number): boolean =>
  before.cwnd < size && size <= after.cwnd && before.ssthresh === after.ssthresh;

/** Returns the size of cwnd before the last loss that the sender found, and when that was; undefined if it found none. */
const lastLoss = (trace: Trace, n: number, {id}: Connection, host: string) => {
  const last = recoveriesOf(trace, host, id).findLast(({from, by}) => from < n && by !== 'size');
  const [first] = last ? instantOf(trace, last.from) : [];
  const begun = first && connectionAt(trace, first.n - 1, {host, connection: id});
  return first && begun && {n: first.n, size: begun.cwnd, agoUs: entryAt(trace, n).atUs - first.atUs};
};

export const grownTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const end = takerOf(trace, arrival);
  const [before, after] = end ? [endBefore(moment, end), endAfter(moment, end)] : [];
  if (!end || !before || !after || [before, after].some((each) => repairOf(each) === 'recovery'))
    return undefined;
  const {host} = end;
  const n = events.at(-1)?.n ?? arrival.n;
  const loss = lastLoss(trace, n, after, host);
  if (!loss) return undefined;
  const told = (how: Facts['grows']['how'], size: number, agoUs = 0): Told => ({
    ...{says: 'grows', n, rank: 2, most, about: [`${how} ${end.connection}`], once: `${how} ${loss.n}`},
    facts: {host, how, cwnd: after.cwnd, size, agoUs},
  });
  if (hasPassed(before, after, loss.size)) return told('regained', loss.size, loss.agoUs);
  return hasPassed(before, after, after.ssthresh) ? told('threshold', after.ssthresh) : undefined;
};

/** Returns the segment of the handshake that had to be sent again, so that the first window is one segment (RFC 5681 §3.1). */
export const beganSmall = (
  trace: Trace,
  {n}: TraceEvent,
  {id, cwnd, mss}: Connection,
  host: string,
): Facts['holds']['began'] => {
  if (cwnd > mss || recoveriesOf(trace, host, id).some(({from}) => from <= n)) return undefined;
  const again = [...sentOn(trace, {connection: id, n: n + 1})].find(({send}) => send.retransmission);
  const {what} = again ? thingOf(trace, again.send.packet) : {};
  return what === 'SYN' || what === 'SYNACK' ? what : undefined;
};
