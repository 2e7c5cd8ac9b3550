// Reads the unprotected parts of the headers of all QUIC packets in a UDP datagram (RFC 9000 §12.2, §17; RFC 8999).
import type {Field} from '../layer.ts';
import {hexNumber, hexOf, readUint} from '../octets.ts';
import {quietReaderOf, type TlsReader} from '../tls/presentation.ts';
import {
  isQuicVersion,
  type LongType,
  type QuicVersion,
  quicVersion,
  quicVersionName,
} from './quic-version.ts';
import {takeOctets, varint} from './varint.ts';

type Place = {
  /** The offset of the QUIC packet in the bytes of its UDP datagram. */
  readonly start: number;
  readonly end: number;
};

export type LongHeader = Place & {
  readonly kind: Exclude<LongType, 'Retry'>;
  readonly version: QuicVersion;
  readonly dcid: Uint8Array;
  readonly scid: Uint8Array;
  /** The token of a QUIC Initial packet; empty in other long headers. */
  readonly token: Uint8Array;
  /** The offset in the datagram of the QUIC packet number, which is under header protection. */
  readonly numberAt: number;
};

export type RetryHeader = Omit<LongHeader, 'kind' | 'numberAt'> & {readonly kind: 'Retry'};

export type NegotiationHeader = Place & {
  readonly kind: 'Version Negotiation';
  readonly dcid: Uint8Array;
  readonly scid: Uint8Array;
  readonly versions: readonly number[];
};

/** A QUIC packet with a short header (1-RTT). Only a reader that knows the connection ID can tell where the rest begins. */
export type ShortHeader = Place & {readonly kind: '1-RTT'};

/** A QUIC packet of an unsupported version: only the fields that RFC 8999 fixes for all versions are read. */
export type UnknownHeader = Place & {
  readonly kind: 'unknown';
  readonly number: number;
  readonly dcid: Uint8Array;
  readonly scid: Uint8Array;
};

export type PacketHeader = LongHeader | RetryHeader | NegotiationHeader | ShortHeader | UnknownHeader;

const integrityTag = 16;
const longest = 20;

/** Reads both connection IDs of a long header of QUIC, which have the same form in all versions (RFC 8999 §5.1). */
const readIds = (from: TlsReader): {readonly dcid: Uint8Array; readonly scid: Uint8Array} => {
  const dcid = takeOctets(from, takeOctets(from, 1)[0] ?? 0);
  const scid = takeOctets(from, takeOctets(from, 1)[0] ?? 0);
  return {dcid, scid};
};

const negotiation = (from: TlsReader, ids: ReturnType<typeof readIds>): PacketHeader | undefined => {
  const start = 0;
  const versions: number[] = [];
  for (let at = from.at; at + 4 <= from.end; at += 4) versions.push(readUint(from.bytes, at, 4));
  return versions.length === 0
    ? undefined
    : {kind: 'Version Negotiation', start, end: from.end, ...ids, versions};
};

const longHeader = (from: TlsReader, start: number): PacketHeader | undefined => {
  const first = from.bytes[start] ?? 0;
  from.at = start + 1;
  const number = readUint(takeOctets(from, 4), 0, 4);
  const ids = readIds(from);
  if (from.error) return undefined;
  if (number === 0) return start === 0 ? negotiation(from, ids) : undefined;
  const version = quicVersion(number);
  if (!version) return {kind: 'unknown', start, end: from.end, number, ...ids};
  // A connection ID longer than 20 octets is invalid in all supported versions of QUIC (RFC 9000 §17.2).
  if (Math.max(ids.dcid.length, ids.scid.length) > longest) return undefined;
  const kind = version.longTypes[(first >> 4) & 3] ?? 'Initial';
  if (kind === 'Retry') {
    const tokenEnd = from.end - integrityTag;
    if (tokenEnd < from.at) return undefined;
    return {kind, version, ...ids, token: from.bytes.subarray(from.at, tokenEnd), start, end: from.end};
  }
  const token = takeOctets(from, kind === 'Initial' ? varint.read(from) : 0);
  const length = varint.read(from);
  if (from.error) return undefined;
  return {kind, version, ...ids, token, numberAt: from.at, start, end: from.at + length};
};

/**
 * Reads the QUIC header at `start` of a datagram. The fixed bit is ignored, because ends that have agreed on it set it at random (RFC
 * 9287).
 */
const headerAt = (bytes: Uint8Array, start: number): PacketHeader | undefined =>
  ((bytes[start] ?? 0) & 0x80) === 0
    ? {kind: '1-RTT', start, end: bytes.length}
    : longHeader(quietReaderOf(bytes), start);

