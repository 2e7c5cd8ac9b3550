// Packets in the name of another: what came of a forged response, which the host that keeps it takes for the server’s while whoever looks on
// knows better (RFC 5452 §3), numbers behind which no connection stands, and whoever is on the path between two hosts (RFC 3552 §3.3.5).
import {entryAt} from '../../account/entries.ts';
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {whyCache} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';

/** A response in the name of another, whose maker has to know or to guess what the query had. */
export const isForgedAnswer = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '5452:3/forged-answer';

/** No end of a connection stands behind its numbers (RFC 4987 §2.2). */
export const isForged = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '4987:2.2/forged-source';

/** No question that is open may ask who. */
export const forgedEntry = (
  {input: {trace}, language, hidden}: View,
  event: TraceEvent,
): readonly string[] => {
  if (event.kind !== 'note' || event.note.kind !== 'cache' || event.note.op !== 'store') return [];
  const packet = event.fromPacket;
  if (packet === undefined || hidden.length > 0) return [];
  const record = packetOf(trace, packet);
  if (!isForgedAnswer(trace, record)) return [];
  const src = ipPacketOf(record)?.src ?? '';
  const hosts = {maker: theHost(trace, record.from), first: theHostFirst(trace, event.host)};
  return [
    whyCache.forged[language]({packet, src, maker: hosts.maker[language], first: hosts.first[language]}),
  ];
};

/** Whose address the packet bears, where its sender gets what is for that address; undefined: it gets no such thing. */
export const spokenFor = (trace: Trace, id: number): string | undefined => {
  const packet = packetOf(trace, id);
  const {src, dst} = ipPacketOf(packet) ?? {};
  if (src === undefined || dst === undefined || ownerOf(trace, src) === packet.from) return undefined;
  const ends = [ownerOf(trace, src), ownerOf(trace, dst)];
  const isPassed = trace.header.onPath?.some(
    ({host, between}) => host === packet.from && between.every((end) => ends.includes(end)),
  );
  return isPassed ? src : undefined;
};
