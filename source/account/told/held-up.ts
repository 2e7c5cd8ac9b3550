// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Facts, Thing} from './facts.ts';
import {thingOf} from './thing.ts';

/** `overtaken`: how many of those that left later for the same host have come already. */
type Delay = {readonly thing: Thing; readonly agoUs: number; readonly overtaken: number};

export const delayOf = (trace: Trace, {packet, event}: Facts['heldUp']): Delay => {
  const {from, to, sentUs} = packetOf(trace, packet);
  const overtaking = new Set<number>();
  for (const {n, hop, packet: other} of entriesOf(trace, 'arrive')) {
    if (n >= event) break;
    if (hop > 0 || other <= packet) continue;
    const record = packetOf(trace, other);
    if (record.from === from && record.to === to) overtaking.add(other);
  }
  return {
    thing: thingOf(trace, packet),
    agoUs: entryAt(trace, event).atUs - sentUs,
    overtaken: overtaking.size,
  };
};
