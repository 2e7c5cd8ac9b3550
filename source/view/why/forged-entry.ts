// What came of a forged response: the host that keeps it takes it for the server’s, whoever looks on knows better (RFC 5452 §3).
import {entryAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import {whyCache} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';

/** A response in the name of another, whose maker has to know or to guess what the query had. */
export const isForgedAnswer = (trace: Trace, {sendEvent}: PacketRecord): boolean =>
  entryAt(trace, sendEvent).because === '5452:3/forged-answer';

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
