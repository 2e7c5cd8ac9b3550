// What a link carries, as values: a frame holds a packet, a packet holds a segment, datagram or message.
import type {Rope} from './rope.ts';
import type {TcpSegment} from './tcp.ts';

/** Lower-case hex with colons, `02:00:00:00:00:01`. */
export type MacAddress = string;
/** Canonical text: dotted quad, or IPv6 by RFC 5952. */
export type IpAddress = string;

export type ArpMessage = {
  readonly operation: 1 | 2;
  readonly senderMac: MacAddress;
  readonly senderIp: IpAddress;
  readonly targetMac: MacAddress;
  readonly targetIp: IpAddress;
};

export type UdpDatagram = {readonly srcPort: number; readonly dstPort: number; readonly payload: Rope};

/** ICMP and ICMPv6: `rest` is the header's second word, `payload` what follows it (RFC 792, RFC 4443). */
export type IcmpMessage = {readonly type: number; readonly code: number; readonly rest: number; readonly payload: Rope};

export type Transport =
  | {readonly kind: 'tcp'; readonly segment: TcpSegment}
  | {readonly kind: 'udp'; readonly datagram: UdpDatagram}
  | {readonly kind: 'icmp'; readonly message: IcmpMessage}
  | {readonly kind: 'icmpv6'; readonly message: IcmpMessage}
  | {readonly kind: 'raw'; readonly protocol: number; readonly payload: Rope};

export type IpPacket = {
  readonly version: 4 | 6;
  readonly src: IpAddress;
  readonly dst: IpAddress;
  /** IPv4 TTL, IPv6 hop limit. */
  readonly ttl: number;
  /** IPv4 identification; 0 for IPv6. */
  readonly id: number;
  readonly dontFragment: boolean;
  /** The byte that holds DSCP and ECN. */
  readonly trafficClass: number;
  readonly transport: Transport;
};

/** An Ethernet II frame (the only link the simulator itself uses). */
export type Frame = {
  readonly src: MacAddress;
  readonly dst: MacAddress;
  readonly payload:
    | {readonly kind: 'ip'; readonly packet: IpPacket}
    | {readonly kind: 'arp'; readonly message: ArpMessage}
    | {readonly kind: 'raw'; readonly etherType: number; readonly bytes: Rope};
};
