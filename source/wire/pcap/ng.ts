// Reads the blocks of pcapng capture files (draft-ietf-opsawg-pcapng §4): sections of either byte order, packets, interfaces, secrets.
import {isSupportedLinkType} from '../dissect.ts';
import {decodeUtf8} from '../utf8.ts';
import {type Endian, uint16, uint32} from './endian.ts';
import {type Clock, clockOf, commentsOf, OptionCode, readOptions, timeOf} from './ng-options.ts';
import {type CaptureInterface, MAX_BLOCK_BYTES, type Parsed, type Parser} from './record.ts';

export const BlockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  packet: 2,
  simplePacket: 3,
  enhancedPacket: 6,
  secrets: 10,
} as const;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** The number of bytes in a pcapng block before its body (type and length), and of those after it (the length again). */
const HEAD = 8;
const TAIL = 4;

type SectionInterface = CaptureInterface & {readonly clock: Clock};

/** The state that the pcapng parser remembers between blocks; a simple packet block gets the time of the last packet. */
type State = {endian: Endian; interfaces: SectionInterface[]; lastUs: number; lastNanoseconds: number};

/** A whole pcapng block, whose body is `start … end` of `bytes`; `offset` is its place in the file. */
type Block = {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly offset: number;
  readonly frameNumber: number;
};

const malformed = (offset: number, field: string): Parsed => ({
  kind: 'failed',
  error: {code: 'malformed', offset, field},
});

const readSection = (state: State, {bytes, start, end, length, offset}: Block): Parsed => {
  if (end - start < 16) return malformed(offset, 'block length');
  if (uint16(bytes, start + 4, state.endian) !== 1) return malformed(offset, 'version');
  state.interfaces = [];
  const comments = commentsOf(readOptions(bytes, start + 16, end, state.endian));
  const file = {endian: state.endian, nanoseconds: false};
  return {kind: 'taken', length, file, ...(comments.length > 0 && {sectionComments: comments})};
};

const readInterface = (state: State, {bytes, start, end, length, offset}: Block): Parsed => {
  if (end - start < 8) return malformed(offset, 'block length');
  const {endian} = state;
  const options = readOptions(bytes, start + 8, end, endian);
  const linkType = uint16(bytes, start, endian);
  const name = options.find(({code}) => code === OptionCode.name)?.value;
  const found = {
    linkType,
    supported: isSupportedLinkType(linkType),
    snapLength: uint32(bytes, start + 4, endian),
    name: name ? decodeUtf8(name) : '',
    comments: commentsOf(options),
  };
  state.interfaces.push({...found, clock: clockOf(options, endian)});
  return {kind: 'taken', length, interface: found};
};

/** Reads an enhanced or an obsolete packet block of pcapng, which differ only in the width of the interface's number. */
const readPacket = (state: State, block: Block, interfaceId: number): Parsed => {
  const {bytes, start, end, length, offset, frameNumber} = block;
  const {endian} = state;
  if (end - start < 20) return malformed(offset, 'block length');
  const source = state.interfaces[interfaceId];
  if (!source) return malformed(offset, 'interface');
  const captured = uint32(bytes, start + 12, endian);
  const dataStart = start + 20;
  if (captured > end - dataStart) return malformed(offset, 'captured length');
  const time = timeOf(source.clock, uint32(bytes, start + 4, endian), uint32(bytes, start + 8, endian));
  state.lastUs = time.atUs;
  state.lastNanoseconds = time.nanoseconds;
  const options = readOptions(bytes, dataStart + ((captured + 3) & ~3), end, endian);
  const record = {
    frameNumber,
    ...time,
    linkType: source.linkType,
    originalLength: Math.max(captured, uint32(bytes, start + 16, endian)),
    bytes: bytes.subarray(dataStart, dataStart + captured),
    fileOffset: offset + HEAD + 20,
    comments: commentsOf(options),
  };
  return {kind: 'taken', length, record};
};

const readSimplePacket = (state: State, {bytes, start, end, length, offset, frameNumber}: Block): Parsed => {
  const source = state.interfaces[0];
  if (end - start < 4) return malformed(offset, 'block length');
  if (!source) return malformed(offset, 'interface');
  const originalLength = uint32(bytes, start, state.endian);
  const captured = Math.min(originalLength, end - start - 4, source.snapLength || MAX_BLOCK_BYTES);
  const record = {
    frameNumber,
    atUs: state.lastUs,
    nanoseconds: state.lastNanoseconds,
    linkType: source.linkType,
    originalLength,
    bytes: bytes.subarray(start + 4, start + 4 + captured),
    fileOffset: offset + HEAD + 4,
    comments: [],
  };
  return {kind: 'taken', length, record};
};

const readSecrets = (state: State, {bytes, start, end, length, offset}: Block): Parsed => {
  if (end - start < 8) return malformed(offset, 'block length');
  const size = uint32(bytes, start + 4, state.endian);
  if (size > end - start - 8) return malformed(offset, 'secrets length');
  const secrets = {type: uint32(bytes, start, state.endian), bytes: bytes.slice(start + 8, start + 8 + size)};
  return {kind: 'taken', length, secrets};
};

const readBlock = (state: State, type: number, block: Block): Parsed => {
  switch (type) {
    case BlockType.section:
      return readSection(state, block);
    case BlockType.interface:
      return readInterface(state, block);
    case BlockType.enhancedPacket:
      return readPacket(state, block, uint32(block.bytes, block.start, state.endian));
    case BlockType.packet:
      return readPacket(state, block, uint16(block.bytes, block.start, state.endian));
    case BlockType.simplePacket:
      return readSimplePacket(state, block);
    case BlockType.secrets:
      return readSecrets(state, block);
    default:
      return {kind: 'taken', length: block.length};
  }
};

/** Returns the byte order of the pcapng section that begins at `at`; undefined if its byte-order magic is wrong. */
const sectionEndian = (bytes: Uint8Array, at: number): Endian | undefined => {
  if (uint32(bytes, at + HEAD, 'little') === BYTE_ORDER_MAGIC) return 'little';
  return uint32(bytes, at + HEAD, 'big') === BYTE_ORDER_MAGIC ? 'big' : undefined;
};

export const pcapngParser = (): Parser => {
  const state: State = {endian: 'little', interfaces: [], lastUs: 0, lastNanoseconds: 0};
  return ({pending, at, offset, frameNumber}) => {
    if (pending.length - at < HEAD + TAIL) return {kind: 'more'};
    // The type of a pcapng section block is a palindrome, so it can be recognised before the byte order is known.
    if (uint32(pending, at, 'big') === BlockType.section) {
      const endian = sectionEndian(pending, at);
      if (!endian) return malformed(offset, 'byte-order magic');
      state.endian = endian;
    }
    const {endian} = state;
    const length = uint32(pending, at + 4, endian);
    if (length > MAX_BLOCK_BYTES) {
      return {kind: 'failed', error: {code: 'too-long', offset, length, limit: MAX_BLOCK_BYTES}};
    }
    if (length < HEAD + TAIL || length % 4 !== 0) return malformed(offset, 'block length');
    if (pending.length - at < length) return {kind: 'more'};
    const end = at + length - TAIL;
    if (uint32(pending, end, endian) !== length) return malformed(offset, 'block length');
    const block = {bytes: pending, start: at + HEAD, end, length, offset, frameNumber};
    return readBlock(state, uint32(pending, at, endian), block);
  };
};