const isZeros = (bytes: Uint8Array, start: number): boolean => {
  for (let at = start; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
};

/**
 * Tells whether a further QUIC packet belongs to the same datagram (RFC 9000 §12.2): it has the connection ID of the first, and is not just
 * zeros.
 */
const isCoalesced = (bytes: Uint8Array, header: PacketHeader, first: PacketHeader): boolean => {
  if (!('dcid' in first)) return false;
  const dcid = hexOf(first.dcid);
  if (header.kind !== '1-RTT') return hexOf(header.dcid) === dcid;
  const at = header.start + 1;
  const isFor = hexOf(bytes, at, Math.min(bytes.length, at + first.dcid.length)) === dcid;
  return isFor && !isZeros(bytes, header.start);
};

/**
 * Returns the headers of the QUIC packets in a UDP datagram. It never throws; padding or rubbish after the last packet is left out, and
 * `end` of a cut packet is beyond the bytes.
 */
export const packetsIn = (bytes: Uint8Array): readonly PacketHeader[] => {
  const found: PacketHeader[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = headerAt(bytes, at);
    const [first = header] = found;
    if (!header || !first || (at > 0 && !isCoalesced(bytes, header, first))) break;
    found.push(header);
    at = header.end;
  }
  return found;
};

/** Returns the inspector row for the packet type in a QUIC long header; the number is the one that the QUIC version uses. */
const typeRow = ({kind, version}: LongHeader | RetryHeader, at: number): Field => ({
  name: version.label('key') === 'quic key' ? 'quic.long.packet_type' : 'quic.long.packet_type_v2',
  value: String(version.longTypes.indexOf(kind)),
  start: at,
  end: at + 1,
  mask: 0x30,
});

/** Returns the inspector rows for the unprotected part of a QUIC header; the protected part is dissected after its decryption. */
export const headerRows = (bytes: Uint8Array, header: PacketHeader): readonly Field[] => {
  const {start} = header;
  const end = Math.min(header.end, bytes.length);
  const bit = (name: string, mask: number): Field => ({
    ...{name, start, end: start + 1, mask},
    value: ((bytes[start] ?? 0) & mask) === 0 ? '0' : '1',
  });
  const length = {name: 'quic.packet_length', value: String(end - start), start, end: start};
  const form = bit('quic.header_form', 0x80);
  if (header.kind === '1-RTT') return [length, form, bit('quic.fixed_bit', 0x40), bit('quic.spin_bit', 0x20)];
  const rows: Field[] = [length, form];
  if ('numberAt' in header) rows.push(bit('quic.fixed_bit', 0x40));
  if ('version' in header) rows.push(typeRow(header, start));
  const number = (name: string, at: number, size: number, digits = 0): void => {
    const value = readUint(bytes, at, size);
    rows.push({
      name,
      value: digits > 0 ? hexNumber(value, digits) : String(value),
      start: at,
      end: at + size,
    });
  };
  const octets = (name: string, at: number, to: number): void => {
    if (to > at) rows.push({name, value: hexOf(bytes, at, to), start: at, end: to});
  };
  number('quic.version', start + 1, 4, 8);
  const scilAt = start + 6 + header.dcid.length;
  number('quic.dcil', start + 5, 1);
  octets('quic.dcid', start + 6, scilAt);
  number('quic.scil', scilAt, 1);
  const idsEnd = scilAt + 1 + header.scid.length;
  octets('quic.scid', scilAt + 1, idsEnd);
  if (header.kind === 'Version Negotiation')
    for (let at = idsEnd; at + 4 <= end; at += 4) number('quic.supported_version', at, 4, 8);
  if (header.kind === 'Retry') {
    octets('quic.retry_token', idsEnd, end - integrityTag);
    octets('quic.retry_integrity_tag', end - integrityTag, end);
  }
  if ('numberAt' in header) rows.push(...lengthRows(bytes, header, idsEnd));
  return rows;
};

const lengthRows = (bytes: Uint8Array, {kind, token}: LongHeader, idsEnd: number): readonly Field[] => {
  const rows: Field[] = [];
  const from = {...quietReaderOf(bytes), at: idsEnd};
  const row = (name: string): void => {
    const start = from.at;
    rows.push({name, value: String(varint.read(from)), start, end: from.at});
  };
  if (kind === 'Initial') {
    row('quic.token_length');
    const start = from.at;
    if (takeOctets(from, token.length).length > 0)
      rows.push({name: 'quic.token', value: hexOf(token), start, end: from.at});
  }
  row('quic.length');
  return rows;
};

const quicPort = 443;
/**
 * The least size in octets of a datagram with a client's Initial packet (RFC 9000 §14.1), and of any QUIC packet: that of a stateless reset
 * (§10.3).
 */
const leastInitial = 1200;
const leastShort = 21;

/**
 * Tells whether a payload alone looks like QUIC: a long header of a known or reserved version, or anything possible on QUIC's port. A
 * client begins without the fixed bit only if it remembers that the server accepts that (RFC 9287 §3.1).
 */
export const isQuic = (payload: Uint8Array, ports: readonly number[]): boolean => {
  const isPort = ports.includes(quicPort);
  const form = (payload[0] ?? 0) >> 6;
  if (form === 1) return isPort && payload.length >= leastShort;
  if (form < 2 || payload.length < 7) return false;
  const version = readUint(payload, 1, 4);
  const isFull = payload.length >= leastInitial;
  const isKnown = quicVersion(version) !== undefined;
  if (form === 2) return isFull && isKnown;
  return (isPort && isQuicVersion(version)) || isKnown || (isFull && quicVersionName(version) === 'grease');
};
