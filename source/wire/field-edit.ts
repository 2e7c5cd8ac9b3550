// Changes the bytes of a packet on its way: overwrites a field by its Wireshark name, or flips a single bit.
import {checksumAdd, checksumFinish, internetChecksum, pseudoHeaderSum} from './checksum.ts';
import {dissect, isSupportedLinkType} from './dissect.ts';
import {ChecksumStatus} from './dissect-step.ts';
import {headerTables} from './header-tables.ts';
import {Protocol} from './ip-packet.ts';
import {IPV4_CHECKSUM_AT, ipv4Addresses} from './ipv4.ts';
import {ipv6Addresses, ipv6Header} from './ipv6.ts';
import type {Field, Layer, LinkType} from './layer.ts';
import {type FieldPlace, writePlace} from './layout.ts';
import {readUint, writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {finalDestinationAt} from './routing-header.ts';
import {TCP_CHECKSUM_AT, TCP_PROTOCOL} from './tcp.ts';
import type {WireError} from './wire-error.ts';

/**
 * Returns the place of a packet's field that no header table contains, such as an option's value; undefined unless it has 1 to 4 octets,
 * which are the number in its row.
 */
const wholeOctets = (bytes: Uint8Array, {value, start, end}: Field): FieldPlace | undefined => {
  const size = end - start;
  if (size < 1 || size > 4 || Number(value) !== readUint(bytes, start, size)) return undefined;
  return {start: 0, end: size, shift: 0, bits: 8 * size, scale: 1};
};

/**
 * Returns the place of the first four octets of a longer field in a TLS layer, to be overwritten instead of the whole; undefined for any
 * other field.
 */
const firstOctets = ({start, end}: Field, layer: Layer): FieldPlace | undefined =>
  layer.protocol === 'tls' && end - start > 4 ? {start: 0, end: 4, shift: 0, bits: 32, scale: 1} : undefined;

/** The place of a field to edit in a packet's bytes; `place` counts from the byte at offset `at`. */
type Target = {readonly at: number; readonly place: FieldPlace};

const findTarget = (bytes: Uint8Array, layers: readonly Layer[], name: string): Target | undefined => {
  for (const layer of layers) {
    const field = layer.fields.find((row) => row.name === name);
    if (!field || layer.quoted) continue;
    const table = headerTables.find(({protocol}) => protocol === layer.protocol);
    const place = table?.place(name) ?? wholeOctets(bytes, field) ?? firstOctets(field, layer);
    if (place) return {at: field.start - place.start, place};
  }
  return undefined;
};

type Upper = {readonly number: number; readonly checksumAt: number};

const uppers: ReadonlyMap<string, Upper> = new Map([
  ['tcp', {number: TCP_PROTOCOL, checksumAt: TCP_CHECKSUM_AT}],
  ['udp', {number: Protocol.udp, checksumAt: 6}],
  ['icmp', {number: Protocol.icmp, checksumAt: 2}],
  ['icmpv6', {number: Protocol.icmpv6, checksumAt: 2}],
]);

const packetEnd = (bytes: Uint8Array, {protocol, start}: Layer): number => {
  const length = protocol === 'ip' ? readUint(bytes, start + 2, 2) : readUint(bytes, start + 4, 2);
  if (length === 0) return bytes.length;
  return protocol === 'ip' ? start + length : start + ipv6Header.size + length;
};

type Place = {readonly ip: Layer; readonly layer: Layer; readonly routing: Layer | undefined};

const mendUpper = (bytes: Uint8Array, {ip, layer, routing}: Place, {number, checksumAt}: Upper): void => {
  const status = layer.fields.find(({name}) => name === `${layer.protocol}.checksum.status`)?.value;
  const judged = status === String(ChecksumStatus.good) || status === String(ChecksumStatus.bad);
  if (!judged) return;
  const {start, protocol} = layer;
  const end = protocol === 'udp' ? start + readUint(bytes, start + 4, 2) : packetEnd(bytes, ip);
  const addresses =
    ip.protocol === 'ip'
      ? ipv4Addresses(ip.start)
      : {
          ...ipv6Addresses(ip.start),
          finalAt: routing && finalDestinationAt(bytes, routing.start, routing.end),
        };
  const upper = {protocol: number, length: end - start};
  const pseudo = protocol === 'icmp' ? 0 : pseudoHeaderSum(bytes, addresses, upper);
  writeUint(bytes, start + checksumAt, 2, 0);
  const checksum = checksumFinish(checksumAdd(pseudo, bytes, start, end));
  // A computed UDP checksum of 0 is sent as all ones (RFC 768).
  writeUint(bytes, start + checksumAt, 2, protocol === 'udp' ? checksum || 0xffff : checksum);
};

const mendHeader = (bytes: Uint8Array, {fields, start, end}: Layer): void => {
  if (!fields.some(({name}) => name === 'ip.checksum.status')) return;
  writeUint(bytes, start + IPV4_CHECKSUM_AT, 2, 0);
  writeUint(bytes, start + IPV4_CHECKSUM_AT, 2, internetChecksum(bytes, start, end));
};

/**
 * Corrects a packet's checksums after an edit, in tunnels the innermost first, because outer ones cover it. Those over cut bytes, in
 * fragments, and the edited field itself stay as they are.
 */
const mendChecksums = (bytes: Uint8Array, linkType: LinkType, edited: string): void => {
  const layers = dissect(bytes, linkType).layers.filter(({quoted}) => !quoted);
  for (const [at, layer] of [...layers.entries()].toReversed()) {
    if (edited === `${layer.protocol}.checksum`) continue;
    if (layer.protocol === 'ip') mendHeader(bytes, layer);
    const upper = uppers.get(layer.protocol);
    const around = layers.slice(0, at);
    const ip = around.findLast(({protocol}) => protocol === 'ip' || protocol === 'ipv6');
    if (!upper || !ip) continue;
    const routing = around.find(({protocol, start}) => protocol === 'ipv6.routing' && start > ip.start);
    mendUpper(bytes, {ip, layer, routing}, upper);
  }
};

/**
 * Returns a copy of a frame in which the number that Wireshark calls `fieldName` is `newValue`, in the displayed unit (bytes for header
 * lengths). The first such field is changed; those of packets quoted by ICMP errors are not.
 */
export const fieldEdit = (
  bytes: Uint8Array,
  linkType: LinkType,
  fieldName: string,
  newValue: number,
  {fixChecksums}: {readonly fixChecksums: boolean},
): Result<Uint8Array, WireError> => {
  if (!isSupportedLinkType(linkType)) return err({code: 'link-type', linkType});
  const target = findTarget(bytes, dissect(bytes, linkType).layers, fieldName);
  if (!target) return err({code: 'field-unknown', field: fieldName});
  const {bits, scale} = target.place;
  const max = (0xffff_ffff >>> (32 - bits)) * scale;
  const fits = Number.isInteger(newValue / scale) && newValue >= 0 && newValue <= max;
  if (!fits) return err({code: 'field-range', field: fieldName, max, step: scale});
  const edited = bytes.slice();
  writePlace(edited, target.at, target.place, newValue / scale);
  if (fixChecksums) mendChecksums(edited, linkType, fieldName);
  return ok(edited);
};

/** A field of a packet that `fieldEdit` can change, by its Wireshark name, with its present value. */
export type EditableField = {readonly name: string; readonly value: string};

/**
 * Returns a packet's fields that `fieldEdit` can change, each name once: those of the innermost header first, those of the link header
 * last.
 */
export const editableFields = (bytes: Uint8Array, linkType: LinkType): readonly EditableField[] => {
  const found = new Map<string, EditableField>();
  for (const layer of dissect(bytes, linkType).layers.toReversed()) {
    if (layer.quoted) continue;
    for (const {name, value} of layer.fields) {
      const number = value === '' ? Number.NaN : Number(value);
      if (found.has(name) || !fieldEdit(bytes, linkType, name, number, {fixChecksums: true}).ok) continue;
      found.set(name, {name, value});
    }
  }
  return [...found.values()];
};

/**
 * Returns a copy of a frame with one bit flipped, or an error if there is no such bit; bits count from 0, the most significant one of the
 * first byte.
 */
export const flipBit = (bytes: Uint8Array, bit: number): Result<Uint8Array, WireError> => {
  const bits = 8 * bytes.length;
  if (!Number.isInteger(bit) || bit < 0 || bit >= bits) return err({code: 'bit-range', bit, bits});
  const flipped = bytes.slice();
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
  return ok(flipped);
};
