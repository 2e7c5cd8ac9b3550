// Dissects one HTTP/2 frame as an inspector layer (RFC 9113 §4.1). What the frame alone does not show, such as its decoded header block, a
// reader of the stream supplies.
import {printed} from './dissect-http.ts';
import {bytesField, computed, numberField} from './dissect-step.ts';
import {
  type FrameBody,
  type FrameHeader,
  frameHeaderSize,
  hasFlag,
  type Priority,
  readFrameHeader,
} from './http2/frame.ts';
import {preface} from './http2/frame-reader.ts';
import type {HeaderBlock, HeaderField, Representation} from './http2/hpack.ts';
import {FrameFlag, FrameType} from './http2/registry.ts';
import type {Field, Layer} from './layer.ts';
import {hexNumber, readUint} from './octets.ts';

type FlagRow = readonly [name: string, bit: number];

const endStream: FlagRow = ['end_stream', FrameFlag.endStream];
const endHeaders: FlagRow = ['eh', FrameFlag.endHeaders];
const padded: FlagRow = ['padded', FrameFlag.padded];

/** Maps an HTTP/2 frame type to Wireshark's name for its unused flags, and to the flags that it has (RFC 9113 §6). */
const flagRows: ReadonlyMap<number, readonly [unused: string, flags: readonly FlagRow[]]> = new Map([
  [FrameType.DATA, ['unused_data', [padded, endStream]]],
  [FrameType.HEADERS, ['unused_headers', [['priority', FrameFlag.priority], padded, endHeaders, endStream]]],
  [FrameType.SETTINGS, ['unused_settings', [['ack.settings', FrameFlag.ack]]]],
  [FrameType.PUSH_PROMISE, ['unused_push_promise', [padded, endHeaders]]],
  [FrameType.PING, ['unused_ping', [['ack.ping', FrameFlag.ack]]]],
  [FrameType.CONTINUATION, ['unused_continuation', [endHeaders]]],
]);

const flagFields = ({type, flags}: FrameHeader): readonly Field[] => {
  const [unused, known] = flagRows.get(type) ?? ['unused', []];
  const place = {start: 4, end: 5};
  const rest = known.reduce((left, [, bit]) => left & ~bit, flags);
  return [
    {name: 'http2.flags', value: hexNumber(flags, 2), ...place},
    {name: `http2.flags.${unused}`, value: hexNumber(rest, 2), ...place},
    ...known.map(([name, bit]) => ({
      ...{name: `http2.flags.${name}`, value: flags & bit ? '1' : '0', ...place, mask: bit},
    })),
  ];
};

/** Returns two inspector rows for four octets: their first bit, and the number in the other 31. */
const split31 = (
  bytes: Uint8Array,
  at: number,
  [first, rest]: readonly [string, string],
): readonly Field[] => {
  const value = readUint(bytes, at, 4);
  const low = value % 0x80000000;
  return [
    {name: first, value: hexNumber(value - low, 8), start: at, end: at + 4, mask: 0x80000000},
    {name: rest, value: String(low), start: at, end: at + 4, mask: 0x7fffffff},
  ];
};

const headerRows = (bytes: Uint8Array, header: FrameHeader): readonly Field[] => [
  numberField('http2.length', bytes, 0, 3),
  numberField('http2.type', bytes, 3, 1),
  ...flagFields(header),
  ...split31(bytes, 5, ['http2.r', 'http2.streamid']),
];

const representations: {readonly [as in Representation]: string} = {
  indexed: 'Indexed Header Field',
  incremental: 'Literal Header Field with Incremental Indexing',
  without: 'Literal Header Field without Indexing',
  never: 'Literal Header Field never Indexed',
};

const representation = ({as, index}: HeaderField): string => {
  if (as === 'indexed') return representations[as];
  return `${representations[as]} - ${index > 0 ? 'Indexed Name' : 'New Name'}`;
};

/**
 * The place of a header block's octets in the HTTP/2 frame that ends it: `zero` is the place of the first one, negative if earlier frames
 * contain it, `from` the first place in this frame.
 */
type BlockPlace = {readonly zero: number; readonly from: number};

const listRows = (field: HeaderField, {zero, from}: BlockPlace): readonly Field[] => {
  const place = {start: Math.max(from, zero + field.span.start), end: Math.max(from, zero + field.span.end)};
  return [
    {name: 'http2.header.name', value: printed(field.name), ...place},
    {name: 'http2.header.value', value: printed(field.value), ...place},
    {name: 'http2.header.repr', value: representation(field), ...place},
    ...(field.index > 0 ? [{name: 'http2.header.index', value: String(field.index), ...place}] : []),
  ];
};

const blockRows = ({fields, updates}: HeaderBlock, place: BlockPlace): readonly Field[] => [
  // Wireshark includes updates of the HPACK table's size in this count.
  computed('http2.header.count', fields.length + updates.length, place.from),
  ...updates.map(({size, span}) => ({
    name: 'http2.header_table_size_update.header_table_size',
    value: String(size),
    start: Math.max(place.from, place.zero + span.start),
    end: Math.max(place.from, place.zero + span.end),
  })),
  ...fields.flatMap((field) => listRows(field, place)),
];

const priorityRows = (bytes: Uint8Array, at: number, {exclusive, dependency, weight}: Priority) => [
  {name: 'http2.exclusive', value: exclusive ? '1' : '0', start: at, end: at + 4},
  {name: 'http2.stream_dependency', value: String(dependency), start: at, end: at + 4},
  numberField('http2.headers.weight', bytes, at + 4, 1),
  computed('http2.headers.weight_real', weight, at + 4),
];

