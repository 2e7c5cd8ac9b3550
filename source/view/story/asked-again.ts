// A DNS query that is sent again: not a segment repeated by TCP, but a question put once more by who asked (RFC 1035 §4.2.1).

import {fateOf} from '../../account/fates.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../../account/packet.ts';
import {treatmentOf} from '../../account/treatment.ts';
import {theHost} from '../../lesson/host-names.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import {valueText} from '../../lesson/value.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {askedAgain as askedAgainText} from '../../words/catalogue/told.ts';

/** Sender, server and question; undefined: no query. */
const askedIn = (packet: PacketRecord): {readonly id: number; readonly what: string} | undefined => {
  const [message] = dnsMessagesOf(packet);
  const [question] = message?.questions ?? [];
  if (!message || message.flags.qr || !question) return undefined;
  const {name, type} = question;
  return {id: message.id, what: `${packet.from} ${ipPacketOf(packet)?.dst} ${nameKey(name)} ${type}`};
};

/** Something came for the query with this id, though it did not settle the question: truncated, or an error (RFC 7766 §5). */
const isReplied = (
  trace: Trace,
  {from}: PacketRecord,
  id: number,
  between: {from: number; to: number},
): boolean => {
  for (let n = between.from + 1; n < between.to; n++) {
    const packet = packetOf(trace, n);
    const [message] = packet.to === from ? dnsMessagesOf(packet) : [];
    const came = fateOf(trace, packet)?.what === 'delivered' && treatmentOf(trace, packet) !== 'edited';
    if (came && message?.flags.qr && message.id === id) return true;
  }
  return false;
};

/** Undefined: the packet asks nothing that was asked before. */
export const askedAgain = (trace: Trace, packet: number): Text | undefined => {
  const record = packetOf(trace, packet);
  const asked = askedIn(record);
  if (!asked) return undefined;
  for (let at = packet - 1; at >= 1; at--) {
    const before = packetOf(trace, at);
    const earlier = askedIn(before);
    if (earlier?.what !== asked.what) continue;
    const wait = valueText({kind: 'time', us: record.sentUs - before.sentUs});
    const same = earlier.id === asked.id;
    const replied = isReplied(trace, record, earlier.id, {from: at, to: packet});
    const {id} = asked;
    return wordedWithNames(askedAgainText, {wait, replied, who: theHost(trace, record.from), same, id});
  }
  return undefined;
};
