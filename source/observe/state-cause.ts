// Finds the cause of a state that a capture shows. If a packet that leaves shows a state, that state had come about before.
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {hasFlag} from '../wire/tcp.ts';

/** The number of a connection's first packets among which SYNs are searched. */
const opening = 16;

const isSyn = ({frame}: PacketRecord): boolean => {
  const segment = frame && segmentIn(frame);
  return segment !== undefined && hasFlag(segment, 'SYN');
};

/** Returns the SYNs of the other end that may have reached the sender. */
const synsBefore = (trace: Trace, {id, from}: PacketRecord): readonly PacketRecord[] => {
  const connection = trace.connectionPackets?.of(id);
  const all = connection === undefined ? [] : (trace.connectionPackets?.packetsOf(connection) ?? []);
  return all
    .slice(0, opening)
    .filter((each) => each < id)
    .map((each) => trace.packet(each))
    .filter((packet) => packet.from !== from && isSyn(packet) && !packet.lost);
};

/** Tells whether a change of state answers a SYN: then the host has received the SYN. */
const answersSyn = ({from, to}: EventOf<'state'>): boolean =>
  to === 'SYN-RECEIVED' || (from === 'SYN-SENT' && to === 'ESTABLISHED');

/**
 * Returns the event that caused a state; undefined if a program caused it, which a capture does not show, or if nobody can see which SYN
 * was answered.
 */
export const stateCause = (trace: Trace, event: EventOf<'state'>): TraceEvent | undefined => {
  const way = trace.event(event.instant);
  if (way.kind !== 'send') return way;
  if (!answersSyn(event)) return undefined;
  const packet = trace.packet(way.packet);
  const syns = synsBefore(trace, packet);
  const shown = syns.filter(({deduced}) => deduced?.shownBy.includes(packet.id));
  const [answered, other] = shown.length > 0 ? shown : syns;
  const arrival = answered?.endEvent;
  if (arrival === undefined || other || arrival > event.n) return undefined;
  return trace.event(arrival);
};
