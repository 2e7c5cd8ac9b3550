// Dissects Ethernet II frames, 802.1Q tags and ARP as inspector layers, and the octets after a packet inside its frame (RFC 894, RFC 826).
import {arpHeader} from './arp.ts';
import {bytesField, layerOf, type Next, type Step, type Stretch} from './dissect-step.ts';
import {EtherType, ethernetHeader, serviceTag, vlanTag} from './ethernet.ts';
import {formatIpv4, formatMac} from './ip-address.ts';
import {ipv6Header} from './ipv6.ts';
import type {Field, Layer} from './layer.ts';
import {readUint} from './octets.ts';

/** The least EtherType; smaller values in that field are lengths of an IEEE 802.3 frame (IEEE 802.3 §3.2.6). */
const FIRST_ETHERTYPE = 0x600;

export const dissectEthernet = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const headerEnd = start + ethernetHeader.size;
  const rows = ethernetHeader.rows(bytes, start, end);
  if (headerEnd > end) return {layers: [layerOf('eth', stretch, rows)], problem: 'eth:short'};
  const {type} = ethernetHeader.read(bytes, start);
  const rest = {...stretch, start: headerEnd};
  const isLength = type < FIRST_ETHERTYPE;
  const fields = isLength
    ? rows.map((row) => (row.name === 'eth.type' ? {...row, name: 'eth.len', value: String(type)} : row))
    : rows;
  const layers = [layerOf('eth', {...stretch, end: headerEnd}, fields)];
  return {layers, next: isLength ? {...rest, as: 'data'} : {...rest, as: 'etherType', etherType: type}};
};

const dissectTag = (stretch: Stretch, table: typeof vlanTag): Step => {
  const {bytes, start, end} = stretch;
  const tagEnd = start + table.size;
  const rows = table.rows(bytes, start, end);
  if (tagEnd > end)
    return {layers: [layerOf(table.protocol, stretch, rows)], problem: `${table.protocol}:short`};
  const next: Next = {...stretch, start: tagEnd, as: 'etherType', etherType: table.read(bytes, start).type};
  return {layers: [layerOf(table.protocol, {...stretch, end: tagEnd}, rows)], next};
};

type ArpAddress = {readonly side: string; readonly start: number; readonly end: number};

const hardwareRow = (bytes: Uint8Array, hardware: number, {side, start, end}: ArpAddress): Field =>
  hardware === 1 && end - start === 6
    ? {name: `arp.${side}.hw_mac`, value: formatMac(bytes, start), start, end}
    : bytesField(`arp.${side}.hw`, bytes, start, end);

const protocolRow = (bytes: Uint8Array, protocol: number, {side, start, end}: ArpAddress): Field =>
  protocol === EtherType.ipv4 && end - start === 4
    ? {name: `arp.${side}.proto_ipv4`, value: formatIpv4(bytes, start), start, end}
    : bytesField(`arp.${side}.proto`, bytes, start, end);

/** Returns the inspector rows of the sender's and the target's addresses in an ARP message, with the sizes that its header states. */
const arpAddressRows = (bytes: Uint8Array, start: number): Field[] => {
  const {hardware, protocol, hardwareSize, protocolSize} = arpHeader.read(bytes, start);
  return ['src', 'dst'].flatMap((side, index) => {
    const first = start + arpHeader.size + index * (hardwareSize + protocolSize);
    const middle = first + hardwareSize;
    const hardwareAddress = hardwareRow(bytes, hardware, {side, start: first, end: middle});
    const protocolAddress = protocolRow(bytes, protocol, {side, start: middle, end: middle + protocolSize});
    return [hardwareAddress, protocolAddress].filter((row) => row.end > row.start);
  });
};

const arpEndOf = (bytes: Uint8Array, start: number): number => {
  const {hardwareSize, protocolSize} = arpHeader.read(bytes, start);
  return start + arpHeader.size + 2 * (hardwareSize + protocolSize);
};

const dissectArp = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const rows = arpHeader.rows(bytes, start, end);
  const problem = {problem: 'arp:short'};
  if (start + arpHeader.size > end) return {layers: [layerOf('arp', stretch, rows)], ...problem};
  const arpEnd = arpEndOf(bytes, start);
  const addresses = arpAddressRows(bytes, start).filter((row) => row.end <= end);
  const layer = layerOf('arp', {...stretch, end: Math.min(arpEnd, end)}, [...rows, ...addresses]);
  return {layers: [layer], ...(arpEnd > end && problem)};
};

export const dissectEtherType = (stretch: Stretch, etherType: number): Step => {
  switch (etherType) {
    case EtherType.vlan:
      return dissectTag(stretch, vlanTag);
    case EtherType.serviceVlan:
      return dissectTag(stretch, serviceTag);
    case EtherType.arp:
      return dissectArp(stretch);
    case EtherType.ipv4:
    case EtherType.ipv6:
      return {layers: [], next: {...stretch, as: 'ip'}};
    default:
      return {layers: [], next: {...stretch, as: 'data'}};
  }
};

/**
 * Returns where a packet of this length ends in its frame. A length of 0 is caused by segmentation offload; then no octets follow the
 * packet, so the end is infinite.
 */
const lengthEnd = (length: number, start: number): number =>
  length === 0 ? Number.POSITIVE_INFINITY : start + length;

const packetEnd = (bytes: Uint8Array, etherType: number, at: number): number => {
  if (etherType === EtherType.ipv4) return lengthEnd(readUint(bytes, at + 2, 2), at);
  if (etherType === EtherType.ipv6) return lengthEnd(readUint(bytes, at + 4, 2), at + ipv6Header.size);
  return etherType === EtherType.arp ? arpEndOf(bytes, at) : Number.POSITIVE_INFINITY;
};

/** The smallest Ethernet frame without its check sequence, in bytes (IEEE 802.3 §4.4.2). */
const MINIMUM_FRAME = 60;

const linkProtocols = ['eth', 'ieee8021ad', 'vlan', 'sll'];

/**
 * Returns the inspector rows of a frame's octets after its packet: zeros up to the minimum size of a frame are padding, others a trailer
 * (IEEE 802.3 §3.2.7).
 */
export const trailerRows = (bytes: Uint8Array, layers: readonly Layer[]): Field[] => {
  const link = layers.findLast(({protocol}) => linkProtocols.includes(protocol));
  const type = link?.fields.find(({name}) => name.endsWith('.type') || name.endsWith('.etype'));
  if (!link || !type) return [];
  const start = packetEnd(bytes, readUint(bytes, type.start, 2), link.end);
  if (start >= bytes.length) return [];
  const minimum = Math.min(MINIMUM_FRAME, bytes.length);
  const zeros = bytes.subarray(start, minimum).every((octet) => octet === 0);
  const padded = start < minimum && zeros && link.protocol !== 'sll' ? minimum : start;
  return [
    ...(padded > start ? [bytesField('eth.padding', bytes, start, padded)] : []),
    ...(padded < bytes.length ? [bytesField(`${link.protocol}.trailer`, bytes, padded, bytes.length)] : []),
  ];
};
