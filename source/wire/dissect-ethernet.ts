// Ethernet II frames, 802.1Q tags, ARP, and what follows a packet inside its frame (RFC 894, RFC 826).
import {ARP_SIZE, arpAddresses, arpHeader, isEthernetArp} from './arp.ts';
import {bytesField, layerOf, type Next, type Step, type Stretch} from './dissect-step.ts';
import {EtherType, ethernetHeader, vlanTag} from './ethernet.ts';
import type {Field, Layer} from './layer.ts';
import {readUint} from './octets.ts';

/** Values below are lengths of an IEEE 802.3 frame, not types (IEEE 802.3 §3.2.6). */
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

const dissectVlan = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const tagEnd = start + vlanTag.size;
  const rows = vlanTag.rows(bytes, start, end);
  if (tagEnd > end) return {layers: [layerOf('vlan', stretch, rows)], problem: 'vlan:short'};
  const next: Next = {...stretch, start: tagEnd, as: 'etherType', etherType: vlanTag.read(bytes, start).type};
  return {layers: [layerOf('vlan', {...stretch, end: tagEnd}, rows)], next};
};

/** Addresses of other sizes than Ethernet's and IPv4's, as octets. */
const otherArpRows = (bytes: Uint8Array, start: number, end: number): Field[] => {
  const {hardwareSize, protocolSize} = arpHeader.read(bytes, start);
  let at = start + arpHeader.size;
  const rows: Field[] = [];
  for (const side of ['src', 'dst']) {
    for (const [kind, size] of [
      ['hw', hardwareSize],
      ['proto', protocolSize],
    ] as const) {
      if (size > 0 && at + size <= end) rows.push(bytesField(`arp.${side}.${kind}`, bytes, at, at + size));
      at += size;
    }
  }
  return rows;
};

const dissectArp = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const rows = arpHeader.rows(bytes, start, end);
  const problem = {problem: 'arp:short'};
  if (start + arpHeader.size > end) return {layers: [layerOf('arp', stretch, rows)], ...problem};
  const {hardwareSize, protocolSize} = arpHeader.read(bytes, start);
  const arpEnd = start + arpHeader.size + 2 * (hardwareSize + protocolSize);
  const addresses = isEthernetArp(bytes, start)
    ? arpAddresses.rows(bytes, start + arpHeader.size, end)
    : otherArpRows(bytes, start, end);
  const layer = layerOf('arp', {...stretch, end: Math.min(arpEnd, end)}, [...rows, ...addresses]);
  return {layers: [layer], ...(arpEnd > end && problem)};
};

export const dissectEtherType = (stretch: Stretch, etherType: number): Step => {
  switch (etherType) {
    case EtherType.vlan:
    case EtherType.serviceVlan:
      return dissectVlan(stretch);
    case EtherType.arp:
      return dissectArp(stretch);
    case EtherType.ipv4:
    case EtherType.ipv6:
      return {layers: [], next: {...stretch, as: 'ip'}};
    default:
      return {layers: [], next: {...stretch, as: 'data'}};
  }
};

const packetEnd = (bytes: Uint8Array, etherType: number, at: number): number => {
  if (etherType === EtherType.ipv4) return at + readUint(bytes, at + 2, 2);
  if (etherType === EtherType.ipv6) return at + 40 + readUint(bytes, at + 4, 2);
  return etherType === EtherType.arp ? at + ARP_SIZE : Number.POSITIVE_INFINITY;
};

/** Without the check sequence, in bytes (IEEE 802.3 §4.4.2). */
const MINIMUM_FRAME = 60;

/** Octets behind the packet: zeros up to the minimum size are padding, others a trailer (IEEE 802.3 §3.2.7). */
export const trailerRows = (bytes: Uint8Array, layers: readonly Layer[]): Field[] => {
  const link = layers.findLast(
    ({protocol}) => protocol === 'eth' || protocol === 'vlan' || protocol === 'sll',
  );
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
