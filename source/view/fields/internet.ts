// Explains fields of IPv4 and IPv6: whose the addresses are and how the sender knows them, which header follows, the packet's
// identification, whether it may be fragmented, and which treatment it asks of routers (RFC 791 §2.3, §3.1, RFC 6864 §4.1, RFC 1122 §3.3.4,
// RFC 4291 §2.5.2, RFC 2474 §3, RFC 3168 §5). Captured packets may also have fields that others have filled in: the header of a tunnel, and
// what routers decrement or recompute (RFC 1812 §4.2.2.5, §5.3.1, RFC 8200 §3).
import {partnerOf} from '../../account/dns/transaction.ts';
import {worldAt} from '../../account/entries.ts';
import {
  dnsMessagesOf,
  icmpMessageOf,
  ipPacketOf,
  ownerOf,
  packetOf,
  segmentOf,
} from '../../account/packet.ts';
import {factsOf} from '../../account/reason.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Language, Text} from '../../lesson/text.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import {quotedSegment} from '../../wire/icmp-quote.ts';
import type {Layer} from '../../wire/layer.ts';
import {isBareSyn} from '../../wire/tcp.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {
  whyAddress,
  whyBit,
  whyChecksum,
  whyFilled,
  whyHeader,
  whyPassedOn,
  whyTreatment,
} from '../../words/catalogue/why.ts';
import {protocolNames, valueNames} from '../../words/inspector.ts';
import {rowTree} from '../bytes/inspector-rows.ts';
import {quotedIn} from '../why/captured-reason.ts';
import {factText} from '../why/case-text.ts';
import {isForged, spokenFor} from '../why/forged-entry.ts';
import {type Asked, type Entry, type Protocol, type Source, unasked, valueIn, withFlags} from './entry.ts';
import {askedBy} from './ports.ts';

/**
 * The largest hop limit of IPv6. A packet that arrives with it has passed no router, because routers decrement the hop limit
 * (RFC 4861 §6.1.1).
 */
const largest = 255;

/** Matches source addresses whose packets no router forwards (RFC 4291 §2.5.2, §2.5.6, RFC 3927 §2.7). */
const staysOnLink = /^(::$|fe[89ab][0-9a-f]:|169\.254\.)/;

/**
 * Tells whether a packet was certainly captured on its sender's own link, before any router changed it. True in simulated runs, which show
 * packets as they were sent.
 */
export const isFirstHand = (trace: Trace, id: number): boolean => {
  if (!trace.connectionPackets) return true;
  const packet = packetOf(trace, id);
  const ip = ipPacketOf(packet);
  return ip === undefined
    ? packet.frame?.payload.kind === 'arp'
    : ip.ttl === largest || staysOnLink.test(ip.src);
};

/** The protocols of link-layer headers and of headers that a capture adds; they are never part of a tunnel. */
const below: ReadonlySet<string> = new Set(['eth', 'vlan', 'ieee8021ad', 'sll', 'null']);

/** Matches the names of fields whose bits mean the same in every IP header, inside a tunnel or not. */
const isOfEvery = /^ip\.flags\.(rb|df)$/;

/** Explains that a header belongs to a tunnel: it was put around the packet of the sender that is shown. undefined for other headers. */
export const tunnel: Source = ({packet, layer, field, language}) => {
  if (below.has(layer.protocol) || isOfEvery.test(field.name)) return undefined;
  const own = rowTree(packet).findLast(
    ({layer: {protocol, quoted}}) => !quoted && (protocol === 'ip' || protocol === 'ipv6'),
  );
  return own !== undefined && layer.start < own.start ? whyPassedOn.tunnel[language] : undefined;
};

/** Explains the TTL or hop limit of a packet, which the sender sets and routers decrement. */
const hops: Source = ({trace, record, language, first}) =>
  (isFirstHand(trace, record.id) ? whyFilled.ttl : whyPassedOn.hops)[language]({host: first});

