// Returns the first packets of a long run as a run of its own, because documents show no more of it.
import type {Trace, TraceEvent} from '../sim/trace.ts';

export const firstPacketsOf = (trace: Trace, most: number): Trace => {
  if (trace.packetCount <= most) return trace;
  const {header, durationUs, endReason, tls} = trace;
  // The number of events before the first packet that is not shown.
  const length = trace.packet(most + 1).sendEvent - 1;
  return {
    header,
    length,
    packetCount: most,
    durationUs,
    endReason,
    event: (n): TraceEvent => trace.event(n),
    events: (from, to = length) => trace.events(from, Math.min(to, length)),
    packet: (id) => trace.packet(id),
    stateAt: (cursor) => trace.stateAt(cursor),
    operandsAt: (n) => trace.operandsAt?.(n),
    reasonAt: (n) => trace.reasonAt?.(n),
    ...(trace.held ? {held: trace.held} : {}),
    ...(tls ? {tls} : {}),
  };
};
