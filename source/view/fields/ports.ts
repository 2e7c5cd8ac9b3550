// Explains ports, and the data in TCP segments and UDP datagrams: where the sender has them from, and whether the MSS, the window or the
// data limited a segment's size (RFC 768, RFC 9293 §3.1, §3.7, §3.8.6).
import {entriesOf, entryAt, worldAt} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {mssOf} from '../../observe/observed-end.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import {sizesOf} from '../../sim/operands.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import type {Transport} from '../../wire/ip-packet.ts';
import {oncePer} from '../../wire/once-per.ts';
import {seqAdd, seqDiff} from '../../wire/seq.ts';
import {serviceAt} from '../../wire/service-ports.ts';
import {hasFlag, isBareSyn, type TcpSegment} from '../../wire/tcp.ts';
import {whyField, whyFilled, whySize} from '../../words/catalogue/why.ts';
import {rowTree} from '../bytes/inspector-rows.ts';
import {answersTo} from '../time/waypoints.ts';
import {stampedText} from '../why/captured-reason.ts';
import {isForged, isForgedAnswer} from '../why/forged-entry.ts';
import type {Asked, Entry, Source} from './entry.ts';

type Way = {readonly from: string; readonly to: string; readonly kind: string};

/** Returns a packet's source and destination, each as an address with a port, and its transport protocol; undefined if it has no ports. */
const wayOf = (packet: PacketRecord): Way | undefined => {
  const ip = ipPacketOf(packet);
  const transport = ip?.transport;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return undefined;
  const {srcPort, dstPort} = transport.kind === 'tcp' ? transport.segment : transport.datagram;
  return {from: `${ip?.src} ${srcPort}`, to: `${ip?.dst} ${dstPort}`, kind: transport.kind};
};

/** The lowest destination port of traceroute's UDP probes. Nobody listens at these ports, so no service explains them. */
const triedPorts = 33_434;

/** The number of packets that are searched backwards for the one that a packet answers. */
const searched = 400;

/** Returns the numbers of the packets that a device on the path altered. Their ports may have changed on the way. */
const alteredIn = oncePer(
  (trace: Trace): ReadonlySet<number> =>
    new Set([...entriesOf(trace, 'arrive')].flatMap(({altered, packet}) => (altered ? [packet] : []))),
);

/**
 * Returns the numbers of earlier packets with the same two addresses and ports, in either direction: for TCP only the connection's first
 * packet if it is known, for UDP the nearest first.
 */
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

const isOpening = (transport: Transport | undefined): boolean =>
  transport?.kind === 'tcp' && isBareSyn(transport.segment);

/**
 * Returns the packet from which the sender knows the other end's port: the first of the TCP connection, or the datagram that is answered
 * (with `began`, the conversation's first). undefined if the sender knew the port beforehand or opens the connection, even if both ends do
 * (RFC 9293 §3.5).
 */
const toldBy = (trace: Trace, packet: PacketRecord, began = false): number | undefined => {
  const own = isOpening(ipPacketOf(packet)?.transport) ? undefined : wayOf(packet);
  const all = own ? beforeIt(trace, packet, own) : [];
  const id = began && own?.kind === 'udp' ? all.at(-1) : all[0];
  return id !== undefined && wayOf(packetOf(trace, id))?.from === own?.to ? id : undefined;
};

/** Returns the packet that `packet` answers, if the other end began the conversation; otherwise undefined. */
export const askedBy = (trace: Trace, packet: PacketRecord): number | undefined =>
  toldBy(trace, packet, true) === undefined ? undefined : toldBy(trace, packet);

/** Returns the last earlier packet with the data that this segment retransmits; undefined if it is no retransmission. */
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

/**
 * Returns the number of octets of the SACK option, with the two NOPs before it (RFC 2018 §3). The timestamps are not counted, because the
 * MSS in use already excludes them.
 */
const sackBytes = ({options}: TcpSegment): number =>
  options.reduce((sum, option) => sum + (option.kind === 'sack' ? 4 + 8 * option.blocks.length : 0), 0);

/**
 * Explains why a segment of a simulated run has its size; undefined if a special rule decided the size. A retransmission keeps its earlier
 * size, unless the window has shrunk.
 */
const decidedText = ({trace, language, record: packet}: Asked, segment: TcpSegment): string | undefined => {
  const {after} = operandsOf(trace, entryAt(trace, packet.sendEvent));
  if (!after) return undefined;
  const {snd, mss, sendWaiting} = after;
  const [bytes, sack] = [segment.payload.length, sackBytes(segment)];
  const edge = seqAdd(snd.una, snd.wnd);
  const room = seqDiff(edge, segment.seq);
  if (packet.retransmission) {
    const beyond = seqDiff(snd.nxt, edge);
    return bytes === room && beyond > 0 ? whySize.shrunk[language]({bytes, beyond}) : undefined;
  }
  const handedOver = seqAdd(snd.nxt, sizesOf.unsent(after) + sendWaiting.length);
  const left = seqDiff(handedOver, segment.seq) - bytes;
  if (bytes === mss - sack) return whySize.full[language]({sack, left, mss});
  if (left === 0) return whySize.rest[language]({bytes});
  return bytes === room ? whySize.window[language]({bytes, left}) : undefined;
};

