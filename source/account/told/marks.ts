// What ECN does: a mark that comes is echoed, and the echo slows a sender down (RFC 3168 §6.1).

import type {EventOf} from '../../sim/trace.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {connectionAt, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {segmentCome} from './moment.ts';

export const marksTold = ({trace, events}: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {n, host, packet} = arrival;
  const {from: peer, to, sendEvent} = packetOf(trace, packet);
  const theirs = entryAt(trace, sendEvent).connection;
  if (theirs === undefined || to !== host) return undefined;
  const connection = farEndOf(theirs);
  const before = connectionAt(trace, n - 1, {host, connection});
  const after = connectionAt(trace, events.at(-1)?.n ?? n, {host, connection});
  if (!before?.ecnOn || !after) return undefined;
  const common = {n, rank: 1, most: 1} as const;
  if (after.marks.echo && !before.marks.echo)
    return {...common, says: 'echoesMark', about: [`mark ${connection}`], facts: {host, peer}};
  const segment = segmentCome(trace, arrival);
  const isHeeded = segment !== undefined && hasFlag(segment, 'ECE') && after.ssthresh < before.ssthresh;
  if (!isHeeded || events.some((event) => event.kind === 'send' && event.retransmission)) return undefined;
  const facts = {host, ssthresh: after.ssthresh};
  return {...common, says: 'heedsEcho', about: [`echo ${connection}`], facts};
};
