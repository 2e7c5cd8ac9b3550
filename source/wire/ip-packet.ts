// IPv4 and IPv6 packets as values with their content, and their encoding and decoding (RFC 791, RFC 8200).
import {type AddressSpan, internetChecksum, pseudoHeaderSum} from './checksum.ts';
import {ICMP_SIZE, type IcmpMessage, readIcmp, writeIcmp} from './icmp.ts';
import {formatIpv6, type IpAddress} from './ip-address.ts';
import {IPV4_CHECKSUM_AT, Ipv4Flag, ipv4Addresses, ipv4Header} from './ipv4.ts';
import {type ExtensionSpan, ipv6Addresses, ipv6Header, walkExtensions} from './ipv6.ts';
import {readUint, writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {type Rope, ropeCopy, ropeFromBytes} from './rope.ts';
import {finalDestinationIn} from './routing-header.ts';
import {readTcp, TCP_PROTOCOL, type TcpSegment, tcpLength, writeTcp} from './tcp.ts';
import {readUdp, type UdpDatagram, udpLength, writeUdp} from './udp.ts';
import type {WireError} from './wire-error.ts';

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
  /** The TTL of an IPv4 packet, or the hop limit of an IPv6 packet. */
  readonly ttl: number;
  /** The identification of an IPv4 packet; 0 for IPv6. */
  readonly id: number;
  readonly dontFragment: boolean;
  /** The byte of the IP header that contains DSCP and ECN. */
  readonly trafficClass: number;
  readonly transport: Transport;
  /** IPv4 options as in the header, a multiple of 4 bytes; absent if there are none. */
  readonly options?: Uint8Array;
  /**
   * The place of a fragment of an IPv4 packet: its offset in bytes, and whether more fragments follow; absent for a whole packet. A
   * fragment's transport is raw.
   */
  readonly fragment?: {readonly offset: number; readonly more: boolean};
  /** The flow label of an IPv6 packet; absent if it is 0. */
  readonly flowLabel?: number;
  /** The IPv6 extension headers in order, as whole headers; their next-header octets are overwritten when the packet is encoded. */
  readonly extensions?: readonly {readonly type: number; readonly bytes: Uint8Array}[];
};

/** IANA numbers of the protocols that are decoded further. */
export const Protocol = {icmp: 1, tcp: TCP_PROTOCOL, udp: 17, icmpv6: 58} as const;

export type ReadOptions = {
  /** False accepts packets with any checksum, because the sender's network card was to fill it in. @default true */
  readonly verifyChecksums?: boolean;
  /**
   * True keeps content that cannot be decoded after a valid IP header as octets, because a router reads no further. @default false, which
   * makes it an error
   */
  readonly keepUnread?: boolean;
};

const transportLength = (transport: Transport): number => {
  switch (transport.kind) {
    case 'tcp':
      return tcpLength(transport.segment);
    case 'udp':
      return udpLength(transport.datagram);
    case 'icmp':
    case 'icmpv6':
      return ICMP_SIZE + transport.message.payload.length;
    case 'raw':
      return transport.payload.length;
  }
};

const protocolOf = (transport: Transport): number =>
  transport.kind === 'raw' ? transport.protocol : Protocol[transport.kind];

const headerLength = ({version, options, extensions}: IpPacket): number =>
  version === 4
    ? ipv4Header.size + (options?.length ?? 0)
    : (extensions ?? []).reduce((sum, {bytes}) => sum + bytes.length, ipv6Header.size);

/** Returns the length of an IP packet in bytes: header and payload. */
export const ipPacketLength = (packet: IpPacket): number =>
  headerLength(packet) + transportLength(packet.transport);

const writeTransport = (bytes: Uint8Array, at: number, transport: Transport, pseudo: number): void => {
  switch (transport.kind) {
    case 'tcp':
      writeTcp(bytes, at, transport.segment, pseudo);
      break;
    case 'udp':
      writeUdp(bytes, at, transport.datagram, pseudo);
      break;
    case 'icmp':
      writeIcmp(bytes, at, transport.message, 0);
      break;
    case 'icmpv6':
      writeIcmp(bytes, at, transport.message, pseudo);
      break;
    case 'raw':
      ropeCopy(transport.payload, bytes, at);
      break;
  }
};

