// Dissects TCP segments and UDP datagrams as inspector layers (RFC 9293 §3.1, RFC 768).

import {checksumAdd, checksumFinish, pseudoHeaderSum} from './checksum.ts';
import {dhcpPorts} from './dhcp.ts';
import {isHttpPort} from './dissect-http.ts';
import {
  bytesField,
  ChecksumStatus,
  computed,
  insertAfter,
  layerOf,
  type Next,
  numberField,
  type Step,
  type Stretch,
} from './dissect-step.ts';
import {isTlsPort, looksLikeTls} from './dissect-tls.ts';
import {dnsPort} from './dns/carried.ts';
import type {Field} from './layer.ts';
import {readUint} from './octets.ts';
import {servicePort} from './service-port.ts';
import {TCP_PROTOCOL, tcpHeader} from './tcp.ts';
import {OptionKind, type OptionSpan, optionSpans} from './tcp-options.ts';
import {isVxlan} from './tunnel.ts';
import {udpHeader} from './udp.ts';

export type Carried = Extract<Next, {readonly as: 'protocol'}>;

/**
 * Returns the status of a transport header's checksum: good or bad if every byte that it covers was captured and belongs to one whole
 * packet, otherwise unverified.
 */
export const checksumStatus = (carried: Carried, protocol: number, length: number): number => {
  const {bytes, start, end, fragmented, addresses} = carried;
  if (fragmented || start + length > end) return ChecksumStatus.unverified;
  // Only ICMP for IPv4 (protocol 1) has no pseudo header in its checksum (RFC 792).
  const pseudo = protocol === 1 ? 0 : pseudoHeaderSum(bytes, addresses, {protocol, length});
  const right = checksumFinish(checksumAdd(pseudo, bytes, start, start + length)) === 0;
  return right ? ChecksumStatus.good : ChecksumStatus.bad;
};

/** Maps the kind of a TCP option to Wireshark's name of the row for the whole option. */
const optionNames: ReadonlyMap<number, string> = new Map([
  [OptionKind.eol, 'tcp.options.eol'],
  [OptionKind.nop, 'tcp.options.nop'],
  [OptionKind.mss, 'tcp.options.mss'],
  [OptionKind.windowScale, 'tcp.options.wscale'],
  [OptionKind.sackPermitted, 'tcp.options.sack_perm'],
  [OptionKind.sack, 'tcp.options.sack'],
  [OptionKind.timestamps, 'tcp.options.timestamp'],
]);

const sackRows = (bytes: Uint8Array, {start, length}: OptionSpan): Field[] => {
  const rows: Field[] = [];
  for (let at = start + 2; at + 8 <= start + length; at += 8) {
    rows.push(
      numberField('tcp.options.sack_le', bytes, at, 4),
      numberField('tcp.options.sack_re', bytes, at + 4, 4),
    );
  }
  return [...rows, computed('tcp.options.sack.count', rows.length / 2, start)];
};

const optionValueRows = (bytes: Uint8Array, span: OptionSpan): Field[] => {
  const {type, start, length} = span;
  const at = start + 2;
  if (type === OptionKind.mss && length === 4) return [numberField('tcp.options.mss_val', bytes, at, 2)];
  if (type === OptionKind.windowScale && length === 3) {
    const shift = numberField('tcp.options.wscale.shift', bytes, at, 1);
    // A window scale shift above 14 is used as 14 (RFC 7323 §2.3).
    return [shift, computed('tcp.options.wscale.multiplier', 1 << Math.min(14, readUint(bytes, at, 1)), at)];
  }
  if (type === OptionKind.sack && length > 2) return sackRows(bytes, span);
  if (type === OptionKind.timestamps && length === 10) {
    return [
      numberField('tcp.options.timestamp.tsval', bytes, at, 4),
      numberField('tcp.options.timestamp.tsecr', bytes, at + 4, 4),
    ];
  }
  return [];
};

const optionRows = (bytes: Uint8Array, span: OptionSpan): Field[] => {
  const {type, start, length} = span;
  const name = optionNames.get(type);
  return [
    ...(name ? [bytesField(name, bytes, start, start + length)] : []),
    numberField('tcp.option_kind', bytes, start, 1),
    ...(length > 1 ? [numberField('tcp.option_len', bytes, start + 1, 1)] : []),
    ...optionValueRows(bytes, span),
  ];
};

const FLAG_LETTERS = ['R', 'R', 'R', 'A', 'C', 'E', 'U', 'A', 'P', 'R', 'S', 'F'];

const flagString = (flags: number): string =>
  FLAG_LETTERS.map((letter, index) => ((flags >> (11 - index)) & 1 ? letter : '·')).join('');

/**
 * Returns how to dissect the payload of TCP or UDP: by ports (IANA), TLS also by its form, otherwise as data. In fragments, and in what an
 * ICMP error quotes, only DNS is recognised.
 */
