// Tells for how long a program has waited that aborts its connection while TCP would go on (RFC 9293 §3.8.3).

import type {EventOf} from '../../sim/trace.ts';
import {sentOn} from '../packet.ts';
import type {Facts} from './facts.ts';
import type {Moment} from './memory.ts';
import {endBefore} from './moment.ts';

/** Returns since when sent data have had no ACK. */
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
