// Tells that TIME-WAIT begins anew because of a segment that is neither discarded nor answered: on Linux any ACK of that connection is
// enough.

import type {EventOf} from '../../sim/trace.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endBefore} from './moment.ts';
import {refusedTold} from './refused.ts';

/** Returns the sentence that TIME-WAIT begins anew; undefined if the segment is discarded, because the sentence on that tells it. */
export const waitAnewTold = (moment: Moment, timer: EventOf<'timer'>): Told | undefined => {
  const {n, host, connection, name, op, dueUs} = timer;
  if (name !== '2MSL' || op !== 'arm' || connection === undefined) return undefined;
  if (endBefore(moment, timer)?.timers['2MSL'] === undefined) return undefined;
  const isRefused = moment.events.some(
    (event) => event.kind === 'drop' && refusedTold(moment, event) !== undefined,
  );
  if (isRefused) return undefined;
  const about = [`anew ${connection}`];
  return {says: 'waitsAnew', n, rank: 1, most: 2, about, facts: {host, untilUs: dueUs}};
};