/**
 * The registry entry of a checksum: it tells what is summed (RFC 791 §3.1, RFC 792, RFC 4443 §2.3, RFC 768, RFC 9293 §3.1). A wrong
 * checksum is not explained, because its origin is unknown.
 */
export const checksum: Entry = {
  from({trace, record, language, first, field, layer}) {
    if (valueIn(layer, `${field.name}.status`) !== '1') return undefined;
    const routed = layer.protocol === 'ip' && !isFirstHand(trace, record.id);
    return whyChecksum[language]({host: first, of: layer.protocol, routed});
  },
};

/** The registry entry of the IP field that tells which header or protocol follows. */
export const nextHeader: Entry = {
  from({field, language}) {
    const what = valueNames[field.name]?.[field.value];
    return what === undefined ? undefined : whyHeader.next[language]({what});
  },
};

type Opener = {readonly by: 'own' | 'other'; readonly packet: number};

/**
 * Returns the SYN that opened a TCP segment's connection, and whether the segment's own sender or the other end sent it; undefined if there
 * is none.
 */
const openedBy = (trace: Trace, id: number): Opener | undefined => {
  const own = segmentOf(packetOf(trace, id));
  for (let at = id; own && at > 0; at -= 1) {
    const packet = packetOf(trace, at);
    const segment = segmentOf(packet);
    if (!segment || !isBareSyn(segment)) continue;
    if (segment.srcPort === own.srcPort && segment.dstPort === own.dstPort) return {by: 'own', packet: at};
    if (segment.srcPort === own.dstPort && segment.dstPort === own.srcPort) return {by: 'other', packet: at};
  }
  return undefined;
};

/**
 * Explains the destination address of a DNS query: it is the resolver that the host is configured to use, or a server of the zone that the
 * resolver has reached. undefined if the reason is unknown.
 */
const queried = ({trace, record, language, host}: Asked, owner: Text): string | undefined => {
  const {from, sendEvent} = record;
  const asker = worldAt(trace, sendEvent)?.hosts[from];
  const role = asker && dnsRoleOn(asker);
  const known = factsOf(trace, sendEvent);
  if (role === 'stub' || known.from === 'set') return whyAddress.stub[language]({owner, host});
  const zone = known.zone === undefined ? undefined : factText(known.zone);
  return zone && whyAddress.zone[language]({owner, zone, from: `${known.from}`});
};

/**
 * Explains a destination address by the packet that is answered, or by who opened the connection. `ownerId` is the host with that address;
 * undefined if no host has it, as with forged addresses.
 */
const conversation = (asked: Asked, ownerId: string | undefined): string | undefined => {
  const {trace, record, language, host} = asked;
  const owner = ownerId === undefined ? undefined : theHost(trace, ownerId);
  const [message] = dnsMessagesOf(record);
  const opener = openedBy(trace, record.id);
  if (opener?.by === 'other') return whyAddress.back[language]({packet: opener.packet});
  if (owner === undefined) return undefined;
  if (opener !== undefined) {
    const opening = packetOf(trace, opener.packet);
    // A host that injects segments into the connection of other hosts has not opened that connection, so its address is not explained by
    // it.
    if (opening.from !== record.from) return undefined;
    // A host's name in a capture is its address. The sentence contains the address already, so the name is left out.
    const named = ownerId === ipPacketOf(record)?.dst ? undefined : owner;
    return whyAddress.opened[language]({owner: named, host, forged: isForged(trace, opening)});
  }
  if (!message?.flags.qr) return message && queried(asked, owner);
  const packet = partnerOf(trace, record.id, record.sendEvent)?.packet;
  return packet === undefined ? undefined : whyAddress.answers[language]({packet});
};

/**
 * Explains the destination address of an ICMP error: it goes to the sender of the packet that it quotes (RFC 1122 §3.2.2). undefined for
 * other packets.
 */
