// How many share the fate of a packet.
import type {Trace} from '../../sim/trace.ts';
import {entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';

/** Of the same sender, behind this event, at the same time and in the same way: how many, and the last of them. */
export const lostWith = (trace: Trace, event: number): {readonly more: number; readonly last: number} => {
  const first = entryAt(trace, event);
  if (first.kind !== 'drop') return {more: 0, last: 0};
  const {from} = packetOf(trace, first.packet);
  let more = 0;
  let last = first.packet;
  for (let n = event + 1; n <= trace.length; n += 1) {
    const next = entryAt(trace, n);
    if (next.atUs !== first.atUs) break;
    if (next.kind !== 'drop' || next.packet <= 0 || next.reason !== first.reason) continue;
    if (packetOf(trace, next.packet).from !== from) continue;
    more += 1;
    last = next.packet;
  }
  return {more, last};
};
