// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Facts, Thing} from './facts.ts';
import {thingOf} from './thing.ts';

/** `overtaken`: how many that their sender sent later have come there already. */
type Delay = {readonly thing: Thing; readonly agoUs: number; readonly overtaken: number};

export const delayOf = (trace: Trace, {packet, event}: Facts['heldUp']): Delay => {
  const {from, sentUs} = packetOf(trace, packet);
  const {host, atUs} = entryAt(trace, event);
  const overtaking = new Set<number>();
  for (const {n, host: where, packet: other} of entriesOf(trace, 'arrive')) {
    if (n >= event) break;
    if (where === host && other > packet && packetOf(trace, other).from === from) overtaking.add(other);
  }
  return {
    thing: thingOf(trace, packet),
    agoUs: atUs - sentUs,
    overtaken: overtaking.size,
  };
};
