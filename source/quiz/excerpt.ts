// The beginning of a long capture. Questions are made of it alone, so that neither their time nor their memory grows with the capture.
import {entriesBetween, entryAt, worldAt} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';

/** The number of packets of a capture from which questions are made; they are read in about two seconds. */
export const mostPackets = 5000;

/** Returns a capture cut to its first `most` packets, which keep their numbers, with the events until the last of them leaves. */
export const firstPackets = (trace: Trace, most: number): Trace => {
  if (trace.packetCount <= most) return trace;
  const length = packetOf(trace, most).sendEvent;
  const {header, endReason, tls, connectionPackets} = trace;
  const isOf = (event: TraceEvent): boolean => !('packet' in event) || event.packet <= most;
  return {
    ...{header, endReason, length, packetCount: most, durationUs: entryAt(trace, length).atUs},
    ...(tls ? {tls} : {}),
    ...(connectionPackets ? {connectionPackets} : {}),
    event: (n) => entryAt(trace, n),
    *events(from = 1, to = length) {
      for (const event of entriesBetween(trace, from, Math.min(to, length))) if (isOf(event)) yield event;
    },
    packet: (id) => packetOf(trace, id),
    stateAt: (cursor) => worldAt(trace, cursor),
  };
};

export const excerptOf = oncePer((trace: Trace): Trace => firstPackets(trace, mostPackets));
