// Explains, for *Why?*, why a captured packet was sent, by the rules of ARP, IP fragments, ICMP, DHCP, QUIC and other protocols than TCP,
// where they leave no doubt.

import {citation} from '../../account/citation.ts';
import {entryAt} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import type {Trace} from '../../sim/trace.ts';
import type {ArpMessage} from '../../wire/arp.ts';
import {http2ErrorName} from '../../wire/http2/http2-error.ts';
import {sameBytes} from '../../wire/octets.ts';
import {ruleReasons as say} from '../../words/catalogue/player.ts';
import {alertReason} from './alert-reason.ts';
import {dnsReason} from './dns-reason.ts';
import {quicReason} from './quic-reason.ts';

type Reason = {
  readonly text: Text;
  /** The clause of the RFC that gives the reason for a captured packet. */
  readonly clause: string;
};

/** The operation code of an ARP request, `ares_op` (RFC 826). */
export const arpRequest = 1;

/** The sender address in an ARP probe, with which a host asks whether an address is free (RFC 5227 §2.1.1). */
const unspecified = '0.0.0.0';

export const arpOf = (trace: Trace, packet: number): ArpMessage | undefined => {
  const payload = packetOf(trace, packet).frame?.payload;
  return payload?.kind === 'arp' ? payload.message : undefined;
};

const fieldValue = (trace: Trace, packet: number, wanted: string): string | undefined =>
  packetLayers(trace, packet)
    .layers.flatMap((layer) => layer.fields)
    .find(({name}) => name === wanted)?.value;

const everybody = 'ff:ff:ff:ff:ff:ff';

/** Tells whether a frame's link address is that of one station, not broadcast; false for cooked link headers, which name no receiver. */
const isForOne = (trace: Trace, packet: number): boolean => {
  const {dst = ''} = packetOf(trace, packet).frame ?? {};
  return dst !== '' && dst !== everybody;
};

/**
 * Tells whether an ARP message wants an answer: it neither announces the sender's address nor probes whether one is free (RFC 5227 §2.1.1,
 * §2.3).
 */
export const asksAround = ({senderIp, targetIp}: ArpMessage): boolean =>
  senderIp !== targetIp && senderIp !== unspecified;

const arpReason = (trace: Trace, packet: number): Text | undefined => {
  const message = arpOf(trace, packet);
  if (message?.operation !== arpRequest) return undefined;
  const {targetIp: address} = message;
  if (!asksAround(message)) return worded(say.arpTells, {address});
  return worded(isForOne(trace, packet) ? say.arpPolls : say.arpRequest, {address});
};