/** Explains by the MSS options of both SYNs why a captured TCP segment has its size; undefined if the SYNs were not captured. */
const capturedText = ({trace, language, record: packet}: Asked, segment: TcpSegment): string | undefined => {
  const {id, sendEvent, from} = packet;
  const connection = trace.connectionPackets?.of(id);
  const end = connection === undefined ? undefined : endsAt(trace, connection, sendEvent).get(from);
  const most = end && mssOf(end, ipPacketOf(packet)?.version ?? 4);
  if (most === undefined) return undefined;
  const bytes = segment.payload.length + sackBytes(segment);
  if (packet.bytes.length < packet.originalLength)
    return whySize.snapped[language]({bytes: segment.payload.length});
  if (bytes < most) return whySize.less[language]({most});
  if (bytes > most) return whySize.large[language]({most});
  return stampedText(trace, entryAt(trace, sendEvent))?.[language] ?? whySize.named[language]({bytes: most});
};

/** Explains why a TCP segment has its size; undefined if it has no data, if the reason is unknown, or if a question asks for the number. */
export const sizeReason = (asked: Asked): string | undefined => {
  const segment = segmentOf(asked.record);
  const bytes = segment?.payload.length ?? 0;
  if (!segment || bytes === 0 || answersTo(asked.view.hidden).includes(String(bytes))) return undefined;
  return (asked.trace.connectionPackets ? capturedText : decidedText)(asked, segment);
};

/**
 * Explains that a program handed the data of a packet to the protocol `by`; `size` is a sentence on why the packet has this many octets.
 */
const payload = ({trace, record, language}: Asked, by?: string, size?: string): string | undefined => {
  const carrier = by ?? wayOf(record)?.kind.toUpperCase();
  return carrier && whyFilled.payload[language]({packet: carrierBefore(trace, record), by: carrier, size});
};

export const handedOver: Source = (asked) => payload(asked, undefined, sizeReason(asked));

/** Explains where the data come from that TCP carries unparsed or that a TLS record contains; undefined for other layers. */
export const carried: Source = (asked) => {
  const {packet, layer, row} = asked;
  const layers = rowTree(packet).map((each) => each.layer);
  const place = layers.indexOf(layer);
  const tcp = layers.findIndex(({protocol, quoted}) => protocol === 'tcp' && !quoted);
  if (tcp < 0 || place <= tcp || row.end <= row.start) return undefined;
  const first = (protocol: string): number => layers.findIndex((each) => each.protocol === protocol);
  const isSealed = layer.protocol !== 'tls' && first('tls') >= 0 && first('tls') < first(layer.protocol);
  return payload(asked, isSealed ? 'TLS' : undefined);
};

/**
 * Tells whether the sender's program called `connect` with the destination port `port` (and, if `own` is given, with that port as its own).
 */
const isCalled = (trace: Trace, {from, sendEvent}: PacketRecord, port: number, own?: number): boolean =>
  [...entriesOf(trace, 'call')].some(
    ({n, host, action}) =>
      n < sendEvent &&
      host === from &&
      action.call === 'connect' &&
      action.to.port === port &&
      (own === undefined || action.from === own),
  );

/**
 * Explains the destination port of a packet that answers no other: the program named it, or it is the port of a service. undefined for
 * responses whose query was not captured, and for traceroute's ports.
 */
const beginnersPort = ({trace, record, language, host}: Asked, port: number): string | undefined => {
  const transport = ipPacketOf(record)?.transport;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return undefined;
  const of = serviceAt(transport.kind, port);
  if (transport.kind === 'tcp' && isCalled(trace, record, port))
    return whyFilled.called[language]({host, port, of});
  if (of !== undefined) return whyFilled.service[language]({host, port, of});
  const begins =
    transport.kind === 'tcp' ? hasFlag(transport.segment, 'SYN') : record.id <= searched && port < triedPorts;
  return worldAt(trace, 0) && begins ? whyFilled.named[language]({host}) : undefined;
};

export const othersPort: Entry = {
  from(asked) {
    const {trace, record, language, first, field} = asked;
    if (isForgedAnswer(trace, record)) return whyFilled.guessed[language]({host: first});
    const packet = toldBy(trace, record);
    return packet === undefined
      ? beginnersPort(asked, Number(field.value))
      : whyFilled.port[language]({host: first, packet});
  },
};

/**
 * Tells whether a packet's sender began the conversation: it opened the TCP connection, or it sends UDP to a service's port from a port of
 * no service.
 */
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

/** The registry entry of the source port; nothing is explained if it is unknown which end began. */
export const ownPort: Entry = {
  from(asked) {
    const {trace, record, language, host, first, field} = asked;
    if (isForgedAnswer(trace, record)) return whyFilled.posed[language]({host: first});
    const packet = toldBy(trace, record, true);
    if (packet !== undefined) return whyFilled.own[language]({host, packet});
    if (!hasBegun(trace, record)) return undefined;
    // The end that began the conversation has its port from its program, or picked a free one, or forged it.
    if (isForged(trace, record)) return whyField.forged[language]({host});
    const [to, port] = [segmentOf(record)?.dstPort, Number(field.value)];
    return to !== undefined && isCalled(trace, record, to, port)
      ? whyFilled.chosen[language]({host, port})
      : whyFilled.ephemeral[language]({host: first});
  },
};
