// Recognises, for *Why?*, packets with a false source: a forged DNS response that a host caches as genuine (RFC 5452 §3), segments with a
// forged source that belong to no connection, and packets of a host on the path that answers for another (RFC 3552 §3.3.5).
import {entryAt} from '../../account/entries.ts';
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {whyCache} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';

/** Tells whether a packet is a forged DNS response, whose sender must know or guess the numbers in the query. */
export const isForgedAnswer = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '5452:3/forged-answer';

/** Tells whether a TCP segment has a forged source, so that it belongs to no connection of its sender (RFC 4987 §2.2). */
export const isForged = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '4987:2.2/forged-source';

/**
 * Returns sentences that a DNS cache entry is forged; empty if it is genuine, or while a question is open, because that may ask who sent
 * the response.
 */
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

/**
 * Returns the source address of a packet if its sender is a host on the path that sends in the name of that address's owner; otherwise
 * undefined.
 */
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
