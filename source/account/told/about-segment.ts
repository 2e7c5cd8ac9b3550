// What the account has told of one segment, so that it is not told for ever.
import type {EventOf, Trace} from '../../sim/trace.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {thingOf} from './packet-name.ts';

/** The fate of one segment, told so often, is known: it is only seen from then on. */
export const mostOfOne = 3;

/** What befalls which segment, the same for each sending of it and for the SYNs of a flood. */
export const aboutSegment = (trace: Trace, event: EventOf<'drop' | 'send'>): string => {
  const {from} = packetOf(trace, event.packet);
  const {what, seq} = thingOf(trace, event.packet);
  const segment = segmentOf(packetOf(trace, event.packet));
  const which = segment === undefined ? event.n : what.startsWith('SYN') ? what : seq;
  return `${event.kind === 'drop' ? event.reason : 'again'} ${from} ${which}`;
};
