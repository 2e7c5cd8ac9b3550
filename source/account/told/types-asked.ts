// Finds the record type of a DNS message, if the name alone would not distinguish it from another one.
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsMessagesOf, packetOf} from '../packet.ts';

/** Returns who asks, and for which type (RFC 1035 §4.1.2). */
const askedIn = (
  record: PacketRecord,
): {readonly asker: string | undefined; readonly type: number} | undefined => {
  const [message] = dnsMessagesOf(record);
  const [question] = message?.questions ?? [];
  if (!message || !question) return undefined;
  return {asker: message.flags.qr ? record.to : record.from, type: question.type};
};

/** The number of earlier packets among which those that are still on their way are searched. */
const searched = 200;

/** Returns the type; undefined if no message of another type is on its way for the same asker at the same time. */
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
