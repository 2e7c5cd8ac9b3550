// Packets that an attacker on the path has written over: who, and with which event.

import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {entriesOf} from './entries.ts';

type Tampering = {readonly host: string; readonly event: number};

const tamperingsIn = oncePer((trace: Trace): ReadonlyMap<number, Tampering> => {
  const found = new Map<number, Tampering>();
  if (!trace.header.onPath) return found;
  for (const event of entriesOf(trace, 'send'))
    if (event.because === '3552:3.3.4/modifies') found.set(event.packet, {host: event.host, event: event.n});
  return found;
});

/** undefined: it was left as it is. */
export const tamperingWith = (trace: Trace, packet: number): Tampering | undefined =>
  tamperingsIn(trace).get(packet);
