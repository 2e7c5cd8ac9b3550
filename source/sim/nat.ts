// Translates addresses and ports in a NAT (RFC 3022 §2.2, RFC 5382): each socket inside gets a port outside, and loses it after an idle
// time.
import type {IpRuleId} from '../stack/ip/rules.ts';
import type {IpAddress, IpPacket} from '../wire/frame.ts';
import {quotedSegment, quoteFrom} from '../wire/icmp-quote.ts';
import {Table} from '../wire/table.ts';
import {changeHost, type Draft, hostOf, type Nat} from './draft.ts';
import type {Interface, Route} from './topology.ts';
import type {NatMapping, NatTable} from './world.ts';

/** The range from which a NAT takes ports that it cannot keep, the same as that of Linux masquerading. */
const ownPorts = {first: 61_000, count: 4096};

export const emptyNat: NatTable = {mappings: Table.empty(), byPort: Table.empty(), portsUsed: 0};

type Socket = {readonly ip: IpAddress; readonly port: number};
type Proto = 'tcp' | 'udp';

const insideKey = (proto: Proto, {ip, port}: Socket): string => `${proto} ${ip}:${port}`;
const outsideKey = (proto: Proto, port: number): string => `${proto} ${port}`;

const isLive = ({usedUs}: NatMapping, {idleUs}: Nat, nowUs: number): boolean => nowUs - usedUs <= idleUs;

const remember = (draft: Draft, host: string, proto: Proto, mapping: NatMapping): void => {
  const {nat} = hostOf(draft, host);
  const key = insideKey(proto, mapping);
  changeHost(draft, host, {
    nat: {
      ...nat,
      mappings: nat.mappings.with(key, mapping),
      byPort: nat.byPort.with(outsideKey(proto, mapping.outsidePort), key),
    },
  });
};

/**
 * Returns the next port of the NAT's own range that no other socket uses, and counts it as used; once all were given out, ports are used
 * again.
 */
const ownPort = (draft: Draft, host: string, proto: Proto): number => {
  for (;;) {
    const {nat} = hostOf(draft, host);
    const port = ownPorts.first + (nat.portsUsed % ownPorts.count);
    changeHost(draft, host, {nat: {...nat, portsUsed: nat.portsUsed + 1}});
    if (nat.portsUsed >= ownPorts.count || !nat.byPort.has(outsideKey(proto, port))) return port;
  }
};

/**
 * Returns the NAT's outside port for a socket inside. A new mapping keeps the port's number if that is free (RFC 4787 §4.2.1, port
 * preservation); after a mapping has expired, the socket gets a new one.
 */
const portFor = (draft: Draft, host: string, nat: Nat, {proto, inside}: {proto: Proto; inside: Socket}) => {
  const {mappings, byPort} = hostOf(draft, host).nat;
  const known = mappings.get(insideKey(proto, inside));
  const usedUs = draft.nowUs;
  if (known && isLive(known, nat, usedUs)) {
    remember(draft, host, proto, {...known, usedUs});
    return {port: known.outsidePort};
  }
  const free = !byPort.has(outsideKey(proto, inside.port));
  const port = free ? inside.port : ownPort(draft, host, proto);
  remember(draft, host, proto, {...inside, outsidePort: port, usedUs});
  const because: IpRuleId = known ? '5382:5/nat/forgotten' : '5382:4.1/nat/map';
  return {port, because};
};

type Port = {readonly srcPort: number} | {readonly dstPort: number};

const withEnd = (packet: IpPacket, address: Partial<Pick<IpPacket, 'src' | 'dst'>>, port: Port): IpPacket => {
  const {transport} = packet;
  if (transport.kind === 'tcp')
    return {...packet, ...address, transport: {...transport, segment: {...transport.segment, ...port}}};
  if (transport.kind === 'udp')
    return {...packet, ...address, transport: {...transport, datagram: {...transport.datagram, ...port}}};
  return packet;
};

