// Old duplicates (RFC 9293 §3.4.1): what an earlier connection between the same two ports had sent, and this one takes for its own.

import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {connectionAt, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {isOfEarlier} from './old-bytes.ts';
import {frameCome, thingOf} from './thing.ts';

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
