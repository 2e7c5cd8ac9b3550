// Whether a SYN that comes is one of a connection that is over.

import type {EventOf, Trace} from '../../sim/trace.ts';
import {seqLt} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt} from '../entries.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import {hasHadOne} from './began.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, segmentComeIn} from './moment.ts';
import {frameCome} from './thing.ts';

/** As they came, not as they left: a number may have been altered on the way. */
const hasComeSo = (trace: Trace, {n, host}: EventOf<'arrive'>, syn: TcpSegment): boolean => {
  for (const earlier of entriesOf(trace, 'arrive')) {
    if (earlier.n >= n) return false;
    const came =
      earlier.host === host && earlier.packet > 0 ? segmentOf({frame: frameCome(trace, earlier)}) : undefined;
    if (came?.seq === syn.seq && hasFlag(came, 'SYN') && isSameWay(came, syn)) return true;
  }
  return false;
};

/** Whoever sent what arrives had begun its connection when the one before was over for this host. */
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

/** The SYN that comes, or another copy of it, had come before, and the connection that it opened is over. */
export const isOfPast = (moment: Moment, state: EventOf<'state'>): boolean => {
  const {trace} = moment;
  const arrival = arrivalIn(moment);
  if (!arrival || !hasHadOne(trace, state) || isOfNext(trace, arrival, state)) return false;
  const syn = segmentOf({frame: frameCome(trace, arrival)});
  return syn !== undefined && hasComeSo(trace, arrival, syn);
};

/** How the SYN that ends TIME-WAIT shows that it is no old copy (RFC 6191 §2). */
export const newerBy = (
  moment: Moment,
  {host, connection = ''}: Pick<EventOf<'state'>, 'host' | 'connection'>,
): 'number' | 'stamp' => {
  const old = connectionAt(moment.trace, (moment.events[0]?.n ?? 1) - 1, {host, connection});
  const syn = segmentComeIn(moment);
  return old && syn && seqLt(old.rcv.nxt, syn.seq) ? 'number' : 'stamp';
};
