// Finds the packet that an expression means: by number, hop, filter or selector, or the current one.
import {entriesBetween, entryAt} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {SentPacket} from '../sim/sent-packet.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {packetReferenceSentences} from '../words/catalogue/lesson-values.ts';
import type {PacketReference} from './expression.ts';
import {matchingPackets} from './filter-match.ts';
import {matchingEvents} from './match.ts';
import {problemWith} from './problem.ts';
import type {Selector} from './selector.ts';
import {noValue, ValueFailure} from './value.ts';

type Where = {readonly trace: Trace; readonly event: number};

/** Returns the packet that the reference means at this instant; undefined if the run has none. */
export const packetAt = (reference: PacketReference, instant: Where): PacketRecord | undefined => {
  try {
    return referredPacket(reference, instant);
  } catch (failure) {
    if (failure instanceof ValueFailure) return undefined;
    throw failure;
  }
};

export const firstEvent = (selector: Selector, trace: Trace): number =>
  matchingEvents(selector, trace)[0] ?? noValue(packetReferenceSentences.firstEvent);

export const referredPacket = (reference: PacketReference, {trace, event}: Where): PacketRecord => {
  switch (reference.kind) {
    case 'number':
      return numbered(reference, trace);
    case 'first':
    case 'last': {
      const found = matchingPackets(reference.filter, trace);
      return found.at(reference.kind === 'first' ? 0 : -1) ?? noValue(packetReferenceSentences.packetOf.last);
    }
    case 'selected': {
      const found = matchingEvents(reference.selector, trace);
      return packetOfEvent(trace, (reference.which === 'first' ? found[0] : found.at(-1)) ?? 0);
    }
    case 'here':
      return packetOfEvent(trace, event);
  }
};

const packetOfEvent = (trace: Trace, n: number): PacketRecord => {
  const event = n > 0 ? entryAt(trace, n) : undefined;
  return event && 'packet' in event && event.packet > 0
    ? numbered({packet: event.packet, hop: event.hop}, trace)
    : noValue(packetReferenceSentences.packetOfEvent);
};

const numbered = (
  {packet, hop = 0}: {readonly packet: number; readonly hop?: number},
  trace: Trace,
): PacketRecord => {
  if (packet > trace.packetCount) {
    return noValue(problemWith(packetReferenceSentences.numbered, {packet, packetCount: trace.packetCount}));
  }
  const record = packetOf(trace, packet);
  return hop === 0 ? record : copyOf(record, hop, trace);
};

/** Returns the copy of a packet that the router number `hop` on its way sent. If there is none, the expression has no value. */
const copyOf = (record: PacketRecord, hop: number, trace: Trace): PacketRecord => {
  for (const event of entriesBetween(trace, record.sendEvent)) {
    if (event.kind !== 'send' || event.packet !== record.id || event.hop !== hop) continue;
    return new SentPacket({...event, retransmission: record.retransmission}, record);
  }
  return noValue(problemWith(packetReferenceSentences.copyOf, {id: record.id, hop}));
};
