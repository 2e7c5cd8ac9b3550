// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import {type Thing, thingOf} from './thing.ts';

/**
 * `overtaken`: how many of its connection that left later have come there already; `others`: its sender has sent such on others, too;
 * `isLate`: none of its own took as long.
 */
type Delay = {
  readonly thing: Thing;
  readonly agoUs: number;
  readonly overtaken: number;
  readonly others: boolean;
  readonly isLate: boolean;
};

export const delayOf = (trace: Trace, {packet, event}: Facts['heldUp']): Delay => {
  const {from, sentUs} = packetOf(trace, packet);
  const {host, atUs} = entryAt(trace, event);
  const own = segmentOf(packetOf(trace, packet));
  const tookUs = new Map<number, number>();
  let others = false;
  for (const {n, host: where, packet: other, atUs: cameUs} of entriesOf(trace, 'arrive')) {
    if (n >= event) break;
    const record = where === host && other > packet ? packetOf(trace, other) : undefined;
    if (record?.from !== from) continue;
    if (isSameWay(segmentOf(record), own)) tookUs.set(other, cameUs - record.sentUs);
    else others = true;
  }
  const agoUs = atUs - sentUs;
  const isLate = agoUs > Math.max(0, ...tookUs.values());
  return {thing: thingOf(trace, packet), agoUs, overtaken: tookUs.size, others, isLate};
};
