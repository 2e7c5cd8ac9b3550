// Finds the record type to name with a DNS message (A, AAAA and so on), if the name alone does not distinguish it from another message.
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsMessagesOf, packetOf} from '../packet.ts';

/**
 * Returns which host asks the first question of a DNS message, and for which record type (RFC 1035 §4.1.2); undefined for other packets.
 */
const askedIn = (
  record: PacketRecord,
): {readonly asker: string | undefined; readonly type: number} | undefined => {
  const [message] = dnsMessagesOf(record);
  const [question] = message?.questions ?? [];
  if (!message || !question) return undefined;
  return {asker: message.flags.qr ? record.to : record.from, type: question.type};
};

/** The number of packets before a DNS message among which messages still on their way are searched. */
const searched = 200;

/** Returns the record type of a DNS message; undefined if the same host has no message of another type on its way at the same time. */
export const typeAmongOthers = (trace: Trace, record: PacketRecord): number | undefined => {
  const own = askedIn(record);
  if (!own) return undefined;
  const {sendEvent, endEvent = trace.length} = record;
  for (let id = Math.max(1, record.id - searched); id <= trace.packetCount; id += 1) {
    const other = packetOf(trace, id);
    if (other.sendEvent > endEvent) return undefined;
    if ((other.endEvent ?? trace.length) < sendEvent) continue;
    const asked = askedIn(other);
    if (asked?.asker === own.asker && asked?.type !== own.type) return own.type;
  }
  return undefined;
};
