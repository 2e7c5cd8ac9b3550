// Bytes that are taken by an altered number, and wait for their program in the place of others.

import type {EventOf} from '../../sim/trace.ts';
import {connectionAt} from '../entries.ts';
import {takerOf} from './come.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endAfter} from './moment.ts';
import {isRenumbered} from './renumbered.ts';

/** Not where a program gets them at once, or a gap is filled: that is told then. */
export const renumberedTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n, host} = arrival;
  const own = takerOf(trace, arrival);
  if (!own || !isRenumbered(trace, arrival)) return undefined;
  if (events.some(({kind, because}) => kind === 'deliver' || /\/fills-gap$/.test(because ?? '')))
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