const protocols: {readonly [number: number]: string} = {1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6'};

const fragmentReason = (trace: Trace, packet: number): Text | undefined => {
  const {payload} = packetOf(trace, packet).frame ?? {};
  const ip = payload?.kind === 'ip' ? payload.packet : undefined;
  if (ip?.fragment === undefined || ip.transport.kind !== 'raw') return undefined;
  const {protocol, payload: piece} = ip.transport;
  const id = fieldValue(trace, packet, ip.version === 4 ? 'ip.id' : 'ipv6.fraghdr.ident') ?? '';
  const {offset} = ip.fragment;
  return worded(say.fragment, {
    protocol: protocols[protocol] ?? `IP ${protocol}`,
    first: offset,
    last: offset + piece.length - 1,
    id: id.replace(/^0x/, ''),
    version: `${ip.version}`,
  });
};

/** Texts by the type of a DHCP message (RFC 2132 §9.6). */
const dhcpTexts: {readonly [type: string]: Text} = say.dhcp;

const dhcpReason = (trace: Trace, packet: number): Text | undefined => {
  const type = fieldValue(trace, packet, 'dhcp.option.dhcp');
  return type === undefined ? undefined : (dhcpTexts[type] ?? say.dhcp.other);
};

const http2Reason = (trace: Trace, packet: number): Reason | undefined => {
  const error = fieldValue(trace, packet, 'http2.goaway.error');
  if (error !== undefined) {
    const last = fieldValue(trace, packet, 'http2.goaway.last_stream_id') ?? '';
    const code = Number(error);
    const text = worded(say.goaway, {error: http2ErrorName(code), last, quiet: code === 0});
    return {text, clause: citation('9113 §6.8')};
  }
  if (fieldValue(trace, packet, 'http2.rst_stream.error') === undefined) return undefined;
  return {text: say.broken, clause: citation('9113 §6.4')};
};

const dnsMessageReason = (trace: Trace, packet: number): Reason | undefined => {
  const text = dnsReason(trace, packet);
  return text && {text, clause: citation('1035 §4.1.1')};
};

/**
 * Explains a packet by the TLS alert, HTTP/2 frame or DNS message in it, over any transport; undefined if none of these gives a certain
 * reason.
 */
export const carriedReason = (trace: Trace, packet: number): Reason | undefined =>
  alertReason(trace, packet) ?? http2Reason(trace, packet) ?? dnsMessageReason(trace, packet);

const anyAddress = '::';

/** The multicast address of all routers that understand MLDv2 reports (RFC 3810 §5.2.14). */
const reportRouters = 'ff02::16';

type IcmpReason = Exclude<keyof typeof say.icmp, 'wants'> | keyof typeof say.icmpErrors;

/** The keys of the texts on what an ICMP message means, by its type and code (RFC 792, RFC 1812 §5.2.7). */
const icmpReasons: {readonly [message: string]: IcmpReason} = {
  ...{
    '3.0': 'net',
    '3.1': 'host',
    '3.2': 'protocol',
    '3.3': 'port',
    '3.4': 'tooBig',
    '3.6': 'net',
    '3.7': 'host',
  },
  ...{'3.9': 'filtered', '3.10': 'filtered', '3.13': 'filtered', '11.0': 'hops', '11.1': 'pieces'},
  ...{'8.0': 'echo', '0.0': 'echoed'},
};

/** The keys of the texts on what an ICMPv6 message means, by its type and code (RFC 4443 §3, §4; RFC 4861 §4; RFC 3810 §5.2). */
const icmpv6Reasons: {readonly [message: string]: IcmpReason} = {
  ...{
    '1.0': 'net',
    '1.1': 'filtered',
    '1.3': 'host',
    '1.4': 'port',
    '2.0': 'tooBig',
    '3.0': 'hops',
    '3.1': 'pieces',
  },
  ...{'128.0': 'echo', '129.0': 'echoed', '133.0': 'solicits', '134.0': 'advertises', '143.0': 'listens'},
  ...{'135.0': 'neighbour', '136.0': 'tells'},
};

type Icmp = {
  readonly reason: IcmpReason;
  readonly src: string;
  readonly dst: string;
  readonly icmpField: (name: string) => string | undefined;
  /** The octets of an ICMP message after its header of 8 octets. */
  readonly body: Uint8Array;
};

const icmpOf = (trace: Trace, packet: number): Icmp | undefined => {
  const {payload} = packetOf(trace, packet).frame ?? {};
  const ip = payload?.kind === 'ip' ? payload.packet : undefined;
  const kind = ip?.transport.kind;
  if (kind !== 'icmp' && kind !== 'icmpv6') return undefined;
  const layers = packetLayers(trace, packet).layers.filter(({quoted}) => !quoted);
  const fields = layers.flatMap((layer) => layer.fields);
  const {start = 0} = layers.find(({protocol}) => protocol === kind) ?? {};
  const body = packetOf(trace, packet).bytes.subarray(start + icmpHeader);
  const icmpField = (name: string): string | undefined =>
    fields.find((field) => field.name === `${kind}.${name}`)?.value;
  const reasons = kind === 'icmp' ? icmpReasons : icmpv6Reasons;
  const reason = reasons[`${icmpField('type')}.${icmpField('code')}`];
  return reason && ip && {reason, src: ip.src, dst: ip.dst, icmpField, body};
};

const icmpHeader = 8;
/** The size in octets of a record in an MLDv2 report without sources: type, counts and group (RFC 3810 §5.2). */
const recordHead = 20;
/** The highest type of a group record in an MLDv2 report that answers a query; higher types report a change (RFC 3810 §5.2.12). */
const isInForce = 2;

/** Returns what caused an MLDv2 report: a query or a change; undefined if its records are of both kinds, or not all were captured. */
const reportCause = ({icmpField, body}: Icmp): 'asked' | 'changed' | undefined => {
  const count = Number(icmpField('mldr.nb_mcast_records'));
  const answers = new Set<boolean>();
  for (let at = 0, nth = 0; nth < count; nth += 1) {
    const [type, words = 0, high = 0, low = 0] = body.subarray(at, at + 4);
    if (type === undefined) return undefined;
    answers.add(type <= isInForce);
    at += recordHead + 16 * (256 * high + low) + 4 * words;
  }
  const [isAnswer] = answers;
  return answers.size === 1 ? (isAnswer ? 'asked' : 'changed') : undefined;
};

/** Returns the captured neighbour solicitation that a neighbour advertisement answers (RFC 4861 §7.2.4); undefined if there is none. */
const solicitedBy = (trace: Trace, packet: number, {dst}: Icmp, address: string): number | undefined => {
  for (let id = packet - 1; id > Math.max(0, packet - searched); id -= 1) {
    const earlier = icmpOf(trace, id);
    if (earlier?.reason !== 'neighbour' || earlier.src !== dst) continue;
    if (earlier.icmpField('nd.ns.target_address') === address) return id;
  }
  return undefined;
};

/**
 * Returns the IP address and the hardware address that an ARP or neighbour discovery message announces (RFC 826, RFC 4861 §4.6.1);
 * undefined for other packets.
 */
export const stationTold = (
  trace: Trace,
  packet: number,
): {readonly ip: string; readonly station: string} | undefined => {
  const arp = arpOf(trace, packet);
  if (arp) return {ip: arp.senderIp, station: arp.senderMac};
  const found = icmpOf(trace, packet);
  const station = found?.icmpField('opt.linkaddr');
  return found && station ? {ip: found.icmpField('nd.na.target_address') ?? found.src, station} : undefined;
};

const isGroup = (address: string): boolean => address.startsWith('ff');

const neighbourReason = (trace: Trace, packet: number, found: Icmp): Text => {
  const {reason, src, dst, icmpField} = found;
  const address = icmpField('nd.ns.target_address') ?? icmpField('nd.na.target_address') ?? '';
  if (reason === 'tells') {
    const asked = icmpField('nd.na.flag.s') === '1';
    const by = asked ? solicitedBy(trace, packet, found, address) : undefined;
    return worded(say.icmp.tells, {address, asked, packet: by});
  }
  // A neighbour solicitation that is sent to one station, not to a group, checks whether the address is still valid (RFC 4861 §7.3.3).
  const polls = !isGroup(dst);
  return src === anyAddress
    ? worded(say.icmp.wants, {address})
    : worded(say.icmp.neighbour, {address, polls});
};

/** How many packets are searched, backwards, for an earlier ICMP message that explains this one. */
const searched = 2000;

/**
 * Tells whether this router solicitation repeats an earlier one of the same host that no router advertisement has followed
 * (RFC 4861 §6.3.7, RFC 7559 §2).
 */
const solicitedBefore = (trace: Trace, packet: number, src: string): boolean => {
  for (let id = packet - 1; id > Math.max(0, packet - searched); id -= 1) {
    const earlier = icmpOf(trace, id);
    if (earlier?.reason === 'advertises') return false;
    if (earlier?.reason === 'solicits' && earlier.src === src) return true;
  }
  return false;
};

/**
 * The longest time in µs between an MLDv2 report and its repetition: a random delay of up to 1 s (RFC 3810 §6.1, §9.11), and the time in
 * which a host gets its address.
 */
const repeatedUs = 2_000_000;

const unset = '::';

type Repeated = {readonly packet: number | undefined; readonly unset: boolean};

/**
 * Returns the packet with the station's previous MLDv2 report if this one repeats it; `unset`: it was sent before the station had an
 * address (RFC 3590 §4).
 */
const reportedBefore = (trace: Trace, packet: number, {src, body}: Icmp): Repeated => {
  const timeOf = (id: number): number => entryAt(trace, packetOf(trace, id).sendEvent).atUs;
  // Cooked link headers may name no station, so that no earlier report can be found.
  const station = packetOf(trace, packet).frame?.src || undefined;
  for (let id = packet - 1; station && id > 0 && timeOf(packet) - timeOf(id) <= repeatedUs; id -= 1) {
    if (packetOf(trace, id).frame?.src !== station) continue;
    const earlier = icmpOf(trace, id);
    if (earlier?.reason !== 'listens') continue;
    const isSame = sameBytes(earlier.body, body);
    return {packet: isSame ? id : undefined, unset: isSame && earlier.src === unset && src !== unset};
  }
  return {packet: undefined, unset: false};
};

const listenerReason = (trace: Trace, packet: number, found: Icmp): Text => {
  const how = reportCause(found) ?? 'either';
  const again = how === 'changed' ? reportedBefore(trace, packet, found) : undefined;
  return worded(say.icmp.listens, {
    ...{routers: found.dst === reportRouters, how},
    ...{packet: again?.packet, unset: again?.unset ?? false},
  });
};

const isError = (reason: IcmpReason): reason is keyof typeof say.icmpErrors =>
  Object.hasOwn(say.icmpErrors, reason);

/** Explains what an ICMP error says about the packet `about`, which it quotes; undefined if the message is no error. */
export const errorReason = (trace: Trace, packet: number, about: number): Text | undefined => {
  const reason = icmpOf(trace, packet)?.reason;
  return reason && isError(reason) ? worded(say.icmpErrors[reason], {packet: about}) : undefined;
};

const icmpReason = (trace: Trace, packet: number): Text | undefined => {
  const found = icmpOf(trace, packet);
  if (found === undefined) return undefined;
  const {reason, src} = found;
  if (isError(reason)) return worded(say.icmpErrors[reason], {packet: undefined});
  if (reason === 'listens') return listenerReason(trace, packet, found);
  if (reason === 'solicits') return worded(say.icmp.solicits, {again: solicitedBefore(trace, packet, src)});
  if (reason === 'neighbour' || reason === 'tells') return neighbourReason(trace, packet, found);
  return say.icmp[reason];
};

/** Explains why a captured packet of another protocol than TCP was sent; undefined if the protocols' rules leave that open. */
export const protocolReason = (trace: Trace, packet: number): Text | undefined =>
  arpReason(trace, packet) ??
  fragmentReason(trace, packet) ??
  carriedReason(trace, packet)?.text ??
  quicReason(trace, packet) ??
  icmpReason(trace, packet) ??
  dhcpReason(trace, packet);
