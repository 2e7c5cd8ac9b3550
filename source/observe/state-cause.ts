// What brought about a state that a capture shows: where a packet leaves, the state shows by it and had come about before.
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../sim/trace.ts';
import {segmentIn} from '../wire/frame.ts';
import {hasFlag} from '../wire/tcp.ts';

/** SYNs are among so many packets of a connection, repeated or not. */
const opening = 16;

const isSyn = ({frame}: PacketRecord): boolean => {
  const segment = frame && segmentIn(frame);
  return segment !== undefined && hasFlag(segment, 'SYN');
};

/** Those of the other end that may have come to the sender. */
const synsBefore = (trace: Trace, {id, from}: PacketRecord): readonly PacketRecord[] => {
  const connection = trace.connectionPackets?.of(id);
  const all = connection === undefined ? [] : (trace.connectionPackets?.packetsOf(connection) ?? []);
  return all
    .slice(0, opening)
    .filter((each) => each < id)
    .map((each) => trace.packet(each))
    .filter((packet) => packet.from !== from && isSyn(packet) && !packet.lost);
};

/** Whoever answers a SYN has got it. */
const answersSyn = ({from, to}: EventOf<'state'>): boolean =>
  to === 'SYN-RECEIVED' || (from === 'SYN-SENT' && to === 'ESTABLISHED');

/** undefined: a program had it sent, and of what programs were told a capture knows nothing; or which one was answered, nobody sees. */
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
