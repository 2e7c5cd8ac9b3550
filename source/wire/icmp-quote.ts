// Makes and reads the quotation in an ICMP error: the IP header of the packet that caused it and the next 8 bytes (RFC 792, RFC 4443 §3).
import {internetChecksum} from './checksum.ts';
import type {IcmpMessage} from './icmp.ts';
import type {IpAddress} from './ip-address.ts';
import {encodeIpPacket, type IpPacket, Protocol} from './ip-packet.ts';
import {IPV4_CHECKSUM_AT, ipv4Header} from './ipv4.ts';
import {ipv6Header} from './ipv6.ts';
import {readUint, writeUint} from './octets.ts';
import {ropeFromBytes, ropeToBytes} from './rope.ts';
import {type Seq, seq} from './seq.ts';

/** The number of bytes after the IP header that an ICMP error quotes, enough for ports and sequence number. */
const QUOTED = 8;

type Kind = Pick<IcmpMessage, 'type' | 'code' | 'rest'>;

/** Returns an ICMP error that quotes the IP header of `packet`, with its IPv4 options, and the next 8 bytes. */
export const icmpError = (packet: IpPacket, {type, code, rest}: Kind): IcmpMessage => {
  const header = (packet.version === 4 ? ipv4Header : ipv6Header).size + (packet.options?.length ?? 0);
  return {type, code, rest, payload: ropeFromBytes(encodeIpPacket(packet).slice(0, header + QUOTED))};
};

export type QuotedSegment = {
  readonly src: IpAddress;
  readonly dst: IpAddress;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: Seq;
};

type QuotedHeader = {
  readonly src: IpAddress;
  readonly dst: IpAddress;
  readonly bytes: Uint8Array;
  /** The offset of the transport header in the bytes that the ICMP error quotes. */
  readonly at: number;
};

/**
 * Returns the addresses and bytes of the packet that an ICMP error quotes; undefined if it does not carry protocol `wanted`, or if too
 * little of it is quoted.
 */
const quotedPacket = ({payload}: IcmpMessage, wanted: number): QuotedHeader | undefined => {
  const bytes = ropeToBytes(payload);
  const version = readUint(bytes, 0, 1) >> 4;
  const least = version === 4 ? ipv4Header.size : ipv6Header.size;
  if ((version !== 4 && version !== 6) || bytes.length < least + QUOTED) return undefined;
  const {src, dst, protocol, at} = version === 4 ? quotedV4(bytes) : quotedV6(bytes);
  return protocol === wanted && bytes.length >= at + QUOTED ? {src, dst, bytes, at} : undefined;
};

const quotedPorts = ({bytes, at}: QuotedHeader) => ({
  srcPort: readUint(bytes, at, 2),
  dstPort: readUint(bytes, at + 2, 2),
});

/**
 * Returns addresses, ports and sequence number of the TCP segment that an ICMP error quotes; undefined if it quotes something else or too
 * little.
 */
export const quotedSegment = (message: IcmpMessage): QuotedSegment | undefined => {
  const quoted = quotedPacket(message, Protocol.tcp);
  if (!quoted) return undefined;
  const {src, dst, bytes, at} = quoted;
  return {src, dst, ...quotedPorts(quoted), seq: seq(readUint(bytes, at + 4, 4))};
};

/** Returns addresses and ports of the UDP datagram that an ICMP error quotes; undefined if it quotes something else or too little. */
export const quotedDatagram = (message: IcmpMessage): Omit<QuotedSegment, 'seq'> | undefined => {
  const quoted = quotedPacket(message, Protocol.udp);
  return quoted && {src: quoted.src, dst: quoted.dst, ...quotedPorts(quoted)};
};

/**
 * Returns an ICMP error with another source address and port in the quoted packet, as a NAT translates it (RFC 5508 §4.2). It supports IPv4
 * only.
 */
export const quoteFrom = (message: IcmpMessage, src: IpAddress, srcPort: number): IcmpMessage => {
  const bytes = ropeToBytes(message.payload);
  const fields = ipv4Header.read(bytes, 0);
  const end = 4 * fields.headerLength;
  ipv4Header.write(bytes, 0, {...fields, src, checksum: 0});
  writeUint(bytes, IPV4_CHECKSUM_AT, 2, internetChecksum(bytes, 0, end));
  writeUint(bytes, end, 2, srcPort);
  return {...message, payload: ropeFromBytes(bytes)};
};

const quotedV4 = (bytes: Uint8Array) => {
  const {src, dst, protocol, headerLength} = ipv4Header.read(bytes, 0);
  return {src, dst, protocol, at: 4 * headerLength};
};

const quotedV6 = (bytes: Uint8Array) => {
  const {src, dst, nextHeader} = ipv6Header.read(bytes, 0);
  return {src, dst, protocol: nextHeader, at: ipv6Header.size};
};

/**
 * Returns the MTU of the narrow link that an ICMP error states; undefined if the message is not “fragmentation needed” or “packet too big”
 * (RFC 1191 §4, RFC 4443 §3.2).
 */
export const toldMtu = ({type, code, rest}: IcmpMessage, version: 4 | 6): number | undefined => {
  if (version === 4) return type === 3 && code === 4 ? rest & 0xffff : undefined;
  return type === 2 ? rest : undefined;
};
