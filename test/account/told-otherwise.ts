// A trace in which the fate of one packet is said wrong, and nothing else is: what was lost has come, what came is lost.
import type {DeducedFate, PacketRecord, Trace, TraceEvent} from '../../source/sim/trace.ts';

const otherwise = (event: TraceEvent, {from, to}: PacketRecord): TraceEvent => {
  if (event.kind !== 'drop' && event.kind !== 'arrive') return event;
  const {n, atUs, instant, packet, hop} = event;
  const when = {n, atUs, instant, packet, hop, ...(event.estimated ? {estimated: true as const} : {})};
  return event.kind === 'drop'
    ? {...when, kind: 'arrive', host: to, from}
    : {...when, kind: 'drop', host: from, reason: 'loss'};
};

/** `deduced`: of a capture, instead of what it tells. */
export const toldOtherwise = (trace: Trace, id: number, deduced?: DeducedFate): Trace => {
  const record = trace.packet(id);
  const end = record.endEvent ?? 0;
  const lost = trace.event(end).kind !== 'drop';
  const event = (n: number): TraceEvent => {
    const found = trace.event(n);
    if (n === end) return otherwise(found, record);
    return n === record.sendEvent && found.kind === 'send' ? {...found, frame: found.frame, lost} : found;
  };
  const packet = (nth: number): PacketRecord => {
    const found = trace.packet(nth);
    if (nth !== id) return found;
    const {bytes, frame, originalLength} = found;
    return {...found, bytes, frame, originalLength, lost, ...(deduced ? {deduced} : {})};
  };
  return {
    header: trace.header,
    length: trace.length,
    packetCount: trace.packetCount,
    durationUs: trace.durationUs,
    endReason: trace.endReason,
    event,
    *events(from = 1, to = trace.length) {
      for (let n = Math.max(1, from); n <= Math.min(to, trace.length); n++) yield event(n);
    },
    packet,
    stateAt: (cursor) => trace.stateAt(cursor),
    ...(trace.tls ? {tls: trace.tls} : {}),
    ...(trace.connectionPackets ? {connectionPackets: trace.connectionPackets} : {}),
  };
};
