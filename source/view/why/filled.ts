// *Why?* of fields that no rule of a protocol decides when the packet leaves: from where their maker has them (RFC 791 §3.1, RFC 768, RFC 9293 §3.1).
import {entriesOf, worldAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Transport} from '../../wire/ip-packet.ts';
import {oncePer} from '../../wire/once-per.ts';
import {serviceAt} from '../../wire/service-ports.ts';
import {hasFlag, isBareSyn} from '../../wire/tcp.ts';
import {capturedCarried} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyField, whyFilled} from '../../words/catalogue/why.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {alertReason} from './alert-reason.ts';
import {askedIn} from './captured-reason.ts';
import {isForgedAnswer} from './forged-entry.ts';
import {inColumns, tokensOf} from './formula.ts';
import {headerReason} from './header-reason.ts';
import {isFirstHand} from './passed-on.ts';
import {arpOf} from './protocol-reason.ts';
import {sizeReason} from './segment-size.ts';
import {isForged} from './seq-reason.ts';
import {treatmentTexts} from './treatment-asked.ts';

export const rowNamed = (rows: readonly InspectorRow[], name: string): InspectorRow | undefined => {
  for (const row of rows) {
    const found = row.field?.name === name ? row : rowNamed(row.children, name);
    if (found) return found;
  }
  return undefined;
};

/** What the fixed part of a header leaves. */
const rests: {readonly [token: string]: number} = {options: 20, data: 8};

const segmentData = ['tcp.len = ip.len − ip.hdr_len − tcp.hdr_len', 'tcp.len = ipv6.plen − tcp.hdr_len'];

/** Lengths by others. RFC 791 §3.1, RFC 768, RFC 8200 §3, RFC 9293 §3.1. */
const sums: {readonly [field: string]: readonly string[]} = {
  'ip.len': ['ip.len = ip.hdr_len + tcp.hdr_len + tcp.len', 'ip.len = ip.hdr_len + udp.length'],
  'ip.hdr_len': ['ip.hdr_len = 20 + options'],
  'tcp.hdr_len': ['tcp.hdr_len = 20 + options'],
  'udp.length': ['udp.length = 8 + data'],
  'udp.payload': ['udp.length = 8 + data'],
  'ipv6.plen': ['ipv6.plen = tcp.hdr_len + tcp.len', 'ipv6.plen = udp.length'],
  'tcp.len': segmentData,
  'tcp.payload': segmentData,
};

/** Empty: it is no such sum, as in a fragment or a header inside another one, or a question asks for one of its numbers. */
export const sumOf = (view: View, packet: PacketView, row: InspectorRow): readonly string[] => {
  const rows = rowTree(packet);
  const field = row.field?.name ?? '';
  if (rowNamed(rows, field) !== row) return [];
  const asked = answersTo(view.hidden);
  const numberOf = (name: string): string => rowNamed(rows, name)?.field?.value ?? name;
  for (const sum of sums[field] ?? []) {
    const tokens = tokensOf(sum);
    const values = tokens.map((token) => {
      const fixed = rests[token];
      return fixed === undefined ? numberOf(token) : String(Number(numberOf(tokens[0] ?? '')) - fixed);
    });
    const [whole = Number.NaN, first = 0, ...others] = values.filter((_, at) => at % 2 === 0).map(Number);
    const sign = tokens.includes('−') ? -1 : 1;
    if (whole !== others.reduce((all, part) => all + sign * part, first)) continue;
    const isHidden = tokens.some((token) => packet.hidden.has(token));
    return isHidden || values.some((value) => asked.includes(value)) ? [] : inColumns(tokens, values, '  ');
  }
  return [];
};

type Way = {readonly from: string; readonly to: string; readonly kind: string};

/** From where to where, with its ports; undefined: it has none. */
const wayOf = (packet: PacketRecord): Way | undefined => {
  const ip = ipPacketOf(packet);
  const transport = ip?.transport;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return undefined;
  const {srcPort, dstPort} = transport.kind === 'tcp' ? transport.segment : transport.datagram;
  return {from: `${ip?.src} ${srcPort}`, to: `${ip?.dst} ${dstPort}`, kind: transport.kind};
};