const report = ({trace, record, language}: Asked, dst: string): string | undefined => {
  const error = icmpMessageOf(record);
  const packet = error && quotedSegment(error) ? quotedIn(trace, record.id) : undefined;
  return packet !== undefined && ipPacketOf(packetOf(trace, packet))?.src === dst
    ? whyAddress.reports[language]({packet})
    : undefined;
};

/**
 * The names of well-known group addresses of link scope; the address of any other group does not show who listens (RFC 4291 §2.7.1, RFC
 * 3810 §5.2.14, RFC 919 §7).
 */
const groups: {readonly [address: string]: string} = {
  ...{'ff02::1': 'nodes', 'ff02::2': 'routers', 'ff02::16': 'reports', '255.255.255.255': 'all'},
};
const isGroup = /^(ff|22[4-9]\.|23\d\.|255\.255\.255\.255$)/;
const isSolicited = /^ff02::1:ff/;

/** Explains a multicast or broadcast destination address of an IP packet; undefined for the address of a single host. */
const groupText = (dst: string, language: Language): string | undefined => {
  if (!isGroup.test(dst)) return undefined;
  return whyAddress.group[language]({which: isSolicited.test(dst) ? 'solicited' : (groups[dst] ?? 'other')});
};

/** Explains the destination address of an IP packet; undefined while a question is open, because the question may ask for the receiver. */
const receiver: Source = unasked((asked) => {
  const {trace, record, language, field} = asked;
  const dst = ipPacketOf(record)?.dst;
  if (dst === undefined || field.value !== dst) return undefined;
  // A capture may have two hosts with the same address: two programs on one machine.
  const owners = trace.header.hosts.filter((host) => host.ip.includes(dst));
  const owner = owners.find(({name}) => name === record.to) ?? owners[0];
  return groupText(dst, language) ?? report(asked, dst) ?? conversation(asked, owner?.name);
});

/** The unspecified addresses, from which a host without an address sends. */
const noAddress: ReadonlySet<string> = new Set(['::', '0.0.0.0']);

const sender: Source = unasked(({trace, record, language, host, first}) => {
  const src = ipPacketOf(record)?.src;
  if (src === undefined) return undefined;
  if (noAddress.has(src)) return whyHeader.unset[language];
  const isRun = !trace.connectionPackets;
  if (isRun && ownerOf(trace, src) !== record.from)
    return whyHeader.foreign[language]({host, passed: spokenFor(trace, record.id) !== undefined});
  const asked = askedBy(trace, record);
  if (asked !== undefined) return whyHeader.answered[language]({packet: asked});
  return isRun ? whyHeader.ownSource[language]({host: first}) : whyHeader.said[language];
});

const version: Source = unasked(({record, language, layer}) => {
  const {src, dst} = ipPacketOf(record) ?? {};
  const is = layer.protocol === 'ipv6' ? 6 : 4;
  return src && dst ? whyAddress.version[language]({src, dst, version: is}) : undefined;
});

const number: Source = ({record, language}) => {
  const ip = ipPacketOf(record);
  return ip?.version === 4
    ? whyHeader.number[language]({atomic: ip.dontFragment && ip.fragment === undefined})
    : undefined;
};

const cut: Source = ({record, language}) => {
  const ip = ipPacketOf(record);
  if (ip?.version !== 4) return undefined;
  const {fragment, dontFragment} = ip;
  const whole =
    fragment === undefined
      ? whyFilled.whole[language]
      : whyFilled.fragment[language]({bytes: fragment.offset});
  return [whyBit.cut[language]({whole: dontFragment}), whole].join(punctuation.space[language]);
};

/** Explains the IPv4 fields on fragmentation: where the data of the fragment belong, or that the packet is not fragmented. */
const piece: Source = ({layer, language, field}) => {
  const offset = Number(valueIn(layer, 'ip.frag_offset'));
  if (field.name === 'ip.frag_offset' && offset > 0) return whyFilled.fragment[language]({bytes: offset});
  return offset === 0 && valueIn(layer, 'ip.flags.mf') === '0' ? whyFilled.whole[language] : undefined;
};

