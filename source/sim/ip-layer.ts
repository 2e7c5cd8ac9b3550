// Between a host's protocols and its links: route, neighbour, the packet's number; forwarding by routers (RFC 1812 §5.2).
import {type ArpStep, arpHear, arpTimeout, arpWait} from '../stack/ip/arp.ts';
import type {ArpMessage, Frame, IpAddress, IpPacket, MacAddress} from '../wire/frame.ts';
import {icmpError} from '../wire/icmp-quote.ts';
import {ipPacketLength} from '../wire/ip-packet.ts';
import {changeHost, type Draft, emit, hostOf, schedule} from './draft.ts';
import {transmit} from './link.ts';
import type {Interface} from './topology.ts';
import type {Tag, Waiting} from './world.ts';

const broadcast: MacAddress = 'ff:ff:ff:ff:ff:ff';
/** RFC 1700; Linux has it too. */
export const initialTtl = 64;
const unknownMac: MacAddress = '00:00:00:00:00:00';

/** ARP frames are counted apart, downwards. */
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
  {frame, via, tag}: {frame: Frame; via: Interface; tag: Tag},
): void => {
  const {links, ownerOf} = draft.plan.topology;
  const link = links.get(via.link);
  if (!link) return;
  const {payload} = frame;
  const ends =
    payload.kind === 'ip'
      ? {from: ownerOf.get(payload.packet.src), to: ownerOf.get(payload.packet.dst)}
      : {from: host, to: undefined};
  const {forwarded, ...rest} = tag;
  const {packet, hop} = forwarded ?? {packet: nextNumber(draft, payload.kind), hop: 0};
  transmit(draft, {host, link, frame, packet, hop, ...rest}, ends);
};

const putPacket = (
  draft: Draft,
  host: string,
  {item, via, mac}: {item: Waiting; via: Interface; mac: MacAddress},
): void => {
  const frame: Frame = {src: via.mac, dst: mac, payload: {kind: 'ip', packet: item.packet}};
  putOnLink(draft, host, {frame, via, tag: item.tag});
};

type ArpWords = {readonly operation: 1 | 2; readonly targetMac: MacAddress; readonly targetIp: IpAddress};

const putArp = (draft: Draft, host: string, via: Interface, words: ArpWords): void => {
  const message: ArpMessage = {...words, senderMac: via.mac, senderIp: via.ip};
  const dst = words.operation === 1 ? broadcast : words.targetMac;
  putOnLink(draft, host, {
    frame: {src: via.mac, dst, payload: {kind: 'arp', message}},
    via,
    tag: {retransmission: false},
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
    // A packet that never left is still the host's n-th: it is seen to be made and to die.
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
    });
  }
  emit(draft, {kind: 'drop', host, packet: number, hop, reason: 'no route'});
};

export const sendPacket = (draft: Draft, host: string, item: Waiting): void => {
  const route = draft.plan.topology.routes.get(host)?.get(item.packet.dst);
  if (!route) {
    refuse(draft, host, item);
    return;
  }
  const {arp} = hostOf(draft, host);
  const mac = arp.known[route.nextHop];
  if (mac !== undefined) putPacket(draft, host, {item, via: route.interface, mac});
  else obeyArp(draft, host, route.interface, arpWait(arp, route.nextHop, {item, nowUs: draft.nowUs}));
};

export const hearArp = (draft: Draft, host: string, via: Interface, message: ArpMessage): void =>
  obeyArp(draft, host, via, arpHear(hostOf(draft, host).arp, message, via.ip));

/** Does this search still wait? What has been answered meanwhile makes no instant. */
export const isArpDue = (draft: Draft, host: string, ip: IpAddress): boolean =>
  hostOf(draft, host).arp.searches[ip]?.dueUs === draft.nowUs;

export const timeoutArp = (draft: Draft, host: string, ip: IpAddress): void => {
  const route = draft.plan.topology.routes.get(host)?.get(ip);
  if (route) obeyArp(draft, host, route.interface, arpTimeout(hostOf(draft, host).arp, ip, draft.nowUs));
};

const timeExceeded = {4: {type: 11, code: 0, rest: 0}, 6: {type: 3, code: 0, rest: 0}} as const;
const packetTooBig = {4: {type: 3, code: 4}, 6: {type: 2, code: 0}} as const;

const mtuTo = (draft: Draft, host: string, dst: IpAddress): number | undefined => {
  const {routes, links} = draft.plan.topology;
  const route = routes.get(host)?.get(dst);
  return route && links.get(route.interface.link)?.mtu;
};

type Refusal = {
  readonly arrived: {packet: number; hop: number};
  readonly type: number;
  readonly code: number;
  readonly rest: number;
};

/** The packet dies here and its sender is told why; an error about an error is not sent (RFC 1812 §4.3.2.7). */
const refuseToForward = (draft: Draft, host: string, packet: IpPacket, refusal: Refusal): void => {
  const {arrived, ...kind} = refusal;
  emit(draft, {kind: 'drop', host, ...arrived, reason: 'no route'});
  const back = draft.plan.topology.routes.get(host)?.get(packet.src);
  if (!back || packet.transport.kind === 'icmp' || packet.transport.kind === 'icmpv6') return;
  const error: IpPacket = {
    version: packet.version,
    src: back.interface.ip,
    dst: packet.src,
    ttl: initialTtl,
    id: 0,
    dontFragment: packet.version === 4,
    trafficClass: 0,
    transport: {kind: packet.version === 4 ? 'icmp' : 'icmpv6', message: icmpError(packet, kind)},
  };
  sendPacket(draft, host, {packet: error, tag: {retransmission: false}});
};

/** RFC 1812 §5.2.1: a router takes one from the TTL and leaves everything above IP alone. */
export const forward = (
  draft: Draft,
  host: string,
  packet: IpPacket,
  arrived: {packet: number; hop: number},
): void => {
  if (packet.ttl <= 1) {
    refuseToForward(draft, host, packet, {arrived, ...timeExceeded[packet.version]});
    return;
  }
  const mtu = mtuTo(draft, host, packet.dst);
  if (mtu !== undefined && ipPacketLength(packet) > mtu) {
    refuseToForward(draft, host, packet, {arrived, ...packetTooBig[packet.version], rest: mtu});
    return;
  }
  const tag = {retransmission: false, forwarded: {packet: arrived.packet, hop: arrived.hop + 1}};
  sendPacket(draft, host, {packet: {...packet, ttl: packet.ttl - 1}, tag});
};