/** From here on traceroute looks for ports at which nobody listens. */
const triedPorts = 33_434;

/** Further back nobody looks for what a datagram answers. */
const searched = 400;

/** What the path altered went to other ports, maybe, than those that it came to. */
const alteredIn = oncePer(
  (trace: Trace): ReadonlySet<number> =>
    new Set([...entriesOf(trace, 'arrive')].flatMap(({altered, packet}) => (altered ? [packet] : []))),
);

/** Of this one's conversation, in either direction, those before it: of a connection its first, of datagrams the nearest first. */
const beforeIt = (trace: Trace, packet: PacketRecord, own: Way): readonly number[] => {
  const connection = trace.connectionPackets?.of(packet.id);
  const [opened] = connection === undefined ? [] : (trace.connectionPackets?.packetsOf(connection) ?? []);
  const ids = Array.from({length: Math.min(searched, packet.id - 1)}, (_, back) =>
    own.kind === 'udp' ? packet.id - 1 - back : 1 + back,
  );
  const altered = alteredIn(trace);
  return (opened === undefined || altered.has(opened) ? ids : [opened]).filter((id) => {
    if (altered.has(id)) return false;
    const way = wayOf(packetOf(trace, id));
    if (way?.kind !== own.kind) return false;
    return (way.from === own.to && way.to === own.from) || (way.from === own.from && way.to === own.to);
  });
};

/** Whether the other end sent it. */
const isFromThere = (trace: Trace, own: Way, id: number | undefined): id is number =>
  id !== undefined && wayOf(packetOf(trace, id))?.from === own.to;

const isOpening = (transport: Transport | undefined): boolean =>
  transport?.kind === 'tcp' && isBareSyn(transport.segment);

/** undefined: its sender opens the connection itself, though the other end’s SYN may have left before (RFC 9293 §3.5). */
const wayTold = (packet: PacketRecord): Way | undefined =>
  isOpening(ipPacketOf(packet)?.transport) ? undefined : wayOf(packet);

/** The packet by which the other end has told its port: of a connection the first, of a datagram the one that it answers. */
const toldPort = (trace: Trace, packet: PacketRecord): number | undefined => {
  const own = wayTold(packet);
  const [first] = own ? beforeIt(trace, packet, own) : [];
  return own && isFromThere(trace, own, first) ? first : undefined;
};

/** The packet with which the other end began, at a port that it knew. */
const calledPort = (trace: Trace, packet: PacketRecord): number | undefined => {
  const own = wayTold(packet);
  const all = own ? beforeIt(trace, packet, own) : [];
  const first = own?.kind === 'udp' ? all.at(-1) : all[0];
  return own && isFromThere(trace, own, first) ? first : undefined;
};

/** The packet that this one answers, where the other end has begun. */
const askedBy = (trace: Trace, packet: PacketRecord): number | undefined =>
  calledPort(trace, packet) === undefined ? undefined : toldPort(trace, packet);

const payloads: ReadonlySet<string> = new Set(['tcp.payload', 'udp.payload', 'data.data', 'data.len']);

/** Of data that are sent again the packet that had them last. */
const carrierBefore = (trace: Trace, packet: PacketRecord): number | undefined => {
  const [segment, own] = [segmentOf(packet), wayOf(packet)];
  if (!packet.retransmission || !segment || !own) return undefined;
  for (let id = packet.id - 1; id > Math.max(0, packet.id - searched); id -= 1) {
    const earlier = packetOf(trace, id);
    const way = wayOf(earlier);
    const isSame = way?.from === own.from && way.to === own.to && segmentOf(earlier)?.seq === segment.seq;
    if (isSame && segmentOf(earlier)?.payload.length === segment.payload.length) return id;
  }
  return undefined;
};

/** Of what a program has handed over. */
const payloadText = (
  {language, input: {trace}}: View,
  packet: PacketRecord,
  {
    by = wayOf(packet)?.kind.toUpperCase(),
    size,
  }: {readonly by?: string | undefined; readonly size?: string | undefined},
): string | undefined => {
  return by && whyFilled.payload[language]({packet: carrierBefore(trace, packet), by, size});
};