/** Lists the headers and data that an IPv6 length field counts; undefined if they were not all captured. */
const behind: Source = ({packet, layer, field, language}) => {
  const parts = rowTree(packet)
    .map((row) => row.layer)
    .filter(({start, quoted}) => start >= layer.end && !quoted);
  const names = parts.map(
    ({protocol, start, end}) => `${protocolNames[protocol] ?? protocol} ${end - start}`,
  );
  const isWhole = parts.every(({start}, at) => start === (parts[at - 1] ?? layer).end);
  return isWhole && (parts.at(-1)?.end ?? 0) - layer.end === Number(field.value)
    ? whyFilled.behind[language]({parts: names.join(' + ')})
    : undefined;
};

const ecnBits = 2;

/** Returns the registry entries of the octet with DSCP and ECN, in which an IP packet asks routers for a certain treatment. */
const treatment = (name: string, shown: Entry = {}): {readonly [field: string]: Entry} => {
  const dscp = (value: number, language: Language) => whyTreatment.dscp[language]({dscp: value});
  const ecn = (value: number, language: Language) => whyTreatment.ecn[language]({bits: value});
  return {
    [name]: {
      ...shown,
      from({field, language}) {
        const value = Number(field.value);
        const bits = value & ((1 << ecnBits) - 1);
        return [dscp(value >> ecnBits, language), ecn(bits, language)].join(punctuation.space[language]);
      },
    },
    [`${name}.dscp`]: {from: ({field, language}) => dscp(Number(field.value), language)},
    [`${name}.ecn`]: {from: ({field, language}) => ecn(Number(field.value), language)},
  };
};

const line = (layer: Layer, hopsLeft: string): string =>
  `${valueIn(layer, `${layer.protocol}.src`)} ▸ ${valueIn(layer, `${layer.protocol}.dst`)}, ${hopsLeft}`;

export const ipv4: Protocol = {
  line: (layer) => line(layer, `TTL ${valueIn(layer, 'ip.ttl')}`),
  fields: {
    ...treatment('ip.dsfield', {shown: withFlags}),
    'ip.version': {from: version},
    'ip.hdr_len': {sums: ['ip.hdr_len = 20 + options']},
    'ip.len': {sums: ['ip.len = ip.hdr_len + tcp.hdr_len + tcp.len', 'ip.len = ip.hdr_len + udp.length']},
    'ip.id': {from: number},
    'ip.flags': {shown: withFlags, from: cut},
    'ip.flags.rb': {from: unasked(({language}) => whyBit.reserved[language])},
    'ip.flags.df': {
      from: unasked(({field, language}) => whyBit.cut[language]({whole: field.value === '1'})),
    },
    'ip.flags.mf': {from: piece},
    'ip.frag_offset': {from: piece},
    'ip.ttl': {from: hops},
    'ip.proto': nextHeader,
    'ip.checksum': checksum,
    'ip.src': {from: sender},
    'ip.dst': {from: receiver},
  },
};

export const ipv6: Protocol = {
  line: (layer) => line(layer, `hop limit ${valueIn(layer, 'ipv6.hlim')}`),
  fields: {
    ...treatment('ipv6.tclass'),
    'ipv6.version': {from: version},
    'ipv6.flow': {
      from: ({field, language, host}) =>
        Number(field.value) === 0 ? whyFilled.unlabelled[language]({host}) : undefined,
    },
    'ipv6.plen': {sums: ['ipv6.plen = tcp.hdr_len + tcp.len', 'ipv6.plen = udp.length'], from: behind},
    'ipv6.nxt': nextHeader,
    'ipv6.hlim': {from: hops},
    'ipv6.src': {from: sender},
    'ipv6.dst': {from: receiver},
  },
};
