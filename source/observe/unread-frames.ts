// Counts frames of which only the outermost headers are decoded, such as tunnels and other protocols, so that a reader learns what is not
// shown.
import {type FrameHeaders, uint16} from '../wire/frame-headers.ts';
import {leastUserPort, servicePort} from '../wire/service-port.ts';
import {portsAt} from './flow-keys.ts';

const udpHeader = 8;

/** The names of EtherTypes that are not decoded (IEEE 802). */
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

/** The names of LLC protocols by their destination service access point (IEEE 802.2). */
const linkServices: ReadonlyMap<number, string> = new Map([
  [0x42, 'STP'],
  [0xaa, 'SNAP'],
  [0xe0, 'IPX'],
  [0xf0, 'NetBIOS'],
  [0xfe, 'IS-IS'],
]);

/** The names of IP protocols that are not decoded, by IANA's protocol numbers. */
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

/** The tunnel protocols by their UDP port (IANA; 8472 is the older VXLAN port of Linux). */
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

/** The IP protocol numbers that are decoded: ICMP, TCP, UDP and ICMPv6, and 59, which means that nothing follows (RFC 8200 §4.7). */
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

/** The names of protocols over UDP that are not decoded, by port (IANA). */
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
 * Returns the name of the tunnel whose UDP port is the destination; undefined if there is none, or if the source port is a known service
 * that answers a client on that port.
 */
export const tunnelName = ([from, to]: Ports): string | undefined =>
  from < leastUserPort || datagramPorts.has(from) ? undefined : tunnelPorts.get(to);

/** The length in octets of each WireGuard message by its type, without data messages, whose length varies. */
const wireGuardOctets: ReadonlyMap<number, number> = new Map([
  [1, 148],
  [2, 92],
  [3, 64],
]);
const wireGuardData = 4;
const wireGuardLeast = 32;

/**
 * Tells whether a UDP payload looks like WireGuard on any port: a type, three zeros and the length of that type (wireguard.com/protocol).
 */
const isWireGuard = (payload: Uint8Array, length: number): boolean => {
  const [type = 0, a, b, c] = payload;
  if (a !== 0 || b !== 0 || c !== 0) return false;
  return type === wireGuardData
    ? length >= wireGuardLeast && length % 16 === 0
    : wireGuardOctets.get(type) === length;
};

/**
 * Returns the name of a protocol over UDP that is not decoded, by port or by the look of WireGuard; undefined if none fits. `length` is
 * that of the payload.
 */
export const datagramName = (ports: Ports, payload: Uint8Array, length: number): string | undefined => {
  const port = servicePort(ports, (each) => datagramPorts.has(each));
  if (port !== undefined) return datagramPorts.get(port);
  return isWireGuard(payload, length) ? 'WireGuard' : undefined;
};

/** How many names of undecoded protocols are counted separately; frames with any further name are counted together. */
const mostNames = 32;
const others = '…';

/** How many frame numbers are kept for each name of an undecoded protocol. */
const mostFrames = 8;

export type HiddenFrames = {packets: number; readonly frames: number[]};

const counted = (all: ReadonlyMap<string, unknown>, name: string): string =>
  all.has(name) || all.size < mostNames ? name : others;

/** The name under which TCP segments are counted whose header breaks its own length, so that nothing more is read of them. */
export const brokenTcp = 'TCP';

/** Counts the frames that are not fully decoded, by the name of their protocol. */
export class UnreadFrames {
  readonly counts = new Map<string, number>();
  /** Counts and first frames of tunnels and of protocols other than UDP and TCP; undecoded payloads of UDP are not among them. */
  readonly hidden = new Map<string, HiddenFrames>();

  /** Counts the UDP datagram whose header is at `at` if it is a tunnel or not decoded; returns the tunnel's name, or undefined. */
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
