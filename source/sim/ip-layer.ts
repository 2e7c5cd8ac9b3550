// The layer between a host's protocols and its links: route, neighbour, packet numbers, and the ICMP messages that a host sends
// (RFC 1122 §3.2.2).
import {type ArpStep, arpHear, arpTimeout, arpWait} from '../stack/ip/arp.ts';
import type {IpBecause} from '../stack/ip/rules.ts';
import type {ArpMessage, Frame, IpAddress, IpPacket, MacAddress} from '../wire/frame.ts';
import {icmpError} from '../wire/icmp-quote.ts';
import {changeHost, type Draft, emit, hostOf, schedule} from './draft.ts';
import {linkNow, transmit} from './link.ts';
import {type Interface, routeTo} from './topology.ts';
import type {Tag, Waiting} from './world.ts';

const broadcast: MacAddress = 'ff:ff:ff:ff:ff:ff';
/** The TTL of the packets that a host makes: that of RFC 1700, which Linux uses, too. */
const initialTtl = 64;
const unknownMac: MacAddress = '00:00:00:00:00:00';

/** Returns the next number for a frame and counts it: packets upwards from 1, ARP frames downwards from −1. */
const nextNumber = (draft: Draft, kind: Frame['payload']['kind']): number => {
  const {packetCount, arpCount} = draft.world;
  if (kind === 'arp') {
    draft.world = {...draft.world, arpCount: arpCount + 1};
    return -(arpCount + 1);
  }
  draft.world = {...draft.world, packetCount: packetCount + 1};
  return packetCount + 1;
};

const putOnLink = (
  draft: Draft,
  host: string,
  {frame, via, tag, forNobody}: {frame: Frame; via: Interface; tag: Tag; forNobody?: true},
): void => {
  const link = linkNow(draft, via.link);
  if (!link) return;
  const {payload} = frame;
  const {forwarded, ...rest} = tag;
  const {packet, hop} = forwarded ?? {packet: nextNumber(draft, payload.kind), hop: 0};
  const nobody = forNobody ? {forNobody} : {};
  transmit(draft, {host, link, frame, packet, hop, ...rest, ...nobody}, endsOf(draft, host, frame, hop));
};

/**
 * Returns the hosts at both ends of a packet's way. The host that first sends the packet is its origin, even if the source address is
 * forged.
 */
const endsOf = (draft: Draft, host: string, {payload}: Frame, hop: number) => {
  if (payload.kind !== 'ip') return {from: host, to: undefined};
  const {ownerOf} = draft.plan.topology;
  const {src, dst} = payload.packet;
  return {from: hop === 0 ? host : ownerOf.get(src), to: ownerOf.get(dst)};
};

const putPacket = (
  draft: Draft,
  host: string,
  {item, via, mac}: {item: Waiting; via: Interface; mac: MacAddress | undefined},
): void => {
  const frame: Frame = {src: via.mac, dst: mac ?? unknownMac, payload: {kind: 'ip', packet: item.packet}};
  const nobody = mac === undefined ? ({forNobody: true} as const) : {};
  putOnLink(draft, host, {frame, via, tag: item.tag, ...nobody});
};

type ArpWords = {readonly operation: 1 | 2; readonly targetMac: MacAddress; readonly targetIp: IpAddress};

const putArp = (draft: Draft, host: string, via: Interface, words: ArpWords): void => {
  const message: ArpMessage = {...words, senderMac: via.mac, senderIp: via.ip};
  const dst = words.operation === 1 ? broadcast : words.targetMac;
  putOnLink(draft, host, {
    frame: {src: via.mac, dst, payload: {kind: 'arp', message}},
    via,
    tag: {
      retransmission: false,
      because: `1122:2.3.2/arp/${words.operation === 1 ? 'ask' : 'answer'}` as const,
    },
  });
};

const obeyArp = (draft: Draft, host: string, via: Interface, step: ArpStep<Waiting>): void => {
  changeHost(draft, host, {arp: step.arp});
  for (const effect of step.effects) {
    if (effect.kind === 'ask') {
      putArp(draft, host, via, {operation: 1, targetMac: unknownMac, targetIp: effect.ip});
      schedule(draft, effect.dueUs, {kind: 'arp', host, ip: effect.ip});
    } else if (effect.kind === 'answer')
      putArp(draft, host, via, {operation: 2, targetMac: effect.mac, targetIp: effect.ip});
    else if (effect.kind === 'resolved') putPacket(draft, host, {item: effect.item, via, mac: effect.mac});
    else refuse(draft, host, effect.item);
  }
};

const refuse = (draft: Draft, host: string, {packet, tag}: Waiting): void => {
  const {packet: number, hop} = tag.forwarded ?? {packet: nextNumber(draft, 'ip'), hop: 0};
  if (!tag.forwarded) {
    // A packet without a route never leaves, but it gets a number and a `send` event, so that a viewer sees that it was made and dropped.
    const frame: Frame = {src: unknownMac, dst: unknownMac, payload: {kind: 'ip', packet}};
    emit(draft, {
      kind: 'send',
      host,
      packet: number,
      hop,
      to: host,
      dueUs: draft.nowUs,
      lost: true,
      retransmission: tag.retransmission,
      frame,
      faults: [],
      because: tag.because,
    });
  }
  emit(draft, {kind: 'drop', host, packet: number, hop, reason: 'no route', because: '1122:3.3.1/no-route'});
  if (tag.forwarded) tellUnreachable(draft, host, packet, 'host');
};

