// Tells why the transit time of a captured packet is unknown, if no round trip could be measured for it.
import type {Trace} from '../sim/trace.ts';
import {comesThroughIp} from './frame-ends.ts';

/**
 * Why a packet's transit time is unknown: the frame cannot be decoded, it has no IP, it stays within one host, no round trip was measured,
 * or the round trips are too short for a path.
 */
export type Untimed = 'unread' | 'link' | 'host' | 'none' | 'short';

/** Returns why a packet's transit time is unknown; undefined if it is `none` or `short` and the trace does not tell which. */
export const untimedBecause = (trace: Trace, id: number): Untimed | undefined => {
  const {bytes, linkType, frame} = trace.packet(id);
  if (linkType !== undefined && !comesThroughIp(bytes, linkType)) return frame ? 'link' : 'unread';
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip && ip.src === ip.dst) return 'host';
  const {connectionPackets} = trace;
  const rounds = connectionPackets?.rounds(id);
  // A packet without a connection gets its time from connections between the same hosts; if the capture has no connections, nothing was
  // measured.
  if (!rounds) return connectionPackets?.count === 0 ? 'none' : undefined;
  return rounds.every((round) => round === undefined) ? 'none' : 'short';
};