const settingNames: readonly string[] = [
  ...['', 'header_table_size', 'enable_push', 'max_concurrent_streams', 'initial_window_size'],
  ...['max_frame_size', 'max_header_list_size', '', 'extended_connect'],
];

const settingRows = (bytes: Uint8Array, count: number): readonly Field[] =>
  Array.from({length: count}, (_, nth) => frameHeaderSize + 6 * nth).flatMap((at) => [
    numberField('http2.settings.id', bytes, at, 2),
    numberField(`http2.settings.${settingNames[readUint(bytes, at, 2)] || 'unknown'}`, bytes, at + 2, 4),
  ]);

/** Returns the inspector rows of an HTTP/2 frame that may be padded: the length of the padding, 0 if there is none, before the others. */
const aroundRows = (header: FrameHeader, bytes: Uint8Array, inside: readonly Field[]): readonly Field[] => {
  const at = frameHeaderSize;
  if (!hasFlag(header, 'padded')) return [computed('http2.pad_length', 0, at), ...inside];
  return [numberField('http2.pad_length', bytes, at, 1), ...inside];
};

const fragmentRows = (
  header: FrameHeader,
  bytes: Uint8Array,
  body: Extract<FrameBody, {kind: 'HEADERS' | 'PUSH_PROMISE'}>,
): readonly Field[] => {
  const at = frameHeaderSize;
  const {start, end} = body.fragment;
  if (body.kind === 'PUSH_PROMISE')
    return aroundRows(header, bytes, [
      ...split31(bytes, at + start - 4, ['http2.push_promise.r', 'http2.push_promise.promised_stream_id']),
      bytesField('http2.push_promise.header', bytes, at + start, at + end),
    ]);
  return aroundRows(header, bytes, [
    ...(body.priority ? priorityRows(bytes, at + start - 5, body.priority) : []),
    bytesField('http2.headers', bytes, at + start, at + end),
  ]);
};

const bodyRows = (header: FrameHeader, bytes: Uint8Array, body: FrameBody): readonly Field[] => {
  const at = frameHeaderSize;
  switch (body.kind) {
    case 'DATA':
      return aroundRows(header, bytes, [
        bytesField('http2.data.data', bytes, at + body.content.start, at + body.content.end),
        ...(hasFlag(header, 'padded')
          ? [bytesField('http2.data.padding', bytes, at + body.content.end, bytes.length)]
          : []),
      ]);
    case 'HEADERS':
    case 'PUSH_PROMISE':
      return fragmentRows(header, bytes, body);
    case 'CONTINUATION':
      return [bytesField('http2.headers', bytes, at, bytes.length)];
    case 'PRIORITY':
      return priorityRows(bytes, at, body.priority);
    case 'RST_STREAM':
      return [numberField('http2.rst_stream.error', bytes, at, 4)];
    case 'SETTINGS':
      return settingRows(bytes, body.settings.length);
    case 'PING':
      return [bytesField(hasFlag(header, 'ack') ? 'http2.pong' : 'http2.ping', bytes, at, at + 8)];
    case 'GOAWAY':
      return [
        ...split31(bytes, at, ['http2.goway.r', 'http2.goaway.last_stream_id']),
        numberField('http2.goaway.error', bytes, at + 4, 4),
        ...(body.debug.end > body.debug.start
          ? [bytesField('http2.goaway.addata', bytes, at + body.debug.start, bytes.length)]
          : []),
      ];
    case 'WINDOW_UPDATE':
      return split31(bytes, at, ['http2.window_update.r', 'http2.window_update.window_size_increment']);
    case 'other':
      return bytes.length > at ? [bytesField('http2.unknown', bytes, at, bytes.length)] : [];
  }
};

export type FrameSaid = {
  /** The decoded content of the HTTP/2 frame; undefined if it violates the RFC. */
  readonly body: FrameBody | undefined;
  /**
   * The decoded header block and its octets from all its frames; defined only for the frame that ends the block. `read` is undefined if it
   * could not be decoded.
   */
  readonly block: {readonly read: HeaderBlock | undefined; readonly octets: Uint8Array} | undefined;
};

const endOfFragment = (body: FrameBody | undefined): number =>
  frameHeaderSize + (body && 'fragment' in body ? body.fragment.end : 0);

/** Returns the inspector layer of a whole HTTP/2 frame. */
export const http2FrameLayer = (bytes: Uint8Array, {body, block}: FrameSaid): Layer => {
  const header = readFrameHeader(bytes);
  const rest = body
    ? bodyRows(header, bytes, body)
    : [bytesField('http2.unknown', bytes, frameHeaderSize, bytes.length)];
  const zero = endOfFragment(body) - (block?.octets.length ?? 0);
  const list = block?.read ? blockRows(block.read, {zero, from: Math.max(frameHeaderSize, zero)}) : [];
  return {
    protocol: 'http2',
    start: 0,
    end: bytes.length,
    fields: [...headerRows(bytes, header), ...rest, ...list],
  };
};

/** Returns the inspector layer of an incomplete HTTP/2 frame; undefined if even its header is incomplete. */
export const http2FrameBegun = (bytes: Uint8Array): Layer | undefined => {
  if (bytes.length < frameHeaderSize) return undefined;
  const fields = headerRows(bytes, readFrameHeader(bytes));
  return {protocol: 'http2', start: 0, end: bytes.length, fields};
};

/** Returns the inspector layer of HTTP/2's connection preface, which a client sends first (RFC 9113 §3.4). */
export const http2PrefaceLayer = (): Layer => {
  const end = preface.length;
  const value = printed(String.fromCharCode(...preface));
  return {protocol: 'http2', start: 0, end, fields: [{name: 'http2.magic', value, start: 0, end}]};
};
