// Tells what ECN does: the receiver echoes a mark that arrives, and the echo slows the sender down (RFC 3168 §6.1).

import type {EventOf} from '../../sim/trace.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {connectionAt} from '../entries.ts';
import {segmentCome, takerOf} from './come.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter} from './moment.ts';

export const marksTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n} = arrival;
  const end = takerOf(trace, arrival);
  const before = end && connectionAt(trace, n - 1, end);
  const after = end && endAfter(moment, end);
  if (!before?.ecnOn || !after) return undefined;
  const {host, peer, connection} = end;
  const common = {n, rank: 1, most: 1} as const;
  if (after.marks.echo && !before.marks.echo)
    return {...common, says: 'echoesMark', about: [`mark ${connection}`], facts: {host, peer}};
  const segment = segmentCome(trace, arrival);
  const isHeeded = segment !== undefined && hasFlag(segment, 'ECE') && after.ssthresh < before.ssthresh;
  if (!isHeeded || events.some((event) => event.kind === 'send' && event.retransmission)) return undefined;
  const facts = {host, ssthresh: after.ssthresh};
  return {...common, says: 'heedsEcho', about: [`echo ${connection}`], facts};
};
