// Tells for how long sent data had no ACK when a program aborts its connection although TCP would go on (RFC 9293 §3.8.3).

import type {EventOf} from '../../sim/trace.ts';
import {sentOn} from '../packet.ts';
import type {Facts} from './facts.ts';
import type {Moment} from './memory.ts';
import {endBefore} from './moment.ts';

/**
 * Returns for how long the oldest unacknowledged data have had no ACK, and when the RTO would expire; undefined if nothing is
 * unacknowledged.
 */
export const unheardOf = (moment: Moment, state: EventOf<'state'>): Facts['aborts']['unheard'] => {
  const {trace, memory} = moment;
  const {n, atUs, connection = ''} = state;
  const timer = memory.running(connection, 'RTO');
  const una = endBefore(moment, state)?.snd.una;
  if (!timer || una === undefined) return undefined;
  const [first] = [...sentOn(trace, {connection, n})].filter(
    ({segment}) => segment.seq === una && segment.payload.length > 0,
  );
  return first && {waitedUs: atUs - first.send.atUs, dueUs: timer.dueUs};
};
