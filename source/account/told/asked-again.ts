// Tells that a DNS query is sent again by the host that asked, and not by TCP's retransmission (RFC 1035 §4.2.1).

import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {entryAt, instantOf, ofKind} from '../entries.ts';
import {fateOf, treatmentOf} from '../fates.ts';
import {dnsMessagesOf, ipPacketOf, packetOf} from '../packet.ts';
import {checks} from './thrown-away.ts';

type Replied = 'reply' | 'damaged' | 'none';

/**
 * A DNS query that is sent again, `waitUs` after the last time. `replied` tells what came in between without settling the query; `same` is
 * true if its ID is that of the last time.
 */
export type AskedAgain = {
  readonly host: string;
  readonly peer: string;
  readonly packet: number;
  readonly type: number;
  readonly id: number;
  readonly same: boolean;
  readonly waitUs: number;
  readonly replied: Replied;
};

/**
 * Returns the ID and type of a DNS query, and a text that is equal for queries with the same question to the same server; undefined if the
 * packet is no query.
 */
const askedIn = (
  packet: PacketRecord,
): {readonly id: number; readonly type: number; readonly what: string} | undefined => {
  const [message] = dnsMessagesOf(packet);
  const [question] = message?.questions ?? [];
  if (!message || message.flags.qr || !question) return undefined;
  const {name, type} = question;
  return {id: message.id, type, what: `${packet.from} ${ipPacketOf(packet)?.dst} ${nameKey(name)} ${type}`};
};

/**
 * Returns whether the query with this id got a reply that did not answer the question (a truncated response, or an error; RFC 7766 §5), a
 * damaged one, or none.
 */
const replyTo = (
  trace: Trace,
  {from}: PacketRecord,
  id: number,
  between: {from: number; to: number; byEvent: number},
): Replied => {
  let reply: 'damaged' | 'none' = 'none';
  for (let n = between.from + 1; n < between.to; n++) {
    const packet = packetOf(trace, n);
    if ((packet.endEvent ?? between.byEvent) >= between.byEvent) continue;
    const [message] = packet.to === from ? dnsMessagesOf(packet) : [];
    if (!message?.flags.qr || message.id !== id) continue;
    const fate = fateOf(trace, packet);
    if (fate?.what === 'delivered' && treatmentOf(trace, packet) !== 'edited') return 'reply';
    const end = packet.endEvent === undefined ? undefined : entryAt(trace, packet.endEvent);
    if (end?.kind === 'drop' && end.host === from && checks.has(end.reason)) reply = 'damaged';
  }
  return reply;
};

/**
 * Returns the time in µs at which the timer was started whose expiry caused the DNS query; undefined if no timer did. Several programs may
 * ask the same question at once, so the timer tells which query is repeated.
 */
const waitedSince = (trace: Trace, {from, sendEvent}: PacketRecord): number | undefined => {
  const fired = ofKind(instantOf(trace, sendEvent), 'app-timer').find(
    (event) => event.op === 'fire' && event.host === from,
  );
  if (!fired) return undefined;
  for (let n = fired.n - 1; n > 0; n--) {
    const event = entryAt(trace, n);
    if (event.kind === 'app-timer' && event.op === 'arm' && event.host === from)
      if (event.timer === fired.timer) return event.atUs;
  }
  return undefined;
};

/** Returns the facts about a DNS query that was sent again; undefined if the packet asks nothing that was asked before. */
export const askedAgain = (trace: Trace, packet: number): AskedAgain | undefined => {
  const record = packetOf(trace, packet);
  const {from: host, to: peer, sentUs, sendEvent} = record;
  const asked = askedIn(record);
  if (!asked) return undefined;
  const sinceUs = waitedSince(trace, record);
  const earlier = Array.from({length: packet - 1}, (_, index) => packetOf(trace, packet - 1 - index)).filter(
    (each) => askedIn(each)?.what === asked.what,
  );
  const before = earlier.find((each) => each.sentUs === sinceUs) ?? earlier[0];
  const id = before && askedIn(before)?.id;
  if (!before || id === undefined) return undefined;
  const replied = replyTo(trace, record, id, {from: before.id, to: packet, byEvent: sendEvent});
  return {
    ...{host, peer, packet, type: asked.type, id: asked.id, same: id === asked.id, replied},
    waitUs: sentUs - before.sentUs,
  };
};
