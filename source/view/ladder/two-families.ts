// Finds the addresses of a capture that belong to one machine, by clients that try IPv6 and IPv4 side by side (RFC 8305): a name with
// addresses of both families is one server, and a network card that calls both is one client.

import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {dnsIn} from '../../wire/dns/carried.ts';
import {addressesIn} from '../../wire/dns/message.ts';
import {nameKey} from '../../wire/dns/name.ts';
import {hasFlag} from '../../wire/tcp.ts';

/** Returns the name that a DNS response is about with its addresses, to which a CNAME may have led; undefined for other packets. */
const answersIn = (
  packet: PacketRecord,
): readonly [name: string, addresses: readonly string[]] | undefined => {
  const transport = ipPacketOf(packet)?.transport;
  const [message] = transport ? dnsIn(transport) : [];
  const [question] = message?.questions ?? [];
  if (!message?.flags.qr || !question) return undefined;
  const addresses = addressesIn(message.answers);
  return [nameKey(question.name), addresses];
};

/**
 * Returns the addresses that belong to the machines at the two ends of the packet `opener` but are not in it, each with the address in
 * `opener` of the same machine. Only the first `most` packets are searched.
 */
export const otherAddresses = (
  trace: Trace,
  opener: PacketRecord,
  most: number,
): ReadonlyMap<string, string> => {
  const byName = new Map<string, Set<string>>();
  const others = new Map<string, string>();
  for (let id = 1; id <= Math.min(trace.packetCount, most); id++) {
    const packet = packetOf(trace, id);
    const [name = '', addresses = []] = answersIn(packet) ?? [];
    const known = byName.get(name) ?? new Set();
    if (addresses.length > 0) byName.set(name, new Set([...known, ...addresses]));
    const segment = segmentOf(packet);
    if (!segment || !hasFlag(segment, 'SYN') || packet.to === opener.to) continue;
    const isSame = [...byName.values()].some((all) => all.has(packet.to) && all.has(opener.to));
    if (!isSame || packet.frame?.src !== opener.frame?.src) continue;
    others.set(packet.to, opener.to);
    if (packet.from !== opener.from) others.set(packet.from, opener.from);
  }
  return others;
};