/** Why TLS says it, not how it is carried. */
const alertText = ({language, input: {trace}}: View, packet: number): string =>
  (alertReason(trace, packet)?.text ?? capturedCarried.sealedAlert)[language];

/** TCP has not looked at it. */
const isCarried = (packet: PacketView, {layer, start, end}: InspectorRow): boolean => {
  const layers = rowTree(packet).map((row) => row.layer);
  const tcp = layers.findIndex(({protocol, quoted}) => protocol === 'tcp' && !quoted);
  return tcp >= 0 && layers.indexOf(layer) > tcp && end > start;
};

/** It stands in a record of TLS, and TCP carries that. */
const isSealed = (packet: PacketView, {layer}: InspectorRow): boolean => {
  const protocols = rowTree(packet).map((row) => row.layer.protocol);
  const tls = protocols.indexOf('tls');
  return tls >= 0 && layer.protocol !== 'tls' && tls < protocols.indexOf(layer.protocol);
};

/** Its program has named the port of the other end itself, and its own one where `own` is that. */
const isCalled = (trace: Trace, {from, sendEvent}: PacketRecord, port: number, own?: number): boolean =>
  [...entriesOf(trace, 'call')].some(
    ({n, host, action}) =>
      n < sendEvent &&
      host === from &&
      action.call === 'connect' &&
      action.to.port === port &&
      (own === undefined || action.from === own),
  );

/** Of a packet that answers none. What an answer whose question nobody saw goes to, and what traceroute tries, has no such reason. */
const beginnersPort = ({language, input}: View, packet: PacketRecord, port: number): string | undefined => {
  const {trace} = input;
  const transport = ipPacketOf(packet)?.transport;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return undefined;
  const host = theHost(trace, packet.from);
  const of = serviceAt(transport.kind, port);
  if (transport.kind === 'tcp' && isCalled(trace, packet, port))
    return whyFilled.called[language]({host, port, of});
  if (of !== undefined) return whyFilled.service[language]({host, port, of});
  const begins =
    transport.kind === 'tcp' ? hasFlag(transport.segment, 'SYN') : packet.id <= searched && port < triedPorts;
  return worldAt(trace, 0) && begins ? whyFilled.named[language]({host}) : undefined;
};

const othersPort = (view: View, packet: PacketRecord, port: number): string | undefined => {
  const {language, input} = view;
  const host = theHostFirst(input.trace, packet.from);
  if (isForgedAnswer(input.trace, packet)) return whyFilled.guessed[language]({host});
  const told = toldPort(input.trace, packet);
  return told === undefined
    ? beginnersPort(view, packet, port)
    : whyFilled.port[language]({host, packet: told});
};

/** Of who has begun: its port is its program's choice, its own, or made up. */
const beginnersOwn = ({language, input: {trace}}: View, packet: PacketRecord, port: number): string => {
  const to = segmentOf(packet)?.dstPort;
  if (isForged(trace, packet)) return whyField.forged[language]({host: theHost(trace, packet.from)});
  return to !== undefined && isCalled(trace, packet, to, port)
    ? whyFilled.chosen[language]({host: theHost(trace, packet.from), port})
    : whyFilled.ephemeral[language]({host: theHostFirst(trace, packet.from)});
};

/** Its sender has opened the connection, or asks a service and is none itself. */
const hasBegun = (trace: Trace, packet: PacketRecord): boolean => {
  const transport = ipPacketOf(packet)?.transport;
  if (transport?.kind === 'udp') {
    const {srcPort, dstPort} = transport.datagram;
    return serviceAt('udp', dstPort) !== undefined && serviceAt('udp', srcPort) === undefined;
  }
  const own = wayOf(packet);
  const [first = packet.id] = own ? beforeIt(trace, packet, own) : [];
  return isOpening(ipPacketOf(packetOf(trace, first))?.transport);
};

