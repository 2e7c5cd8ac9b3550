// For how long a program has waited that breaks its connection off, where TCP would go on (RFC 9293 §3.8.3).

import type {EventOf} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';
import {packetOf, segmentOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import type {Moment} from './memory.ts';
import {endBefore} from './moment.ts';

/** What has been sent, and no ACK of it has come. */
export const unheardOf = (moment: Moment, state: EventOf<'state'>): Facts['aborts']['unheard'] => {
  const {trace, memory} = moment;
  const {n, atUs, connection = ''} = state;
  const timer = memory.running(connection, 'RTO');
  const una = endBefore(moment, state)?.snd.una;
  if (!timer || una === undefined) return undefined;
  for (const send of entriesOf(trace, 'send')) {
    if (send.n >= n) return undefined;
    const segment = send.connection === connection ? segmentOf(packetOf(trace, send.packet)) : undefined;
    if (segment?.seq === una && segment.payload.length > 0)
      return {waitedUs: atUs - send.atUs, dueUs: timer.dueUs};
  }
  return undefined;
};
