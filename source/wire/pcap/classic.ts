// Reads the classic pcap format of capture files (draft-ietf-opsawg-pcap §4–5), with micro- and nanosecond magic, in both byte orders.
import {isSupportedLinkType} from '../dissect.ts';
import type {LinkType} from '../layer.ts';
import {type Endian, uint16, uint32} from './endian.ts';
import {MAX_BLOCK_BYTES, type Parsed, type Parser} from './record.ts';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

const noComments: readonly string[] = [];

type Dialect = {readonly endian: Endian; readonly unitsPerUs: 1 | 1000};

const dialects: ReadonlyMap<number, Dialect> = new Map([
  [0xa1b2c3d4, {endian: 'big', unitsPerUs: 1}],
  [0xd4c3b2a1, {endian: 'little', unitsPerUs: 1}],
  [0xa1b23c4d, {endian: 'big', unitsPerUs: 1000}],
  [0x4d3cb2a1, {endian: 'little', unitsPerUs: 1000}],
]);

export const isPcapMagic = (magic: number): boolean => dialects.has(magic);

/** Returns the link type for the number in a pcap file; DLT_RAW has had several numbers in files (tcpdump.org/linktypes.html). */
const linkTypeOf = (number: number): LinkType => (number === 12 || number === 14 ? 101 : number);

const recordParser =
  ({endian, unitsPerUs}: Dialect, linkType: LinkType): Parser =>
  ({pending, at, offset, frameNumber}) => {
    if (pending.length - at < RECORD_HEADER) return {kind: 'more'};
    const length = uint32(pending, at + 8, endian);
    if (length > MAX_BLOCK_BYTES) {
      return {kind: 'failed', error: {code: 'too-long', offset, length, limit: MAX_BLOCK_BYTES}};
    }
    const end = at + RECORD_HEADER + length;
    if (pending.length < end) return {kind: 'more'};
    const fraction = uint32(pending, at + 4, endian);
    const record = {
      frameNumber,
      atUs: uint32(pending, at, endian) * 1_000_000 + Math.floor(fraction / unitsPerUs),
      nanoseconds: fraction % unitsPerUs,
      linkType,
      originalLength: Math.max(length, uint32(pending, at + 12, endian)),
      bytes: pending.subarray(at + RECORD_HEADER, end),
      fileOffset: offset + RECORD_HEADER,
      comments: noComments,
    };
    return {kind: 'taken', length: RECORD_HEADER + length, record};
  };

const readHeader = (pending: Uint8Array, at: number, offset: number): Parsed & {readonly parser?: Parser} => {
  if (pending.length - at < FILE_HEADER) return {kind: 'more'};
  const dialect = dialects.get(uint32(pending, at, 'big'));
  if (!dialect) return {kind: 'failed', error: {code: 'not-a-capture', offset}};
  if (uint16(pending, at + 4, dialect.endian) !== 2) {
    return {kind: 'failed', error: {code: 'malformed', offset, field: 'version'}};
  }
  // The upper bits of this field of the pcap header tell the length of a frame check sequence.
  const linkType = linkTypeOf(uint32(pending, at + 20, dialect.endian) & 0xffff);
  const snapLength = uint32(pending, at + 16, dialect.endian);
  return {
    kind: 'taken',
    length: FILE_HEADER,
    interface: {linkType, supported: isSupportedLinkType(linkType), snapLength, name: '', comments: []},
    file: {endian: dialect.endian, nanoseconds: dialect.unitsPerUs === 1000},
    parser: recordParser(dialect, linkType),
  };
};

export const pcapParser = (): Parser => {
  let records: Parser | undefined;
  return (input) => {
    if (records) return records(input);
    const {parser, ...parsed} = readHeader(input.pending, input.at, input.offset);
    records = parser;
    return parsed;
  };
};
