// Finds the event that caused a TCP state change which a capture shows. If a host's sent packet shows the state, the change had happened
// before that packet.
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {hasFlag} from '../wire/tcp.ts';

/** The number of first packets of a connection among which SYNs are searched. */
const opening = 16;

const isSyn = ({frame}: PacketRecord): boolean => {
  const segment = frame && segmentIn(frame);
  return segment !== undefined && hasFlag(segment, 'SYN');
};

/** Returns the SYNs of the other end that may have reached the packet's sender before it sent the packet. */
const synsBefore = (trace: Trace, {id, from}: PacketRecord): readonly PacketRecord[] => {
  const connection = trace.connectionPackets?.of(id);
  const all = connection === undefined ? [] : (trace.connectionPackets?.packetsOf(connection) ?? []);
  return all
    .slice(0, opening)
    .filter((each) => each < id)
    .map((each) => trace.packet(each))
    .filter((packet) => packet.from !== from && isSyn(packet) && !packet.lost);
};

/** Tells whether a change of TCP state is the reaction to a SYN, which shows that the host has received one. */
const answersSyn = ({from, to}: EventOf<'state'>): boolean =>
  to === 'SYN-RECEIVED' || (from === 'SYN-SENT' && to === 'ESTABLISHED');

/**
 * Returns the event that caused a TCP state change; undefined if a program caused it, which a capture does not show, or if it is unclear
 * which SYN was answered.
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
