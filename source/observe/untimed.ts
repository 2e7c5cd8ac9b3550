// Tells why a capture does not show how long a packet was on its way, if `vantage.ts` had nothing to measure.
import type {Trace} from '../sim/trace.ts';
import {comesThroughIp} from './frame-ends.ts';

/**
 * The reasons: the frame cannot be decoded; it has only a link's header; it is between programs of one host; nothing was measured; what was
 * measured is too short to be a path.
 */
export type Untimed = 'unread' | 'link' | 'host' | 'none' | 'short';

/** Returns the reason; undefined if it is `none` or `short` and it is not known which. */
export const untimedBecause = (trace: Trace, id: number): Untimed | undefined => {
  const {bytes, linkType, frame} = trace.packet(id);
  if (linkType !== undefined && !comesThroughIp(bytes, linkType)) return frame ? 'link' : 'unread';
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip && ip.src === ip.dst) return 'host';
  const {connectionPackets} = trace;
  const rounds = connectionPackets?.rounds(id);
  // The time of a packet without a connection follows from connections between the same hosts; if there are none, nothing was measured.
  if (!rounds) return connectionPackets?.count === 0 ? 'none' : undefined;
  return rounds.every((round) => round === undefined) ? 'none' : 'short';
};
