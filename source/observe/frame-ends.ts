// Who a captured frame is from and who it is meant for, by the names that the capture gives them: addresses.
import {dissect} from '../wire/dissect.ts';
import {LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {formatIpAddress} from '../wire/ip-address.ts';
import type {LinkType} from '../wire/layer.ts';
import {innermost} from '../wire/tunnel.ts';
import {endpointText, type SeenFrame} from './capture-inspector.ts';
import {isGroupAddress} from './group-address.ts';

/** `ip`: the address of both, where it is not their name; whether their names are addresses. */
export type Ends = {readonly from: string; readonly to: string; readonly ip: boolean | string};

/** Who neither IP, ARP nor the link tells. */
export const unknownEnd = 'unknown';

/** Where IP begins; undefined where something else follows the link's header. */
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

/** Frames without IP still have ends: the addresses in an ARP message, else those of the link. */
const otherEnds = (bytes: Uint8Array, linkType: LinkType): Ends => {
  const fields = dissect(bytes, linkType).layers.flatMap((layer) => layer.fields);
  const value = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
  const arp = {from: value('arp.src.proto_ipv4'), to: value('arp.dst.proto_ipv4')};
  if (arp.from !== undefined && arp.to !== undefined) return {from: arp.from, to: arp.to, ip: true};
  return {from: value('eth.src') ?? unknownEnd, to: value('eth.dst') ?? unknownEnd, ip: false};
};

/** Inside of all tunnels: who talks there is whom the reader looks for. */
export const endsOf = (outer: Uint8Array, outerType: LinkType): Ends => {
  const {bytes, linkType} = innermost({bytes: outer, linkType: outerType, originalLength: outer.length});
  return ipEnds(bytes, linkType) ?? otherEnds(bytes, linkType);
};

/** Programs on one machine talk by its one address: their ports tell them apart. */
export const endsOnOneHost = (seen: SeenFrame): Ends | undefined => {
  const {ends} = 'connection' in seen ? seen.connection : seen.datagrams;
  if (ends[0].address !== ends[1].address) return undefined;
  // A program that asks by UDP takes another port each time: whoever asks is one host, by its address.
  const first = 'connection' in seen ? endpointText(ends[0]) : ends[0].address;
  const second = endpointText(ends[1]);
  const [from, to] = seen.side === 0 ? [first, second] : [second, first];
  return {from, to, ip: ends[0].address};
};

/** Of the kind of packet in cooked headers: broadcast, multicast (tcpdump.org/linktypes). */
const cookedForMany: readonly number[] = [1, 2];

/** The link says so where it is told: for all of a network whose mask nobody knows, IP's address does not. */
const linkForMany = (bytes: Uint8Array, linkType: LinkType): boolean => {
  if (linkType === LinkTypes.ethernet) return ((bytes[0] ?? 0) & 1) === 1;
  if (linkType === LinkTypes.sll) return cookedForMany.includes(bytes[1] ?? 0);
  return linkType === LinkTypes.sll2 && cookedForMany.includes(bytes[10] ?? 0);
};

/** Meant for whoever listens, so that it arrives at no single place. ARP asks all, but for one of them. */
export const isForMany = (bytes: Uint8Array, linkType: LinkType, {from, to, ip}: Ends): boolean => {
  if (networkStart(bytes, linkType) !== undefined) return isGroupAddress(to) || linkForMany(bytes, linkType);
  return ip === false ? linkForMany(bytes, linkType) : from === to;
};

/** RFC 4861 §4: from router solicitation to redirect. */
const discovery = {first: 133, last: 137} as const;
const icmp6 = 58;

/** Not ARP, nor what does its work in IPv6: neighbours are one link away, however far the ends of connections are. */
export const comesThroughIp = (bytes: Uint8Array, linkType: LinkType): boolean => {
  const {version, protocol, transportAt} = readFrameHeaders(bytes, linkType, bytes.length);
  if (version === 0) return false;
  const type = protocol === icmp6 ? (bytes[transportAt] ?? 0) : 0;
  return type < discovery.first || type > discovery.last;
};
