// Of which type of record a DNS message is, where its name alone would not tell it from another one.
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsMessagesOf, packetOf} from '../packet.ts';

/** Who asks, and for which type (RFC 1035 §4.1.2). */
const askedIn = (
  record: PacketRecord,
): {readonly asker: string | undefined; readonly type: number} | undefined => {
  const [message] = dnsMessagesOf(record);
  const [question] = message?.questions ?? [];
  if (!message || !question) return undefined;
  return {asker: message.flags.qr ? record.to : record.from, type: question.type};
};

/** Further back nobody looks for what is under way still. */
const searched = 200;

/** Undefined: nothing of another type is under way for the same asker while this is. */
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
