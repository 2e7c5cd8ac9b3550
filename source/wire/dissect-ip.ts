// Dissects IPv4 and IPv6 headers with options and extension headers as inspector layers (RFC 791, RFC 8200).
import {internetChecksum} from './checksum.ts';
import {
  bytesField,
  ChecksumStatus,
  computed,
  insertAfter,
  layerOf,
  type Step,
  type Stretch,
} from './dissect-step.ts';
import {Ipv4Flag, ipv4Addresses, ipv4Header} from './ipv4.ts';
import {type ExtensionSpan, extensionNames, ipv6Addresses, ipv6Header, walkExtensions} from './ipv6.ts';
import type {Field, Layer} from './layer.ts';
import {layout, octets, uint} from './layout.ts';
import {readUint} from './octets.ts';
import {finalDestinationIn} from './routing-header.ts';

const dissectIpv4 = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const rows = ipv4Header.rows(bytes, start, end);
  const stop = (problem: string): Step => ({layers: [layerOf('ip', stretch, rows)], problem});
  if (start + ipv4Header.size > end) return stop('ip:short');
  const header = ipv4Header.read(bytes, start);
  const headerEnd = start + 4 * header.headerLength;
  if (headerEnd < start + ipv4Header.size) return stop('ip:ip.hdr_len');
  if (headerEnd > end) return stop('ip:short');
  const right = internetChecksum(bytes, start, headerEnd) === 0;
  const status = right ? ChecksumStatus.good : ChecksumStatus.bad;
  const fields = insertAfter(rows, 'ip.checksum', computed('ip.checksum.status', status, start + 10));
  if (headerEnd > start + ipv4Header.size) {
    fields.push(bytesField('ip.options', bytes, start + ipv4Header.size, headerEnd));
  }
  const layers = [layerOf('ip', {...stretch, end: headerEnd}, fields)];
  // A total length of 0 is caused by segmentation offload; the packet then extends to the end of the frame.
  const wireEnd = header.totalLength === 0 ? stretch.wireEnd : start + header.totalLength;
  if (wireEnd < headerEnd) return {layers, problem: 'ip:ip.len'};
  const rest = {...stretch, start: headerEnd, end: Math.min(end, wireEnd), wireEnd};
  if (header.fragmentOffset > 0) return {layers, next: {...rest, as: 'data'}};
  const fragmented = (header.flags & Ipv4Flag.moreFragments) !== 0;
  const addresses = ipv4Addresses(start);
  return {layers, next: {...rest, as: 'protocol', protocol: header.protocol, addresses, fragmented}};
};

/** Returns the field table of an IPv6 extension header's first two octets (RFC 8200 §4); `name` is Wireshark's name of the layer. */
const extensionTable = (name: string) =>
  layout(name, [uint('next', 8, `${name}.nxt`), uint('length', 8, `${name}.len`)]);

/** The field table of the IPv6 routing header (RFC 8200 §4.4). */
const routingTable = layout('ipv6.routing', [
  uint('next', 8, 'ipv6.routing.nxt'),
  uint('length', 8, 'ipv6.routing.len'),
  uint('type', 8, 'ipv6.routing.type'),
  uint('segmentsLeft', 8, 'ipv6.routing.segleft'),
]);

/** The field table of the IPv6 fragment header (RFC 8200 §4.5). */
const fragmentTable = layout('ipv6.fraghdr', [
  uint('next', 8, 'ipv6.fraghdr.nxt'),
  octets('reserved', 1),
  uint('offset', 13, 'ipv6.fraghdr.offset'),
  uint('reservedBits', 2, 'ipv6.fraghdr.reserved_bits'),
  uint('more', 1, 'ipv6.fraghdr.more'),
  uint('ident', 32, 'ipv6.fraghdr.ident', {hex: 8}),
]);

const extensionTables = new Map([...extensionNames].map(([type, name]) => [type, extensionTable(name)]));

const extensionRows = (bytes: Uint8Array, {type, start, end}: ExtensionSpan): readonly Field[] => {
  if (type === 44) return fragmentTable.rows(bytes, start, end);
  if (type === 43) return routingTable.rows(bytes, start, end);
  return extensionTables.get(type)?.rows(bytes, start, end) ?? [];
};

const extensionLayer = (stretch: Stretch, span: ExtensionSpan): Layer =>
  layerOf(extensionNames.get(span.type) ?? 'data', {...stretch, ...span}, extensionRows(stretch.bytes, span));

const dissectIpv6 = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  const headerEnd = start + ipv6Header.size;
  const rows = ipv6Header.rows(bytes, start, end);
  if (headerEnd > end) return {layers: [layerOf('ipv6', stretch, rows)], problem: 'ipv6:short'};
  const header = ipv6Header.read(bytes, start);
  // The payload length is 0 in a jumbogram (RFC 2675) and in a packet for segmentation offload.
  const wireEnd = header.payloadLength === 0 ? stretch.wireEnd : headerEnd + header.payloadLength;
  const packetEnd = Math.min(end, wireEnd);
  const chain = walkExtensions(bytes, header.nextHeader, headerEnd, packetEnd);
  const layers = [
    layerOf('ipv6', {...stretch, end: headerEnd}, rows),
    ...chain.spans.map((span) => extensionLayer(stretch, span)),
  ];
  if (!chain.whole) return {layers, problem: wireEnd > end ? 'ipv6:short' : 'ipv6:ipv6.nxt'};
  const rest = {...stretch, start: chain.start, end: packetEnd, wireEnd};
  if (chain.fragmentOffset > 0) return {layers, next: {...rest, as: 'data'}};
  const {protocol, fragmented} = chain;
  const addresses = {...ipv6Addresses(start), finalAt: finalDestinationIn(bytes, chain.spans)};
  return {layers, next: {...rest, as: 'protocol', protocol, addresses, fragmented}};
};

export const dissectIp = (stretch: Stretch): Step => {
  const {bytes, start, end} = stretch;
  if (start >= end) return {layers: [], problem: 'ip:short'};
  const version = readUint(bytes, start, 1) >> 4;
  if (version === 4) return dissectIpv4(stretch);
  if (version === 6) return dissectIpv6(stretch);
  return {layers: [], next: {...stretch, as: 'data'}, problem: 'ip:ip.version'};
};
