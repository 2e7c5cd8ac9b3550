// Which packets share the fate of one.
import type {Trace} from '../../sim/trace.ts';
import {entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';

/** Of the same sender, behind this event, at the same time and in the same way. */
export const lostWith = (trace: Trace, event: number): readonly number[] => {
  const first = entryAt(trace, event);
  if (first.kind !== 'drop') return [];
  const {from} = packetOf(trace, first.packet);
  const others: number[] = [];
  for (let n = event + 1; n <= trace.length; n += 1) {
    const next = entryAt(trace, n);
    if (next.atUs !== first.atUs) break;
    if (next.kind !== 'drop' || next.packet <= 0 || next.reason !== first.reason) continue;
    if (packetOf(trace, next.packet).from !== from) continue;
    others.push(next.packet);
  }
  return others;
};

/** Those that carry what has left before in other packets. */
export const repeatedOf = (trace: Trace, packets: readonly number[]): readonly number[] =>
  packets.filter((packet) => packetOf(trace, packet).retransmission);
