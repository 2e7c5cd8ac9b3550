// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {isSameWay, packetOf, segmentOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import {type Thing, thingOf} from './thing.ts';

/**
 * `overtaken`: how many that their sender sent later have come there already, `of` its own connection where such have, or of others
 * alone, or of this `sender` where another's have, too; `isLate`: none of all these took nearly as long; `by`: what tells it from others of
 * its kind that its sender has sent by then.
 */
type Delay = {
  readonly thing: Thing;
  readonly agoUs: number;
  readonly overtaken: number;
  readonly of: 'all' | 'sender' | 'own' | 'others';
  readonly isLate: boolean;
  readonly by: 'seq' | 'packet' | undefined;
};

/** They go by their flags alone. */
const unnumbered: ReadonlySet<Thing['what']> = new Set(['SYN', 'SYNACK', 'FIN', 'RST']);

const toldApart = (trace: Trace, thing: Thing, event: number): Delay['by'] => {
  if (!unnumbered.has(thing.what)) return undefined;
  const own = packetOf(trace, thing.packet);
  let found: Delay['by'];
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const record = packetOf(trace, id);
    if (record.sendEvent > event) break;
    if (id === thing.packet || record.from !== own.from) continue;
    const {what, seq} = thingOf(trace, id);
    if (what !== thing.what) continue;
    if (seq !== thing.seq && isSameWay(segmentOf(record), segmentOf(own))) return 'seq';
    found = 'packet';
  }
  return found;
};

/** By less than that share of its way more only its place has changed: what would be told as late would be the way. */
const leastShare = 0.1;

export const delayOf = (trace: Trace, {packet, event}: Pick<Facts['heldUp'], 'packet' | 'event'>): Delay => {
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