const writeIpv4Header = (bytes: Uint8Array, at: number, packet: IpPacket): void => {
  const {src, dst, ttl, id, trafficClass, options, fragment} = packet;
  const size = headerLength(packet);
  const flags =
    (packet.dontFragment ? Ipv4Flag.dontFragment : 0) | (fragment?.more ? Ipv4Flag.moreFragments : 0);
  ipv4Header.write(bytes, at, {
    version: 4,
    headerLength: size / 4,
    trafficClass,
    totalLength: ipPacketLength(packet),
    id,
    flags,
    fragmentOffset: (fragment?.offset ?? 0) / 8,
    ttl,
    protocol: protocolOf(packet.transport),
    checksum: 0,
    src,
    dst,
  });
  if (options) bytes.set(options, at + ipv4Header.size);
  writeUint(bytes, at + IPV4_CHECKSUM_AT, 2, internetChecksum(bytes, at, at + size));
};

const writeIpv6Header = (bytes: Uint8Array, at: number, packet: IpPacket): void => {
  const {src, dst, ttl, trafficClass, flowLabel = 0, extensions = []} = packet;
  const last = protocolOf(packet.transport);
  ipv6Header.write(bytes, at, {
    version: 6,
    trafficClass,
    flowLabel,
    payloadLength: ipPacketLength(packet) - ipv6Header.size,
    nextHeader: extensions[0]?.type ?? last,
    hopLimit: ttl,
    src,
    dst,
  });
  let position = at + ipv6Header.size;
  for (const [index, extension] of extensions.entries()) {
    bytes.set(extension.bytes, position);
    bytes[position] = extensions[index + 1]?.type ?? last;
    position += extension.bytes.length;
  }
};

const extensionSpans = ({extensions = []}: IpPacket, at: number): readonly ExtensionSpan[] => {
  let end = at + ipv6Header.size;
  return extensions.map(({type, bytes}) => {
    const start = end;
    end += bytes.length;
    return {type, start, end};
  });
};

/** Returns the final destination of an IPv6 packet, after the stops of a routing header (RFC 8200 §4.4). */
export const finalDestination = ({dst, extensions = []}: IpPacket): IpAddress => {
  for (const {type, bytes} of extensions) {
    const at = finalDestinationIn(bytes, [{type, start: 0, end: bytes.length}]);
    if (at !== undefined) return formatIpv6(bytes, at);
  }
  return dst;
};

export const writeIpPacket = (bytes: Uint8Array, at: number, packet: IpPacket): void => {
  const isV4 = packet.version === 4;
  (isV4 ? writeIpv4Header : writeIpv6Header)(bytes, at, packet);
  const upper = {protocol: protocolOf(packet.transport), length: transportLength(packet.transport)};
  const addresses = isV4
    ? ipv4Addresses(at)
    : {...ipv6Addresses(at), finalAt: finalDestinationIn(bytes, extensionSpans(packet, at))};
  const pseudo = pseudoHeaderSum(bytes, addresses, upper);
  writeTransport(bytes, at + headerLength(packet), packet.transport, pseudo);
};

export const encodeIpPacket = (packet: IpPacket): Uint8Array => {
  const bytes = new Uint8Array(ipPacketLength(packet));
  writeIpPacket(bytes, 0, packet);
  return bytes;
};

const readTransport = (
  bytes: Uint8Array,
  protocol: number,
  pseudo: number | undefined,
): Result<Transport, WireError> => {
  if (protocol === Protocol.tcp) {
    const read = readTcp(bytes, pseudo);
    return read.ok ? ok({kind: 'tcp', segment: read.value}) : read;
  }
  if (protocol === Protocol.udp) {
    const read = readUdp(bytes, pseudo);
    return read.ok ? ok({kind: 'udp', datagram: read.value}) : read;
  }
  if (protocol === Protocol.icmp || protocol === Protocol.icmpv6) {
    const kind = protocol === Protocol.icmp ? 'icmp' : 'icmpv6';
    const read = readIcmp(bytes, kind, pseudo !== undefined && kind === 'icmp' ? 0 : pseudo);
    return read.ok ? ok({kind, message: read.value}) : read;
  }
  return ok({kind: 'raw', protocol, payload: ropeFromBytes(bytes)});
};

type Body = {
  readonly start: number;
  readonly end: number;
  readonly protocol: number;
  readonly whole: boolean;
  readonly addresses: AddressSpan;
};

