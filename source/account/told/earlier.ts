// Old duplicates (RFC 9293 §3.4.1): what an earlier connection between the same two ports had sent, and this one takes for its own.

import type {Connection} from '../../stack/tcp/connection.ts';
import {connectionAt} from '../entries.ts';
import {frameCome, takerOf} from './come.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter} from './moment.ts';
import {isOfEarlier} from './old-bytes.ts';
import {thingOf} from './thing.ts';

/** What it has, what it has said and how far it has been heard. */
const standing = ({state, rcv, snd, reassembly}: Connection): string =>
  [state, rcv.nxt, snd.una, reassembly.length].join(' ');

export const earlierTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((arrival): readonly Told[] => {
    const {trace} = moment;
    const own = arrival.kind === 'arrive' ? takerOf(trace, arrival) : undefined;
    if (arrival.kind !== 'arrive' || !own || !isOfEarlier(trace, arrival)) return [];
    const {n, host, packet} = arrival;
    const before = connectionAt(trace, n - 1, own);
    const after = endAfter(moment, own);
    if (!before || (after && standing(before) === standing(after))) return [];
    const thing = thingOf(trace, packet, frameCome(trace, arrival));
    const about = [`earlier ${own.connection} ${thing.what}`];
    return [{says: 'ofEarlier', n, rank: 1, most: 2, about, facts: {host, thing}}];
  });
