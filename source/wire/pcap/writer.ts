// Writes capture files piece by piece: pcap (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng), both little-endian with
// microseconds, so that the same records give the same bytes everywhere.
import type {LinkType} from '../layer.ts';
import {encodeUtf8} from '../utf8.ts';
import {BlockType, BYTE_ORDER_MAGIC} from './ng.ts';
import {OptionCode} from './ng-options.ts';
import {keyLogSecrets} from './record.ts';

/** A packet to be written to a capture file. `atUs` counts from 1970-01-01 UTC; `originalLength` is absent if the frame is complete. */
export type OutgoingRecord = {
  readonly atUs: number;
  readonly bytes: Uint8Array;
  readonly originalLength?: number;
  /** Comments on the packet, which only pcapng can contain. */
  readonly comments?: readonly string[];
  /** The nanoseconds to add to `atUs`, 0 … 999, for capture files with nanosecond times. @default 0 */
  readonly nanoseconds?: number;
  /** Lines of a TLS key log that are valid from this record on: an earlier secret had the same name. Only pcapng can contain them. */
  readonly secrets?: string;
  /** The index of the interface in the capture file on which the packet was captured. @default 0 */
  readonly interfaceId?: number;
};

const SNAP_LENGTH = 262_144;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const pcapHeader = (linkType: LinkType, nanoseconds: boolean): Uint8Array => {
  const bytes = new Uint8Array(24);
  const data = view(bytes);
  data.setUint32(0, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, true);
  data.setUint16(4, 2, true);
  data.setUint16(6, 4, true);
  data.setUint32(16, SNAP_LENGTH, true);
  data.setUint32(20, linkType, true);
  return bytes;
};

/** Yields a pcap file piece by piece: its header, then each packet. */
export function* encodePcap(
  linkType: LinkType,
  records: Iterable<OutgoingRecord>,
  inNanoseconds = false,
): Generator<Uint8Array, void> {
  yield pcapHeader(linkType, inNanoseconds);
  for (const {atUs, nanoseconds = 0, bytes: frame, originalLength = frame.length} of records) {
    const bytes = new Uint8Array(16 + frame.length);
    const data = view(bytes);
    data.setUint32(0, Math.floor(atUs / 1_000_000), true);
    const us = atUs % 1_000_000;
    data.setUint32(4, inNanoseconds ? 1000 * us + nanoseconds : us, true);
    data.setUint32(8, frame.length, true);
    data.setUint32(12, originalLength, true);
    bytes.set(frame, 16);
    yield bytes;
  }
}

type Option = {readonly code: number; readonly value: Uint8Array};

const padded = (length: number): number => (length + 3) & ~3;

/** Returns a pcapng option with text, which is cut to 65,535 octets because the option's length field has 16 bits. */
const textOption = (code: number, text: string): Option => ({
  code,
  value: encodeUtf8(text).subarray(0, 0xffff),
});

const commentOptions = (comments: readonly string[] = []): Option[] =>
  comments.map((comment) => textOption(OptionCode.comment, comment));

const optionsSize = (options: readonly Option[]): number =>
  options.length === 0 ? 0 : options.reduce((sum, {value}) => sum + 4 + padded(value.length), 4);

/** Returns a pcapng block: a body of `bodySize` octets, which `fill` writes, then its options. */
const block = (
  type: number,
  bodySize: number,
  options: readonly Option[],
  fill: (body: DataView, bytes: Uint8Array) => void,
): Uint8Array => {
  const length = 12 + padded(bodySize) + optionsSize(options);
  const bytes = new Uint8Array(length);
  const data = view(bytes);
  data.setUint32(0, type, true);
  data.setUint32(4, length, true);
  data.setUint32(length - 4, length, true);
  const body = bytes.subarray(8, 8 + bodySize);
  fill(view(body), body);
  let at = 8 + padded(bodySize);
  for (const {code, value} of options) {
    data.setUint16(at, code, true);
    data.setUint16(at + 2, value.length, true);
    bytes.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  return bytes;
};

type OutgoingFile = {
  readonly interfaces: readonly {
    readonly linkType: LinkType;
    readonly name?: string;
    readonly comments?: readonly string[];
  }[];
  readonly comments?: readonly string[];
  /** The name of the program that writes the capture file. */
  readonly application?: string;
  /** Whether the times in the capture file have nanoseconds; otherwise they have microseconds. */
  readonly nanoseconds?: boolean;
  /** Lines of a TLS key log (RFC 9850 §2) that the pcapng file contains; empty if it has none. */
  readonly keyLog?: string;
};

const sectionBlock = ({comments, application}: OutgoingFile): Uint8Array => {
  const options = commentOptions(comments);
  if (application) options.push(textOption(OptionCode.userApplication, application));
  return block(BlockType.section, 16, options, (body) => {
    body.setUint32(0, BYTE_ORDER_MAGIC, true);
    body.setUint16(4, 1, true);
    // A section length of −1 means “not known”, because the section is written before its length is known.
    body.setBigInt64(8, -1n, true);
  });
};

const interfaceBlock = (
  {linkType, name, comments}: OutgoingFile['interfaces'][number],
  nanoseconds: boolean,
): Uint8Array => {
  const options = commentOptions(comments);
  if (name) options.push(textOption(OptionCode.name, name));
  options.push({code: OptionCode.tsresol, value: Uint8Array.of(nanoseconds ? 9 : 6)});
  return block(BlockType.interface, 8, options, (body) => {
    body.setUint16(0, linkType, true);
    body.setUint32(4, SNAP_LENGTH, true);
  });
};

const packetBlock = (record: OutgoingRecord, inNanoseconds: boolean): Uint8Array => {
  const {
    atUs,
    nanoseconds = 0,
    bytes: frame,
    originalLength = frame.length,
    comments,
    interfaceId = 0,
  } = record;
  return block(BlockType.enhancedPacket, 20 + frame.length, commentOptions(comments), (body, bytes) => {
    body.setUint32(0, interfaceId, true);
    // A time in nanoseconds since 1970 exceeds 2^53, so it is computed as a BigInt.
    const time = inNanoseconds ? 1000n * BigInt(atUs) + BigInt(nanoseconds) : BigInt(atUs);
    body.setUint32(4, Number(time >> 32n), true);
    body.setUint32(8, Number(time & 0xffff_ffffn), true);
    body.setUint32(12, frame.length, true);
    body.setUint32(16, originalLength, true);
    bytes.set(frame, 20);
  });
};

/** Returns a decryption-secrets block (`TLSK`) of a pcapng file with the lines of a TLS key log. */

const secretsBlock = (keyLog: string): Uint8Array => {
  const text = encodeUtf8(keyLog);
  return block(BlockType.secrets, 8 + text.length, [], (body, bytes) => {
    body.setUint32(0, keyLogSecrets, true);
    body.setUint32(4, text.length, true);
    bytes.set(text, 8);
  });
};

/**
 * Yields a pcapng section: its header, the TLS secrets (which must precede the packets that they decrypt), its interfaces, then each
 * packet.
 */
export function* encodePcapng(
  file: OutgoingFile,
  records: Iterable<OutgoingRecord>,
): Generator<Uint8Array, void> {
  yield sectionBlock(file);
  if (file.keyLog) yield secretsBlock(file.keyLog);
  const {nanoseconds = false} = file;
  for (const one of file.interfaces) yield interfaceBlock(one, nanoseconds);
  for (const record of records) {
    if (record.secrets) yield secretsBlock(record.secrets);
    yield packetBlock(record, nanoseconds);
  }
}
