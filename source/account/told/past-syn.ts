// Tells whether an arriving SYN belongs to a connection that is over.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {seqLt} from '../../wire/seq.ts';
import type {TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import {hasHadOne} from './began.ts';
import {segmentCome} from './come.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, endBefore, segmentComeIn} from './moment.ts';

/**
 * Tells whether the host recorded a connection with the number that this SYN had on arrival: an altered number counts, and a SYN without a
 * record does not (RFC 9293 §3.10.7.4).
 */
const hasRecorded = (
  trace: Trace,
  {n: now, host, connection}: EventOf<'state'>,
  syn: TcpSegment,
): boolean => {
  for (const state of entriesOf(trace, 'state')) {
    if (state.n >= now) return false;
    const isIts = state.host === host && state.connection === connection;
    if (isIts && connectionAt(trace, state.n, state)?.irs === syn.seq) return true;
  }
  return false;
};

/** Tells whether the sender of a SYN had begun its new connection after the previous one was over for this host. */
const isOfNext = (trace: Trace, {packet}: EventOf<'arrive'>, {n, connection}: EventOf<'state'>): boolean => {
  const {sendEvent, sentUs} = packetOf(trace, packet);
  const theirs = entryAt(trace, sendEvent).connection;
  const states = [...entriesOf(trace, 'state')].filter((event) => event.n < n);
  const over = states.findLast((event) => event.connection === connection && /CLOSED|LISTEN/.test(event.to));
  const begun = states.findLast(
    (event) => event.connection === theirs && event.from === 'CLOSED' && event.atUs <= sentUs,
  );
  return over !== undefined && begun !== undefined && begun.n > over.n;
};

/** Tells whether the arriving SYN, or another copy of it, had opened a connection that is over. */
export const isOfPast = (moment: Moment, state: EventOf<'state'>): boolean => {
  const {trace} = moment;
  const arrival = arrivalIn(moment);
  if (!arrival || !hasHadOne(trace, state) || isOfNext(trace, arrival, state)) return false;
  const syn = segmentCome(trace, arrival);
  return syn !== undefined && hasRecorded(trace, state, syn);
};

/** Returns how the SYN that ends TIME-WAIT shows that it is no old copy: by its sequence number or its timestamp (RFC 6191 §2). */
export const newerBy = (
  moment: Moment,
  end: Pick<EventOf<'state'>, 'host' | 'connection'>,
): 'number' | 'stamp' => {
  const old = endBefore(moment, end);
  const syn = segmentComeIn(moment);
  return old && syn && seqLt(old.rcv.nxt, syn.seq) ? 'number' : 'stamp';
};
