// What a packet says in its Trace: of what runs over several segments, the one that completes it tells.
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {frameParts, segmentParts} from './frame-parts.ts';
import type {Part} from './part.ts';
import {tlsPartsIn} from './tls-parts.ts';

export type Sending = Pick<Extract<TraceEvent, {kind: 'send'}>, 'packet' | 'frame'>;

/** Of a sending as it left that host; none where the frame cannot be read. */
export const sentParts = (trace: Trace, {packet, frame}: Sending): readonly Part[] => {
  if (!frame) return [];
  const segment = packet > 0 ? segmentIn(frame) : undefined;
  return segment ? segmentParts(segment, tlsPartsIn(trace, packet, segment)) : frameParts(frame);
};
