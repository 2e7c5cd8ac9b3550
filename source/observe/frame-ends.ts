// Finds the sender and the receiver of a captured frame. A capture knows hosts only by their addresses, which serve as names.
import {dissect} from '../wire/dissect.ts';
import {LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {formatIpAddress} from '../wire/ip-address.ts';
import type {LinkType} from '../wire/layer.ts';
import {innermost} from '../wire/tunnel.ts';
import {endpointText, type SeenFrame} from './capture-inspector.ts';
import {isGroupAddress} from './group-address.ts';

/**
 * The sender and the receiver of a captured frame. `ip` is true if both names are IP addresses, false if not; for two programs on one host
 * it is the host's IP address.
 */
export type Ends = {readonly from: string; readonly to: string; readonly ip: boolean | string};

/** The name of a frame's sender or receiver if neither IP, ARP nor the Ethernet header contains its address. */
export const unknownEnd = 'unknown';

/** Returns the offset in a frame at which the IP header begins; undefined if the frame carries no IP. */
export const networkStart = (bytes: Uint8Array, linkType: LinkType): number | undefined => {
  const {version, addressesAt} = readFrameHeaders(bytes, linkType, bytes.length);
  if (version === 0) return undefined;
  return addressesAt - (version === 4 ? 12 : 8);
};

const ipEnds = (bytes: Uint8Array, linkType: LinkType): Ends | undefined => {
  const {version, addressesAt: from, destinationAt: to} = readFrameHeaders(bytes, linkType, bytes.length);
  if (version === 0) return undefined;
  const size = version === 4 ? 4 : 16;
  const address = (at: number): string => formatIpAddress(bytes.subarray(at, at + size));
  return {from: address(from), to: address(to), ip: true};
};

/** Returns the sender and the receiver of a frame without IP: the addresses in an ARP message, otherwise the MAC addresses. */
const otherEnds = (bytes: Uint8Array, linkType: LinkType): Ends => {
  const fields = dissect(bytes, linkType).layers.flatMap((layer) => layer.fields);
  const value = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
  const arp = {from: value('arp.src.proto_ipv4'), to: value('arp.dst.proto_ipv4')};
  if (arp.from !== undefined && arp.to !== undefined) return {from: arp.from, to: arp.to, ip: true};
  return {from: value('eth.src') ?? unknownEnd, to: value('eth.dst') ?? unknownEnd, ip: false};
};

/** Returns the sender and the receiver of the innermost packet of a frame, inside all tunnels, because those are the hosts that talk. */
export const endsOf = (outer: Uint8Array, outerType: LinkType): Ends => {
  const {bytes, linkType} = innermost({bytes: outer, linkType: outerType, originalLength: outer.length});
  return ipEnds(bytes, linkType) ?? otherEnds(bytes, linkType);
};

/**
 * Returns a frame's sender and receiver if both have the same address: two programs on one machine, told apart by their ports. Returns
 * undefined if the addresses differ.
 */
export const endsOnOneHost = (seen: SeenFrame): Ends | undefined => {
  const {ends} = 'connection' in seen ? seen.connection : seen.datagrams;
  if (ends[0].address !== ends[1].address) return undefined;
  // A program that asks by UDP uses another port each time. All of them count as one host, named by the address alone.
  const first = 'connection' in seen ? endpointText(ends[0]) : ends[0].address;
  const second = endpointText(ends[1]);
  const [from, to] = seen.side === 0 ? [first, second] : [second, first];
  return {from, to, ip: ends[0].address};
};

/** The packet types for broadcast and multicast in Linux cooked headers (tcpdump.org/linktypes). */
const cookedForMany: readonly number[] = [1, 2];

/**
 * Tells whether a frame's link-layer destination is a broadcast or multicast address. The IP address alone does not show a broadcast to a
 * network with an unknown mask.
 */
const linkForMany = (bytes: Uint8Array, linkType: LinkType): boolean => {
  if (linkType === LinkTypes.ethernet) return ((bytes[0] ?? 0) & 1) === 1;
  if (linkType === LinkTypes.sll) return cookedForMany.includes(bytes[1] ?? 0);
  return linkType === LinkTypes.sll2 && cookedForMany.includes(bytes[10] ?? 0);
};

/**
 * Tells whether a frame is for many hosts, so that it arrives at no single one: it is addressed to a group, or an ARP message about the
 * sender's own address.
 */
export const isForMany = (bytes: Uint8Array, linkType: LinkType, {from, to, ip}: Ends): boolean => {
  if (networkStart(bytes, linkType) !== undefined) return isGroupAddress(to) || linkForMany(bytes, linkType);
  return ip === false ? linkForMany(bytes, linkType) : from === to;
};

/** RFC 4861 §4 numbers the messages of neighbor discovery from router solicitation (133) to redirect (137). */
const discovery = {first: 133, last: 137} as const;
const icmp6 = 58;

/** Tells whether a frame carries IP between hosts. ARP and neighbor discovery don't count, because they stay on one link. */
export const comesThroughIp = (bytes: Uint8Array, linkType: LinkType): boolean => {
  const {version, protocol, transportAt} = readFrameHeaders(bytes, linkType, bytes.length);
  if (version === 0) return false;
  const type = protocol === icmp6 ? (bytes[transportAt] ?? 0) : 0;
  return type < discovery.first || type > discovery.last;
};
