// Dissects Linux cooked headers v1 and v2 and the BSD loopback header of captures (LINKTYPE_LINUX_SLL, LINUX_SLL2, NULL, LOOP).
import {bytesField, layerOf, type Step, type Stretch} from './dissect-step.ts';
import {EtherType} from './ethernet.ts';
import {formatIpv4, formatMac} from './ip-address.ts';
import type {Field} from './layer.ts';
import {layout, octets, uint} from './layout.ts';
import {readUint} from './octets.ts';

const cookedV1 = layout('sll', [
  uint('packetType', 16, 'sll.pkttype'),
  uint('hardware', 16, 'sll.hatype'),
  uint('addressLength', 16, 'sll.halen'),
  octets('address', 8),
  uint('type', 16, 'sll.etype', {hex: 4}),
]);

const cookedV2 = layout('sll', [
  uint('type', 16, 'sll.etype', {hex: 4}),
  octets('reserved', 2),
  uint('interface', 32, 'sll.ifindex'),
  uint('hardware', 16, 'sll.hatype'),
  uint('packetType', 8, 'sll.pkttype'),
  uint('addressLength', 8, 'sll.halen'),
  octets('address', 8),
]);

/**
 * Returns the inspector rows of the sender's address in a Linux cooked header: `length` of its eight octets are used, and Wireshark calls
 * the rest unused.
 */
const addressRows = (bytes: Uint8Array, start: number, length: number): Field[] => {
  const end = start + Math.min(8, length);
  const rest = end < start + 8 ? [bytesField('sll.unused', bytes, end, start + 8)] : [];
  if (length === 0) return rest;
  if (length === 6) return [{name: 'sll.src.eth', value: formatMac(bytes, start), start, end}, ...rest];
  if (length === 4) return [{name: 'sll.src.ipv4', value: formatIpv4(bytes, start), start, end}, ...rest];
  return [bytesField('sll.src.other', bytes, start, end), ...rest];
};

const dissectCooked = (
  stretch: Stretch,
  table: typeof cookedV1 | typeof cookedV2,
  addressAt: number,
): Step => {
  const {bytes, start, end} = stretch;
  const headerEnd = start + table.size;
  const rows = table.rows(bytes, start, end);
  if (headerEnd > end) return {layers: [layerOf('sll', stretch, rows)], problem: 'sll:short'};
  const {addressLength, type} = table.read(bytes, start);
  const address = addressRows(bytes, start + addressAt, addressLength);
  const fields = [...rows, ...address]
    .map((row) => (row.name === 'sll.etype' && type < 0x600 ? {...row, name: 'sll.ltype'} : row))
    .sort((a, b) => a.start - b.start);
  return {
    layers: [layerOf('sll', {...stretch, end: headerEnd}, fields)],
    next: {...stretch, start: headerEnd, as: 'etherType', etherType: type},
  };
};

export const dissectCookedV1 = (stretch: Stretch): Step => dissectCooked(stretch, cookedV1, 6);
export const dissectCookedV2 = (stretch: Stretch): Step => dissectCooked(stretch, cookedV2, 12);

/**
 * Maps the address families in a BSD loopback header to EtherTypes: AF_INET, and AF_INET6 as numbered by Linux, NetBSD, FreeBSD and Darwin.
 */
const families: ReadonlyMap<number, number> = new Map([
  [2, EtherType.ipv4],
  [10, EtherType.ipv6],
  [24, EtherType.ipv6],
  [28, EtherType.ipv6],
  [30, EtherType.ipv6],
]);

/**
 * Dissects the BSD loopback header. LOOP has the address family in network order, NULL in that of the capturing machine; because the number
 * is small, its order shows.
 */
export const dissectLoopback = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const headerEnd = start + 4;
  if (headerEnd > end) return {layers: [layerOf('null', stretch, [])], problem: 'null:short'};
  const network = readUint(bytes, start, 4);
  const swapped =
    ((network & 0xff) << 24) | ((network & 0xff00) << 8) | ((network >>> 8) & 0xff00) | (network >>> 24);
  const family = network > 0xffff ? swapped >>> 0 : network;
  const field = {name: 'null.family', value: String(family), start, end: headerEnd};
  const layers = [layerOf('null', {...stretch, end: headerEnd}, [field])];
  const rest = {...stretch, start: headerEnd};
  const etherType = families.get(family);
  return etherType === undefined
    ? {layers, next: {...rest, as: 'data'}}
    : {layers, next: {...rest, as: 'etherType', etherType}};
};
