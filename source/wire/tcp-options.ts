// TCP options (RFC 9293 §3.2, RFC 7323 §2–3, RFC 2018 §2–3): encoded exactly as listed, then padded with zeros.
import {readUint, writeUint} from './octets.ts';
import {err, ok, type Result} from './result.ts';
import {type Seq, seq} from './seq.ts';
import type {WireError} from './wire-error.ts';

export type SackBlock = {readonly left: Seq; readonly right: Seq};

export type TcpOption =
  | {readonly kind: 'eol'}
  | {readonly kind: 'nop'}
  | {readonly kind: 'mss'; readonly mss: number}
  | {readonly kind: 'windowScale'; readonly shift: number}
  | {readonly kind: 'sackPermitted'}
  | {readonly kind: 'sack'; readonly blocks: readonly SackBlock[]}
  | {readonly kind: 'timestamps'; readonly val: number; readonly ecr: number}
  | {readonly kind: 'raw'; readonly type: number; readonly data: Uint8Array};

/** Returns the SACK blocks in TCP options: the ranges that their sender has received beyond a gap or twice (RFC 2018 §3, RFC 2883). */
export const sackBlocksOf = (options: readonly TcpOption[]): readonly SackBlock[] =>
  options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));

/** IANA numbers of TCP option kinds. */
export const OptionKind = {
  eol: 0,
  nop: 1,
  mss: 2,
  windowScale: 3,
  sackPermitted: 4,
  sack: 5,
  timestamps: 8,
} as const;

/** Returns how many bytes a TCP option takes in the header, without padding. */
export const optionLength = (option: TcpOption): number => {
  switch (option.kind) {
    case 'eol':
    case 'nop':
      return 1;
    case 'mss':
      return 4;
    case 'windowScale':
      return 3;
    case 'sackPermitted':
      return 2;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'timestamps':
      return 10;
    case 'raw':
      return 2 + option.data.length;
  }
};

/** Returns how many bytes TCP options take with their padding, a multiple of 4. */
export const optionsLength = (options: readonly TcpOption[]): number => {
  let length = 0;
  for (const option of options) length += optionLength(option);
  return (length + 3) & ~3;
};

const writeOption = (bytes: Uint8Array, at: number, option: TcpOption): void => {
  bytes[at] = option.kind === 'raw' ? option.type : OptionKind[option.kind];
  if (option.kind === 'eol' || option.kind === 'nop') return;
  bytes[at + 1] = optionLength(option);
  switch (option.kind) {
    case 'mss':
      writeUint(bytes, at + 2, 2, option.mss);
      break;
    case 'windowScale':
      bytes[at + 2] = option.shift;
      break;
    case 'sack':
      for (const [index, {left, right}] of option.blocks.entries()) {
        writeUint(bytes, at + 2 + 8 * index, 4, left);
        writeUint(bytes, at + 6 + 8 * index, 4, right);
      }
      break;
    case 'timestamps':
      writeUint(bytes, at + 2, 4, option.val);
      writeUint(bytes, at + 6, 4, option.ecr);
      break;
    case 'raw':
      bytes.set(option.data, at + 2);
      break;
    case 'sackPermitted':
      break;
  }
};

export const writeOptions = (bytes: Uint8Array, at: number, options: readonly TcpOption[]): void => {
  let position = at;
  for (const option of options) {
    writeOption(bytes, position, option);
    position += optionLength(option);
  }
};

/** The place of one TCP option in the header. `length` is the whole option, 1 for the two kinds without a length octet. */
export type OptionSpan = {readonly type: number; readonly start: number; readonly length: number};

/**
 * Walks through the TCP options in `start … end`, including padding; `whole` is false if an option's length is invalid (RFC 9293 §3.2
 * MUST-7).
 */
export const optionSpans = (
  bytes: Uint8Array,
  start: number,
  end: number,
): {readonly spans: readonly OptionSpan[]; readonly whole: boolean} => {
  const spans: OptionSpan[] = [];
  let at = start;
  while (at < end) {
    const type = bytes[at] ?? 0;
    const single = type === OptionKind.eol || type === OptionKind.nop;
    const length = single ? 1 : at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
    if (length < (single ? 1 : 2) || at + length > end) return {spans, whole: false};
    spans.push({type, start: at, length});
    at += length;
  }
  return {spans, whole: true};
};

const sackBlocks = (bytes: Uint8Array, {start, length}: OptionSpan): {left: Seq; right: Seq}[] =>
  Array.from({length: (length - 2) >> 3}, (_, index) => ({
    left: seq(readUint(bytes, start + 2 + 8 * index, 4)),
    right: seq(readUint(bytes, start + 6 + 8 * index, 4)),
  }));

/** Reads a TCP option; an option whose length is wrong for its kind stays raw octets. */
const readOption = (bytes: Uint8Array, span: OptionSpan): TcpOption => {
  const {type, start, length} = span;
  if (type === OptionKind.eol) return {kind: 'eol'};
  if (type === OptionKind.nop) return {kind: 'nop'};
  if (type === OptionKind.mss && length === 4) return {kind: 'mss', mss: readUint(bytes, start + 2, 2)};
  if (type === OptionKind.windowScale && length === 3) {
    return {kind: 'windowScale', shift: readUint(bytes, start + 2, 1)};
  }
  if (type === OptionKind.sackPermitted && length === 2) return {kind: 'sackPermitted'};
  if (type === OptionKind.sack && length >= 10 && length % 8 === 2) {
    return {kind: 'sack', blocks: sackBlocks(bytes, span)};
  }
  if (type === OptionKind.timestamps && length === 10) {
    return {kind: 'timestamps', val: readUint(bytes, start + 2, 4), ecr: readUint(bytes, start + 6, 4)};
  }
  return {kind: 'raw', type, data: bytes.slice(start + 2, start + length)};
};

/** Reads TCP options up to and including the first end-of-list option, after which there is padding (RFC 9293 §3.1). */
export const readOptions = (
  bytes: Uint8Array,
  start: number,
  end: number,
): Result<readonly TcpOption[], WireError> => {
  const {spans, whole} = optionSpans(bytes, start, end);
  const last = spans.findIndex(({type}) => type === OptionKind.eol);
  if (last >= 0) return ok(spans.slice(0, last + 1).map((span) => readOption(bytes, span)));
  if (!whole) return err({code: 'malformed', protocol: 'tcp', field: 'tcp.option_len'});
  return ok(spans.map((span) => readOption(bytes, span)));
};