const readBody = (
  bytes: Uint8Array,
  body: Body,
  {verifyChecksums, keepUnread}: Required<ReadOptions>,
): Result<Transport, WireError> => {
  const {start, end, protocol} = body;
  const carried = bytes.subarray(start, end);
  const octets = (): Result<Transport, WireError> =>
    ok({kind: 'raw', protocol, payload: ropeFromBytes(carried)});
  if (!body.whole) return octets();
  const upper = {protocol, length: end - start};
  const pseudo = verifyChecksums ? pseudoHeaderSum(bytes, body.addresses, upper) : undefined;
  const read = readTransport(carried, protocol, pseudo);
  return read.ok || !keepUnread ? read : octets();
};

const readIpv4 = (bytes: Uint8Array, options: Required<ReadOptions>): Result<IpPacket, WireError> => {
  const short = (needed: number) =>
    err({code: 'short', protocol: 'ip', needed, found: bytes.length} as const);
  if (bytes.length < ipv4Header.size) return short(ipv4Header.size);
  const header = ipv4Header.read(bytes, 0);
  const start = 4 * header.headerLength;
  if (start < ipv4Header.size) return err({code: 'malformed', protocol: 'ip', field: 'ip.hdr_len'});
  if (header.totalLength < start) return err({code: 'malformed', protocol: 'ip', field: 'ip.len'});
  if (header.totalLength > bytes.length) return short(header.totalLength);
  const left = internetChecksum(bytes, 0, start);
  if (options.verifyChecksums && left !== 0) {
    const {checksum: found} = header;
    const copy = bytes.slice(0, start);
    writeUint(copy, IPV4_CHECKSUM_AT, 2, 0);
    return err({code: 'checksum', protocol: 'ip', expected: internetChecksum(copy), found});
  }
  const more = (header.flags & Ipv4Flag.moreFragments) !== 0;
  const whole = !more && header.fragmentOffset === 0;
  const body = {
    start,
    end: header.totalLength,
    protocol: header.protocol,
    whole,
    addresses: ipv4Addresses(0),
  };
  const transport = readBody(bytes, body, options);
  if (!transport.ok) return transport;
  const {src, dst, ttl, id, trafficClass} = header;
  return ok({
    version: 4,
    src,
    dst,
    ttl,
    id,
    dontFragment: (header.flags & Ipv4Flag.dontFragment) !== 0,
    trafficClass,
    transport: transport.value,
    ...(start > ipv4Header.size && {options: bytes.slice(ipv4Header.size, start)}),
    ...(!whole && {fragment: {offset: 8 * header.fragmentOffset, more}}),
  });
};

const readIpv6 = (bytes: Uint8Array, options: Required<ReadOptions>): Result<IpPacket, WireError> => {
  const short = (needed: number) =>
    err({code: 'short', protocol: 'ipv6', needed, found: bytes.length} as const);
  if (bytes.length < ipv6Header.size) return short(ipv6Header.size);
  const header = ipv6Header.read(bytes, 0);
  const end = ipv6Header.size + header.payloadLength;
  if (end > bytes.length) return short(end);
  const chain = walkExtensions(bytes, header.nextHeader, ipv6Header.size, end);
  if (!chain.whole) return err({code: 'malformed', protocol: 'ipv6', field: 'ipv6.nxt'});
  const {start, protocol, fragmented} = chain;
  const addresses = {...ipv6Addresses(0), finalAt: finalDestinationIn(bytes, chain.spans)};
  const transport = readBody(bytes, {start, end, protocol, whole: !fragmented, addresses}, options);
  if (!transport.ok) return transport;
  const extensions = chain.spans.map(({type, start: from, end: to}) => ({
    type,
    bytes: bytes.slice(from, to),
  }));
  return ok({
    version: 6,
    src: header.src,
    dst: header.dst,
    ttl: header.hopLimit,
    id: 0,
    dontFragment: false,
    trafficClass: header.trafficClass,
    transport: transport.value,
    ...(header.flowLabel > 0 && {flowLabel: header.flowLabel}),
    ...(extensions.length > 0 && {extensions}),
  });
};

/** Decodes the IP packet at the start of `bytes`; what follows it (link padding) is ignored. */
export const decodeIpPacket = (
  bytes: Uint8Array,
  {verifyChecksums = true, keepUnread = false}: ReadOptions = {},
): Result<IpPacket, WireError> => {
  const version = readUint(bytes, 0, 1) >> 4;
  if (bytes.length === 0) return err({code: 'short', protocol: 'ip', needed: ipv4Header.size, found: 0});
  if (version === 4) return readIpv4(bytes, {verifyChecksums, keepUnread});
  if (version === 6) return readIpv6(bytes, {verifyChecksums, keepUnread});
  return err({code: 'malformed', protocol: 'ip', field: 'ip.version'});
};