/** undefined: nothing tells who has begun. */
const ownPort = (view: View, packet: PacketRecord, port: number): string | undefined => {
  const {language, input} = view;
  if (isForgedAnswer(input.trace, packet))
    return whyFilled.posed[language]({host: theHostFirst(input.trace, packet.from)});
  const told = calledPort(input.trace, packet);
  if (told !== undefined)
    return whyFilled.own[language]({host: theHost(input.trace, packet.from), packet: told});
  return hasBegun(input.trace, packet) ? beginnersOwn(view, packet, port) : undefined;
};

/** Those of TLS stand before what they count; the name of one tells of records, and is no length of anything here (RFC 6066 §4). */
const isTlsLength = (field: string): boolean =>
  /^tls\..*([._]len|[._]length)$/.test(field) && !field.endsWith('max_fragment_length');

/** Of ARP for IPv4 on Ethernet (RFC 826). */
const always: {readonly [field: string]: number} = {
  ...{'arp.hw.type': 1, 'arp.proto.type': 0x0800, 'arp.hw.size': 6, 'arp.proto.size': 4},
};

/** Of what needs no other packet. */
const valueText = (field: string, value: number, language: Language): string | undefined => {
  if (field === 'tcp.hdr_len' && value === 20) return whyFilled.bare[language];
  if (always[field] === value) return whyFilled.always[language];
  if (isTlsLength(field) && Number.isInteger(value)) return whyFilled.counts[language]({bytes: value});
  const treatment = treatmentTexts(field, value, language);
  return treatment.length === 0 ? undefined : treatment.join(punctuation.space[language]);
};

/** undefined: there is no more to tell than that its maker fills it in. */
export const filledText = (view: View, packet: PacketView, row: InspectorRow): string | undefined => {
  const {language, input} = view;
  const {trace} = input;
  const record = packetOf(trace, packet.id);
  const host = theHostFirst(trace, record.from);
  const value = Number(row.field?.value);
  switch (row.field?.name) {
    case 'tcp.dstport':
    case 'udp.dstport':
      return othersPort(view, record, value);
    case 'tcp.srcport':
    case 'udp.srcport':
      return ownPort(view, record, value);
    case 'ip.ttl':
    case 'ipv6.hlim':
      return isFirstHand(trace, packet.id) ? whyFilled.ttl[language]({host}) : undefined;
    case 'ipv6.flow':
      return value === 0 ? whyFilled.unlabelled[language]({host: theHost(trace, record.from)}) : undefined;
    case 'ip.flags.mf': {
      const offset = rowNamed(rowTree(packet), 'ip.frag_offset')?.field?.value;
      return value === 0 && offset === '0' ? whyFilled.whole[language] : undefined;
    }
    case 'ip.frag_offset': {
      const more = rowNamed(rowTree(packet), 'ip.flags.mf')?.field?.value;
      if (value > 0) return whyFilled.fragment[language]({bytes: value});
      return more === '0' ? whyFilled.whole[language] : undefined;
    }
    case 'arp.src.hw_mac':
    case 'arp.src.proto_ipv4': {
      const asked = askedIn(trace, packet.id);
      const address = arpOf(trace, packet.id)?.senderIp ?? '';
      return asked === undefined
        ? whyFilled.ownAddress[language]({host})
        : whyFilled.told[language]({packet: asked, address});
    }
    case 'arp.dst.hw_mac':
    case 'arp.dst.proto_ipv4': {
      const asked = askedIn(trace, packet.id);
      return asked === undefined ? undefined : whyFilled.asker[language]({host, packet: asked});
    }
    default: {
      const field = row.field?.name ?? '';
      return (
        headerReason(view, packet, row, () => askedBy(trace, record)) ??
        (field.startsWith('tls.alert_message') ? alertText(view, packet.id) : undefined) ??
        (payloads.has(field) ? payloadText(view, record, {size: sizeReason(view, packet.id)}) : undefined) ??
        valueText(field, value, language) ??
        (isCarried(packet, row)
          ? payloadText(view, record, isSealed(packet, row) ? {by: 'TLS'} : {})
          : undefined)
      );
    }
  }
};
