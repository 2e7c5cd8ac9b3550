// Old duplicates (RFC 9293 §3.4.1): what an earlier connection between the same two ports had sent, and this one takes for its own.

import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {connectionAt, entriesOf, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {frameCome, thingOf} from './thing.ts';

/** Since it left its sender has begun another connection by the same ports. */
const isOfEarlier = (trace: Trace, {n, packet}: EventOf<'arrive'>): boolean => {
  const {sendEvent} = packetOf(trace, packet);
  const {connection} = entryAt(trace, sendEvent);
  for (const event of entriesOf(trace, 'state')) {
    if (event.n >= n) return false;
    const begins = event.n > sendEvent && /^(?:CLOSED|LISTEN)$/.test(event.from);
    if (begins && event.connection === connection) return true;
  }
  return false;
};

/** What it has, what it has said and how far it has been heard. */
const standing = ({state, rcv, snd, reassembly}: Connection): string =>
  [state, rcv.nxt, snd.una, reassembly.length].join(' ');

export const earlierTold = ({trace, events}: Moment): readonly Told[] =>
  events.flatMap((arrival): readonly Told[] => {
    if (arrival.kind !== 'arrive' || arrival.packet < 1) return [];
    const {n, host, packet} = arrival;
    const theirs = entryAt(trace, packetOf(trace, packet).sendEvent).connection;
    if (theirs === undefined || packetOf(trace, packet).to !== host || !isOfEarlier(trace, arrival))
      return [];
    const own = {host, connection: farEndOf(theirs)};
    const before = connectionAt(trace, n - 1, own);
    const after = connectionAt(trace, events.at(-1)?.n ?? n, own);
    if (!before || (after && standing(before) === standing(after))) return [];
    const thing = thingOf(trace, packet, frameCome(trace, arrival));
    const about = [`earlier ${own.connection} ${thing.what}`];
    return [{says: 'ofEarlier', n, rank: 1, most: 2, about, facts: {host, thing}}];
  });
