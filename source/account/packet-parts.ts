// Tells what a packet says, with the knowledge of its whole Trace. A message that spans several segments is told by the one that completes
// it.
import type {EventOf, Trace} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {sameBytes} from '../wire/octets.ts';
import {ropeToBytes} from '../wire/rope.ts';
import type {TcpSegment} from '../wire/tcp.ts';
import {frameParts, segmentParts} from './frame-parts.ts';
import type {Part} from './part.ts';
import {quicPartOf} from './quic-parts.ts';
import {tlsPartsIn} from './tls-parts.ts';

export type Sending = Pick<EventOf<'send'>, 'packet' | 'frame'> & {
  /** The number of routers that the packet has passed; they may have changed it. Absent if it leaves its sender. */
  readonly hop?: number;
};

const isAsMade = (trace: Trace, {packet, hop = 0}: Sending, {payload}: TcpSegment): boolean => {
  const {frame} = hop === 0 ? {} : trace.packet(packet);
  const made = frame && segmentIn(frame)?.payload;
  return hop === 0 || (made !== undefined && sameBytes(ropeToBytes(made), ropeToBytes(payload)));
};

/** Returns the parts of a packet as it left a host; none if its frame cannot be decoded. */
export const sentParts = (trace: Trace, sending: Sending): readonly Part[] => {
  const {packet, frame} = sending;
  if (!frame) return [];
  const segment = packet > 0 ? segmentIn(frame) : undefined;
  const quic = packet > 0 && !segment ? quicPartOf(trace, packet) : undefined;
  if (quic) return [quic];
  return segment && isAsMade(trace, sending, segment)
    ? segmentParts(segment, tlsPartsIn(trace, packet, segment))
    : frameParts(frame);
};
