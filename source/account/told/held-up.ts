// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import {type Thing, thingOf} from './thing.ts';
import {type Apart, toldApart} from './told-apart.ts';

/**
 * `overtaken`: how many that their sender sent later have come there already, `of` its own connection where such have, or of others
 * alone, or of this `sender` where another's have, too; `isLate`: none of all these took nearly as long.
 */
export type Delay = {
  readonly thing: Thing;
  readonly agoUs: number;
  readonly overtaken: number;
  readonly of: 'all' | 'sender' | 'own' | 'others';
  readonly isLate: boolean;
  readonly by: Apart;
};

/** By less than that share of its way more only its place has changed: what would be told as late would be the way. */
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
