// Tells what a lesson's fault does to a packet if the run ends before anybody can see it.

import {faultsIn} from '../../sim/fault-text.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {entriesBetween, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Told} from './facts.ts';

/** Returns how often this transmission of a packet has arrived or been lost by the end of the run; the path may have doubled it. */
const landingsOf = (trace: Trace, {n, packet, hop}: EventOf<'send'>): number => {
  let landings = 0;
  for (const event of entriesBetween(trace, n + 1))
    if ((event.kind === 'arrive' || event.kind === 'drop') && event.packet === packet && event.hop === hop)
      landings += 1;
  return landings;
};

export const beyondEndTold = (trace: Trace, send: EventOf<'send'>): Told | undefined => {
  const {n, packet, to, dueUs} = send;
  if (send.faults.length === 0 || trace.endReason === 'quiet') return undefined;
  const faults = faultsIn(send.faults);
  const copies = faults.flatMap((fault) => (fault.kind === 'dup' ? [dueUs + fault.afterUs] : []));
  const endUs = entryAt(trace, trace.length).atUs;
  if (Math.max(dueUs, ...copies) < endUs) return undefined;
  const landings = landingsOf(trace, send);
  const has = (...kinds: readonly string[]): boolean => faults.some(({kind}) => kinds.includes(kind));
  const router = packetOf(trace, packet).to === to ? undefined : to;
  const common = {n, rank: 0, most: 1, about: [`beyond ${n}`]} as const;
  const tell = (what: 'late' | 'copy' | 'altered' | 'lost', atUs: number): Told => ({
    ...{...common, says: 'beyondEnd', facts: {packet, what, atUs, router}},
  });
  if (landings > copies.length) return undefined;
  if (landings > 0 || (copies.length > 0 && !has('delay', 'reorder', 'edit', 'corrupt')))
    return copies.length > 0 ? tell('copy', Math.max(...copies)) : undefined;
  if (has('drop')) return tell('lost', dueUs);
  if (has('delay', 'reorder')) return tell('late', dueUs);
  return has('edit', 'corrupt') ? tell('altered', dueUs) : undefined;
};
