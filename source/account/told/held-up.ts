// A packet that the path held up: how late it comes, and what has come before it.
import type {Trace} from '../../sim/trace.ts';
import {entriesOf, entryAt} from '../entries.ts';
import {packetOf} from '../packet.ts';
import type {Facts} from './facts.ts';
import {type Thing, thingOf} from './thing.ts';

/** `overtaken`: how many that their sender sent later have come there already; `isLate`: none of them took as long. */
type Delay = {
  readonly thing: Thing;
  readonly agoUs: number;
  readonly overtaken: number;
  readonly isLate: boolean;
};

export const delayOf = (trace: Trace, {packet, event}: Facts['heldUp']): Delay => {
  const {from, sentUs} = packetOf(trace, packet);
  const {host, atUs} = entryAt(trace, event);
  const tookUs = new Map<number, number>();
  for (const {n, host: where, packet: other, atUs: cameUs} of entriesOf(trace, 'arrive')) {
    if (n >= event) break;
    const record = where === host && other > packet ? packetOf(trace, other) : undefined;
    if (record?.from === from) tookUs.set(other, cameUs - record.sentUs);
  }
  const agoUs = atUs - sentUs;
  const isLate = agoUs > Math.max(0, ...tookUs.values());
  return {thing: thingOf(trace, packet), agoUs, overtaken: tookUs.size, isLate};
};
