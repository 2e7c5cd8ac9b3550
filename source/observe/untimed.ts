// Why a capture does not tell how long a packet was on its way: what `vantage.ts` had nothing to go by for.
import type {Trace} from '../sim/trace.ts';
import {comesThroughIp} from './frame-ends.ts';

/** Nobody reads what it is; behind a link's header alone; between programs of one host; nothing was measured; what was measured is no way. */
export type Untimed = 'unread' | 'link' | 'host' | 'none' | 'short';

/** undefined: one of the last two. */
export const untimedBecause = (trace: Trace, id: number): Untimed | undefined => {
  const {bytes, linkType, frame} = trace.packet(id);
  if (linkType !== undefined && !comesThroughIp(bytes, linkType)) return frame ? 'link' : 'unread';
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip && ip.src === ip.dst) return 'host';
  const {connectionPackets} = trace;
  const rounds = connectionPackets?.rounds(id);
  // A packet of no connection goes by those between the same hosts: where there are none, nothing was measured.
  if (!rounds) return connectionPackets?.count === 0 ? 'none' : undefined;
  return rounds.every((round) => round === undefined) ? 'none' : 'short';
};
