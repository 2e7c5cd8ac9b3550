// Counts frames of which only the outermost headers are decoded: tunnels, which contain packets of their own, and protocols beside IP and
// above it. They are named so that nobody thinks their contents are missing.
import {type FrameHeaders, uint16} from '../wire/frame-headers.ts';
import {leastUserPort, servicePort} from '../wire/service-port.ts';
import {portsAt} from './flow-keys.ts';

const udpHeader = 8;

/** The names of EtherTypes (IEEE 802). */
const linkNames: ReadonlyMap<number, string> = new Map([
  [0x8035, 'RARP'],
  [0x8137, 'IPX'],
  [0x8847, 'MPLS'],
  [0x8848, 'MPLS'],
  [0x8863, 'PPPoE'],
  [0x8864, 'PPPoE'],
  [0x888e, '802.1X'],
  [0x88cc, 'LLDP'],
  [0x88e5, 'MACsec'],
  [0x88f7, 'PTP'],
]);

/** The least EtherType; a lower number is a length, and LLC follows (IEEE 802.3 §3.2.6). */
const leastEtherType = 0x600;

/** The names of protocols by the destination service access point (IEEE 802.2). */
const linkServices: ReadonlyMap<number, string> = new Map([
  [0x42, 'STP'],
  [0xaa, 'SNAP'],
  [0xe0, 'IPX'],
  [0xf0, 'NetBIOS'],
  [0xfe, 'IS-IS'],
]);

/** The names of IP protocols by IANA's numbers. */
const protocolNames: ReadonlyMap<number, string> = new Map([
  [2, 'IGMP'],
  [4, 'IP-in-IP'],
  [41, 'IPv6-in-IP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [89, 'OSPF'],
  [97, 'EtherIP'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [115, 'L2TP'],
  [132, 'SCTP'],
  [137, 'MPLS-in-IP'],
]);

/** The UDP ports of tunnels (IANA; 8472 is Linux's older one). */
const tunnelPorts: ReadonlyMap<number, string> = new Map([
  [1701, 'L2TP'],
  [2152, 'GTP-U'],
  [3544, 'Teredo'],
  [4754, 'GRE-in-UDP'],
  [4789, 'VXLAN'],
  [6081, 'Geneve'],
  [6635, 'MPLS-in-UDP'],
  [8472, 'VXLAN'],
]);

/** The protocols that are decoded: ICMP, TCP, UDP, ICMPv6, and the number of a packet that carries nothing (RFC 8200 §4.7). */
const readProtocols: ReadonlySet<number> = new Set([1, 6, 17, 58, 59]);

const hex = (number: number): string => `0x${number.toString(16).padStart(4, '0')}`;

/** Returns the name of what the frame carries if it is not decoded; undefined if it is decoded or is a later fragment. */
export const unreadName = (
  {version, arp, etherType, protocol, fragment, transportAt}: FrameHeaders,
  bytes: Uint8Array,
): string | undefined => {
  if (version === 0) {
    if (arp || etherType === undefined) return undefined;
    return etherType < leastEtherType
      ? (linkServices.get(bytes[transportAt] ?? 0) ?? 'LLC')
      : (linkNames.get(etherType) ?? `EtherType ${hex(etherType)}`);
  }
  if (readProtocols.has(protocol) || (fragment && fragment.offset > 0)) return undefined;
  return protocolNames.get(protocol) ?? `IP protocol ${protocol}`;
};

/** The UDP ports of protocols that are not decoded (IANA). */
const datagramPorts: ReadonlyMap<number, string> = new Map([
  [69, 'TFTP'],
  [123, 'NTP'],
  [137, 'NBNS'],
  [161, 'SNMP'],
  [162, 'SNMP'],
  [514, 'syslog'],
  [546, 'DHCPv6'],
  [547, 'DHCPv6'],
  [1812, 'RADIUS'],
  [1900, 'SSDP'],
  [3478, 'STUN'],
  [5353, 'mDNS'],
  [5355, 'LLMNR'],
]);

type Ports = readonly [from: number, to: number];

/**
 * Returns the tunnel that a datagram's destination port names. A datagram from a known service is no tunnel: it answers a client, whose
 * port may happen to be a tunnel's.
 */
export const tunnelName = ([from, to]: Ports): string | undefined =>
  from < leastUserPort || datagramPorts.has(from) ? undefined : tunnelPorts.get(to);

/** The length of each WireGuard message by its type, without the one that carries packets, whose length depends on them. */
const wireGuardOctets: ReadonlyMap<number, number> = new Map([
  [1, 148],
  [2, 92],
  [3, 64],
]);
const wireGuardData = 4;
const wireGuardLeast = 32;

/** Tells whether a payload on any port is WireGuard's: a type, three zeros, and the length of that type (wireguard.com/protocol). */
const isWireGuard = (payload: Uint8Array, length: number): boolean => {
  const [type = 0, a, b, c] = payload;
  if (a !== 0 || b !== 0 || c !== 0) return false;
  return type === wireGuardData
    ? length >= wireGuardLeast && length % 16 === 0
    : wireGuardOctets.get(type) === length;
};

/** Returns what a datagram seems to carry if it is not decoded; `length` is that of its payload. */
export const datagramName = (ports: Ports, payload: Uint8Array, length: number): string | undefined => {
  const port = servicePort(ports, (each) => datagramPorts.has(each));
  if (port !== undefined) return datagramPorts.get(port);
  return isWireGuard(payload, length) ? 'WireGuard' : undefined;
};

/** The most names that are counted separately; later ones are counted together. */
const mostNames = 32;
const others = '…';

/** The number of first frames that are kept of each name. */
const mostFrames = 8;

export type HiddenFrames = {packets: number; readonly frames: number[]};

const counted = (all: ReadonlyMap<string, unknown>, name: string): string =>
  all.has(name) || all.size < mostNames ? name : others;

/** Counts the frames by name. */
export class UnreadFrames {
  readonly counts = new Map<string, number>();
  /** The frames that are counted without payloads of UDP: tunnels and protocols beside UDP and TCP. */
  readonly hidden = new Map<string, HiddenFrames>();

  /** Counts the datagram at `at` if its contents have a name; returns that of a tunnel. */
  addDatagram(bytes: Uint8Array, at: number, isRead: boolean, frame: number): string | undefined {
    const ports = portsAt(bytes, at);
    const tunnel = tunnelName(ports);
    const length = uint16(bytes, at + 4) - udpHeader;
    const name = tunnel ?? (isRead ? undefined : datagramName(ports, bytes.subarray(at + udpHeader), length));
    if (tunnel !== undefined) this.addHidden(tunnel, frame);
    else if (name !== undefined) this.add(name);
    return tunnel;
  }

  addHidden(name: string, frame: number): void {
    this.add(name);
    const key = counted(this.hidden, name);
    const all = this.hidden.get(key) ?? {packets: 0, frames: []};
    all.packets += 1;
    if (all.frames.length < mostFrames) all.frames.push(frame);
    this.hidden.set(key, all);
  }

  add(name: string): void {
    const key = counted(this.counts, name);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}
