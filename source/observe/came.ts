// How a packet arrived, where that is otherwise than its maker sent it: altered on this link, or before a router that has passed it on.
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {type Frame, segmentIn} from '../wire/frame.ts';

export type Arrival = Extract<TraceEvent, {readonly kind: 'arrive'}>;

const told = ['seq', 'ack', 'flags', 'window'] as const;

/** Of TCP alone: what a router changes by its office, addresses and TTL, is no alteration. */
export const alteration = (trace: Trace, id: number, frame: Frame): readonly unknown[] => {
  const made = trace.packet(id).frame;
  const [sent, came] = [made && segmentIn(made), segmentIn(frame)];
  if (!sent || !came) return [];
  return told.map((name) => sent[name] !== came[name] && came[name]);
};

/** @return undefined: as it left */
export const cameAs = (trace: Trace, {n, packet, hop, altered}: Arrival): Frame | undefined => {
  if (altered || hop === 0 || packet < 1) return altered;
  for (let place = n - 1; place > 0; place -= 1) {
    const event = trace.event(place);
    if (event.kind !== 'send' || event.packet !== packet || event.hop !== hop) continue;
    const isChanged = event.frame && alteration(trace, packet, event.frame).some((each) => each !== false);
    return isChanged ? event.frame : undefined;
  }
  return undefined;
};
