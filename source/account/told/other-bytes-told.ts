// Tells about bytes that are taken for others, because of an altered number or because they are of an earlier connection (old duplicates,
// RFC 9293 §3.4.1).

import type {EventOf} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {connectionAt} from '../entries.ts';
import {factsOf} from '../reason.ts';
import {takerOf} from './come.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter} from './moment.ts';
import {isOfEarlier, isRenumbered} from './other-bytes.ts';
import {thingCome} from './packet-name.ts';

/**
 * Tells about bytes with an altered number that wait for their program in place of others. If the program gets them at once, or a gap is
 * filled, other sentences tell it.
 */
export const renumberedTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n, host} = arrival;
  const own = takerOf(trace, arrival);
  if (!own || !isRenumbered(trace, arrival)) return undefined;
  if (events.some((event) => event.kind === 'deliver' || factsOf(trace, event.n).gap === 'filled'))
    return undefined;
  const before = connectionAt(trace, n - 1, own);
  const after = endAfter(moment, own);
  const bytes = before && after ? after.receiveBuffer.length - before.receiveBuffer.length : 0;
  if (!after || bytes <= 0) return undefined;
  return {
    ...{says: 'delivered', n, rank: 1, most: 1, about: [`delivered ${n}`]},
    facts: {host, bytes, ack: after.rcv.nxt, altered: true, kept: true, earlier: false},
  };
};

/** Returns a key of a TCP connection's state, what it has received, and how much of what it sent is acknowledged. */
const standing = ({state, rcv, snd, reassembly}: Connection): string =>
  [state, rcv.nxt, snd.una, reassembly.length].join(' ');

/** Tells about segments of an earlier connection between the same two ports that the present one takes for its own. */
export const earlierTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((arrival): readonly Told[] => {
    const {trace} = moment;
    const own = arrival.kind === 'arrive' ? takerOf(trace, arrival) : undefined;
    if (arrival.kind !== 'arrive' || !own || !isOfEarlier(trace, arrival)) return [];
    const {n, host} = arrival;
    const before = connectionAt(trace, n - 1, own);
    const after = endAfter(moment, own);
    if (!before || (after && standing(before) === standing(after))) return [];
    const thing = thingCome(trace, arrival);
    const about = [`earlier ${own.connection} ${thing.what}`];
    return [{says: 'ofEarlier', n, rank: 1, most: 2, about, facts: {host, thing}}];
  });
