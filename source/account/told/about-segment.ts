// Makes a key for what happens to a TCP segment, so that it is not told again and again.
import type {EventOf, Trace} from '../../sim/trace.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {thingOf} from './packet-name.ts';

/** The number of times that the account of a run tells the fate of one segment; after that it is only shown. */
export const mostOfOne = 3;

/** Returns a key of what happens to a segment; it is the same for each copy of the segment and for all SYNs of a flood. */
export const aboutSegment = (trace: Trace, event: EventOf<'drop' | 'send'>): string => {
  const {from} = packetOf(trace, event.packet);
  const {what, seq} = thingOf(trace, event.packet);
  const segment = segmentOf(packetOf(trace, event.packet));
  const which = segment === undefined ? event.n : what.startsWith('SYN') ? what : seq;
  return `${event.kind === 'drop' ? event.reason : 'again'} ${from} ${which}`;
};
