// How many share the fate of a packet.
import type {Trace} from '../../sim/trace.ts';
import {entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';

/** Of the same sender, behind this event, at the same time and in the same way. */
export const lostWith = (trace: Trace, event: number): number => {
  const first = entryAt(trace, event);
  if (first.kind !== 'drop') return 0;
  const {from} = packetOf(trace, first.packet);
  let more = 0;
  for (let n = event + 1; n <= trace.length; n += 1) {
    const next = entryAt(trace, n);
    if (next.atUs !== first.atUs) break;
    const isAlike = next.kind === 'drop' && next.packet > 0 && next.reason === first.reason;
    if (isAlike && packetOf(trace, next.packet).from === from) more += 1;
  }
  return more;
};