/**
 * The types and codes of ICMP messages: what cannot be reached, and what else a router reports of a packet (RFC 1812 §5.2.7, RFC 4443 §3).
 */
const icmpKinds = {
  network: {4: {type: 3, code: 0}, 6: {type: 1, code: 0}},
  host: {4: {type: 3, code: 1}, 6: {type: 1, code: 3}},
  port: {4: {type: 3, code: 3}, 6: {type: 1, code: 4}},
  'admin-prohibited': {4: {type: 3, code: 13}, 6: {type: 1, code: 1}},
  'too-big': {4: {type: 3, code: 4}, 6: {type: 2, code: 0}},
  ttl: {4: {type: 11, code: 0}, 6: {type: 3, code: 0}},
} as const;

export type IcmpKind = keyof typeof icmpKinds;

type IcmpTold = {
  readonly what: IcmpKind;
  readonly rest?: number;
  readonly because: IpBecause;
};

/**
 * Returns a packet as its maker sends it. Identification 0 with DF is allowed, because it has no meaning in an atomic packet
 * (RFC 6864 §4.1).
 */
export const ownPacket = (
  {
    src,
    dst,
    trafficClass = 0,
  }: Pick<IpPacket, 'src' | 'dst'> & {readonly trafficClass?: IpPacket['trafficClass']},
  transport: IpPacket['transport'],
): IpPacket => ({
  version: src.includes(':') ? 6 : 4,
  ...{src, dst, ttl: initialTtl, id: 0, dontFragment: true, trafficClass, transport},
});

/** Returns the ICMP type and code of an error over IPv4 or IPv6. */
export const icmpOf = (what: IcmpKind, version: 4 | 6): {readonly type: number; readonly code: number} =>
  icmpKinds[what][version];

/**
 * Returns the route by which a host sends an ICMP error about a packet to the packet's sender; undefined if there is no route, or if the
 * packet is ICMP itself.
 */
export const wayBack = (draft: Draft, host: string, {src, transport}: IpPacket) =>
  transport.kind === 'icmp' || transport.kind === 'icmpv6'
    ? undefined
    : routeTo(draft.plan.topology, host, src);

/** Sends an error about `packet` to its sender, but never about an ICMP message (RFC 1812 §4.3.2.7). */
export const sendIcmpError = (
  draft: Draft,
  host: string,
  packet: IpPacket,
  {what, rest = 0, because}: IcmpTold,
): void => {
  const back = wayBack(draft, host, packet);
  if (!back) return;
  const {version, src: dst} = packet;
  const message = icmpError(packet, {...icmpOf(what, version), rest});
  const ends = {src: back.interface.ip, dst};
  const error = ownPacket(ends, {kind: version === 4 ? 'icmp' : 'icmpv6', message});
  sendPacket(draft, host, {
    packet: {...error, dontFragment: version === 4},
    tag: {retransmission: false, because},
  });
};

/** Reports a packet as unreachable, if the router does so. Many routers stay silent, which is the lessons' default. */
export const tellUnreachable = (
  draft: Draft,
  host: string,
  packet: IpPacket,
  what: 'network' | 'host',
): void => {
  if (!draft.plan.topology.hosts.get(host)?.unreachable) return;
  sendIcmpError(draft, host, packet, {what, because: `1812:5.2.7.1/unreachable/${what}`});
};

export const sendPacket = (draft: Draft, host: string, item: Waiting): void => {
  const route = routeTo(draft.plan.topology, host, item.packet.dst);
  if (!route) {
    refuse(draft, host, item);
    return;
  }
  const {arp} = hostOf(draft, host);
  const mac = arp.known[route.nextHop];
  // Without ARP, every host knows the MAC addresses of all its neighbours from the start, so an unknown address belongs to nobody.
  if (mac !== undefined || !draft.plan.scenario.arp)
    putPacket(draft, host, {item, via: route.interface, mac});
  else obeyArp(draft, host, route.interface, arpWait(arp, route.nextHop, {item, nowUs: draft.nowUs}));
};

export const hearArp = (draft: Draft, host: string, via: Interface, message: ArpMessage): void =>
  obeyArp(draft, host, via, arpHear(hostOf(draft, host).arp, message, via.ip));

/**
 * Tells whether a host's ARP search for this address times out now; false if it was answered meanwhile, so that no instant is made for it.
 */
export const isArpDue = (draft: Draft, host: string, ip: IpAddress): boolean =>
  hostOf(draft, host).arp.searches[ip]?.dueUs === draft.nowUs;

export const timeoutArp = (draft: Draft, host: string, ip: IpAddress): void => {
  const route = routeTo(draft.plan.topology, host, ip);
  if (route) obeyArp(draft, host, route.interface, arpTimeout(hostOf(draft, host).arp, ip, draft.nowUs));
};
