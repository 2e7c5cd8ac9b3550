// Finds how late a packet arrives that the path delayed, and which packets have overtaken it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import {type Thing, thingOf} from './packet-name.ts';
import {type Apart, toldApart} from './told-apart.ts';

/**
 * A delay on the path. `overtaken` counts later packets of its sender that came first, on its connection or, if none, on others. `of`:
 * `own` if both kinds came, `others` if only the second, `sender` if only the first and another sender's, else `all`. `isLate`: none took
 * nearly as long.
 */
export type Delay = {
  readonly thing: Thing;
  readonly agoUs: number;
  readonly overtaken: number;
  readonly of: 'all' | 'sender' | 'own' | 'others';
  readonly isLate: boolean;
  readonly by: Apart;
};

/**
 * A packet is told as late if it comes later by at least this share of its travel time; with a smaller delay only its order has changed.
 */
const leastShare = 0.1;

export const delayOf = (trace: Trace, {packet, event}: {packet: number; event: number}): Delay => {
  const {from, sentUs} = packetOf(trace, packet);
  const {host, atUs} = entryAt(trace, event);
  const segment = segmentOf(packetOf(trace, packet));
  const own = new Map<number, number>();
  const others = new Map<number, number>();
  let isAlone = true;
  for (const {n, host: where, packet: other, atUs: cameUs} of entriesOf(trace, 'arrive')) {
    if (n >= event) break;
    const record = where === host && other > packet ? packetOf(trace, other) : undefined;
    if (!record) continue;
    if (record.from !== from) isAlone = false;
    else (isSameWay(segmentOf(record), segment) ? own : others).set(other, cameUs - record.sentUs);
  }
  const agoUs = atUs - sentUs;
  const thing = thingOf(trace, packet);
  return {
    ...{thing, agoUs, by: toldApart(trace, thing, event)},
    overtaken: own.size || others.size,
    of: others.size > 0 ? (own.size > 0 ? 'own' : 'others') : isAlone ? 'all' : 'sender',
    isLate: agoUs > (1 + leastShare) * Math.max(0, ...own.values(), ...others.values()),
  };
};
