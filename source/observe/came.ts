// Tells how a packet arrived if its sender sent it differently: it was altered on this link, or before a router that has passed it on.
import type {EventOf, Trace} from '../sim/trace.ts';
import {type Frame, segmentIn} from '../wire/frame.ts';

export type Arrival = EventOf<'arrive'>;

const told = ['seq', 'ack', 'flags', 'window'] as const;

/**
 * Returns for each compared TCP field of packet `id` its value in `frame` if that differs from what was sent, otherwise false. IP fields
 * are not compared, because routers change the TTL and NAT the addresses.
 */
export const alteration = (trace: Trace, id: number, frame: Frame): readonly unknown[] => {
  const made = trace.packet(id).frame;
  const [sent, came] = [made && segmentIn(made), segmentIn(frame)];
  if (!sent || !came) return [];
  return told.map((name) => sent[name] !== came[name] && came[name]);
};

/** @return the frame as the last router sent it; undefined if it came straight from its sender */
export const passedOn = (trace: Trace, {n, packet, hop}: Arrival): Frame | undefined => {
  if (hop === 0) return undefined;
  for (let place = n - 1; place > 0; place -= 1) {
    const event = trace.event(place);
    if (event.kind === 'send' && event.packet === packet && event.hop === hop) return event.frame;
  }
  return undefined;
};

/** @return the frame as it arrived if its TCP fields were altered on the way; undefined if it arrived as it was sent */
export const cameAs = (trace: Trace, arrival: Arrival): Frame | undefined => {
  if (arrival.altered) return arrival.altered;
  const frame = passedOn(trace, arrival);
  const isChanged = frame && alteration(trace, arrival.packet, frame).some((each) => each !== false);
  return isChanged ? frame : undefined;
};