const payloadNext = (
  stretch: Stretch & {readonly fragmented?: boolean},
  start: number,
  {over, ports}: {readonly over: 'udp' | 'tcp'; readonly ports: readonly [number, number]},
): {readonly next?: Next} => {
  if (start >= stretch.end) return {};
  if (over === 'udp' && !stretch.fragmented && isVxlan(stretch.bytes.subarray(0, stretch.end), start, ports))
    return {next: {...stretch, start, as: 'vxlan'}};
  if (ports.includes(dnsPort)) return {next: {...stretch, start, as: 'dns', over}};
  if (over === 'udp' && !stretch.quoted && ports.every((port) => dhcpPorts.includes(port)))
    return {next: {...stretch, start, as: 'dhcp'}};
  if (over === 'udp' || stretch.quoted || stretch.fragmented) return {next: {...stretch, start, as: 'data'}};
  const port = servicePort(ports, (each) => isHttpPort(each) || isTlsPort(each)) ?? 0;
  if (isHttpPort(port)) return {next: {...stretch, start, as: 'http'}};
  const tls = isTlsPort(port) || looksLikeTls({...stretch, start});
  return {next: {...stretch, start, as: tls ? 'tls' : 'data'}};
};

const dissectTcp = (carried: Carried): Step => {
  const {bytes, start, end, wireEnd} = carried;
  const rows = tcpHeader.rows(bytes, start, end);
  const stop = (problem: string): Step => ({layers: [layerOf('tcp', carried, rows)], problem});
  if (start + tcpHeader.size > end) return stop('tcp:short');
  const {dataOffset, flags, srcPort, dstPort} = tcpHeader.read(bytes, start);
  const headerEnd = start + 4 * dataOffset;
  if (headerEnd < start + tcpHeader.size || headerEnd > wireEnd) return stop('tcp:tcp.hdr_len');
  const status = checksumStatus(carried, TCP_PROTOCOL, wireEnd - start);
  // The length of the whole segment's data is not known in a fragment, or in what an ICMP error quotes.
  const length =
    carried.quoted || carried.fragmented ? [] : [computed('tcp.len', wireEnd - headerEnd, start)];
  let fields = insertAfter(rows, 'tcp.dstport', ...length);
  fields = insertAfter(fields, 'tcp.flags.fin', {
    name: 'tcp.flags.str',
    value: flagString(flags),
    start: start + 12,
    end: start + 14,
  });
  fields = insertAfter(fields, 'tcp.checksum', computed('tcp.checksum.status', status, start + 16));
  const optionsEnd = Math.min(headerEnd, end);
  const {spans, whole} = optionSpans(bytes, start + tcpHeader.size, optionsEnd);
  if (optionsEnd > start + tcpHeader.size) {
    fields.push(bytesField('tcp.options', bytes, start + tcpHeader.size, optionsEnd));
  }
  for (const span of spans) fields.push(...optionRows(bytes, span));
  if (headerEnd < end) fields.push(bytesField('tcp.payload', bytes, headerEnd, end));
  const layers = [layerOf('tcp', {...carried, end: optionsEnd}, fields)];
  if (headerEnd > end) return {layers, problem: 'tcp:short'};
  const next = payloadNext(carried, headerEnd, {over: 'tcp', ports: [srcPort, dstPort]});
  return {layers, ...next, ...(!whole && {problem: 'tcp:tcp.option_len'})};
};

const udpStatus = (carried: Carried, length: number): number =>
  readUint(carried.bytes, carried.start + 6, 2) === 0
    ? ChecksumStatus.notPresent
    : checksumStatus(carried, 17, length);

const dissectUdp = (carried: Carried): Step => {
  const {bytes, start, end, wireEnd} = carried;
  const rows = udpHeader.rows(bytes, start, end);
  const headerEnd = start + udpHeader.size;
  if (headerEnd > end) return {layers: [layerOf('udp', carried, rows)], problem: 'udp:short'};
  const {length, srcPort, dstPort} = udpHeader.read(bytes, start);
  const status = computed('udp.checksum.status', udpStatus(carried, length), start + 6);
  const fields = insertAfter(rows, 'udp.checksum', status);
  const layer = (all: readonly Field[]) => layerOf('udp', {...carried, end: headerEnd}, all);
  const fits =
    length >= udpHeader.size && (start + length <= wireEnd || carried.fragmented || carried.quoted);
  if (!fits) return {layers: [layer(fields)], problem: 'udp:udp.length'};
  const dataEnd = Math.min(end, start + length);
  if (headerEnd < dataEnd) fields.push(bytesField('udp.payload', bytes, headerEnd, dataEnd));
  const carriage = {over: 'udp', ports: [srcPort, dstPort]} as const;
  return {layers: [layer(fields)], ...payloadNext({...carried, end: dataEnd}, headerEnd, carriage)};
};

export const transports = {tcp: dissectTcp, udp: dissectUdp};