export const portsOf = ({transport}: IpPacket): {proto: Proto; src: number; dst: number} | undefined => {
  if (transport.kind === 'tcp')
    return {proto: 'tcp', src: transport.segment.srcPort, dst: transport.segment.dstPort};
  if (transport.kind === 'udp')
    return {proto: 'udp', src: transport.datagram.srcPort, dst: transport.datagram.dstPort};
  return undefined;
};

const outsideLink = (draft: Draft, host: string, {outside}: Nat): string | undefined =>
  outside ?? draft.plan.topology.hosts.get(host)?.interfaces.at(-1)?.link;

type Translated = {readonly packet: IpPacket; readonly because?: IpRuleId};

const translated = (draft: Draft, host: string, nat: Nat, packet: IpPacket, src: IpAddress): Translated => {
  const ports = portsOf(packet);
  if (!ports) return {packet};
  const inside = {ip: packet.src, port: ports.src};
  const {port, because} = portFor(draft, host, nat, {proto: ports.proto, inside});
  return {packet: withEnd(packet, {src}, {srcPort: port}), ...(because ? {because} : {})};
};

/**
 * Returns a packet that a router forwards as its NAT sends it: from inside to outside, it gets the address of the outgoing link and an
 * outside port; otherwise it is unchanged.
 */
export const translateOut = (
  draft: Draft,
  host: string,
  {packet, via}: {readonly packet: IpPacket; readonly via: Interface},
  route: Route,
): Translated => {
  const nat = draft.plan.nats.get(host);
  const outside = nat && outsideLink(draft, host, nat);
  if (!nat || via.link === outside || route.interface.link !== outside) return {packet};
  return translated(draft, host, nat, packet, route.interface.ip);
};

/** Returns a packet that a host itself sends, translated by a NAT in front of only this host: the address stays, the port may change. */
export const translateOwn = (draft: Draft, host: string, packet: IpPacket): Translated => {
  const nat = draft.plan.nats.get(host);
  const router = draft.plan.topology.hosts.get(host)?.router;
  return nat && !router ? translated(draft, host, nat, packet, packet.src) : {packet};
};

export type Inbound = {readonly packet: IpPacket} | {readonly because: IpRuleId};

/**
 * Translates a packet that arrives at a NAT from outside: the destination becomes the socket inside. If its port has no mapping or the
 * mapping has expired, returns the reason to drop it.
 */
export const translateIn = (draft: Draft, host: string, packet: IpPacket, via: Interface): Inbound => {
  const nat = draft.plan.nats.get(host);
  const router = draft.plan.topology.hosts.get(host)?.router;
  if (!nat || (router && via.link !== outsideLink(draft, host, nat))) return {packet};
  const {transport} = packet;
  if (transport.kind === 'icmp') {
    const quoted = quotedSegment(transport.message);
    const mapping = quoted && mappingOf(draft, host, 'tcp', quoted.srcPort);
    if (!mapping) return {packet};
    const message = quoteFrom(transport.message, mapping.ip, mapping.port);
    return {packet: {...packet, dst: mapping.ip, transport: {kind: 'icmp', message}}};
  }
  const ports = portsOf(packet);
  if (!ports) return {packet};
  const mapping = mappingOf(draft, host, ports.proto, ports.dst);
  if (!mapping) return {because: '5382:4.3/nat/unsolicited'};
  if (!isLive(mapping, nat, draft.nowUs)) return {because: '5382:5/nat/forgotten'};
  remember(draft, host, ports.proto, {...mapping, usedUs: draft.nowUs});
  return {packet: withEnd(packet, {dst: mapping.ip}, {dstPort: mapping.port})};
};

const mappingOf = (draft: Draft, host: string, proto: Proto, port: number): NatMapping | undefined => {
  const {mappings, byPort} = hostOf(draft, host).nat;
  const inside = byPort.get(outsideKey(proto, port));
  const mapping = inside === undefined ? undefined : mappings.get(inside);
  // A mapping that was made anew has another outside port; packets to the old one are refused.
  return mapping?.outsidePort === port ? mapping : undefined;
};
