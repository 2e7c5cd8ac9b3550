// Reads the frames of HTTP/3 on one stream while its octets arrive (RFC 9114 §7). Content is passed on as it arrives, other frames once
// they are whole; frames too long to keep are skipped.

import type {Field} from '../layer.ts';
import {namesOf} from '../names-of.ts';
import {hexOf} from '../octets.ts';
import {shownVarint, varint} from '../quic/varint.ts';
import {joinBytes, quietReaderOf, readerOf, type TlsReader} from '../tls/presentation.ts';

export const Http3FrameType = {
  DATA: 0x00,
  HEADERS: 0x01,
  CANCEL_PUSH: 0x03,
  SETTINGS: 0x04,
  PUSH_PROMISE: 0x05,
  GOAWAY: 0x07,
  MAX_PUSH_ID: 0x0d,
  PRIORITY_UPDATE: 0xf0700,
} as const;

const names = namesOf(Http3FrameType);

/**
 * Tells whether a number of an HTTP/3 frame type or setting is reserved for GREASE, so that receivers must ignore it (RFC 9114 §7.2.8,
 * §7.2.4.1).
 */
export const isReserved = (number: number): boolean => number >= 0x21 && (number - 0x21) % 0x1f === 0;

export const http3FrameName = (type: number): string =>
  names.get(type) ?? (isReserved(type) ? 'GREASE' : `0x${type.toString(16)}`);

/** The types of HTTP/3's unidirectional streams, with which these begin (RFC 9114 §6.2, RFC 9204 §4.2). */
export const Http3StreamType = {control: 0, push: 1, encoder: 2, decoder: 3} as const;

/** The parts that an HTTP/3 frame reader finds in a stream; `start` and `end` are its offsets in the stream. */
export type Http3Part = {readonly start: number; readonly end: number} & (
  | {readonly kind: 'content'; readonly bytes: Uint8Array}
  /**
   * An HTTP/3 frame; `size` is the length of its payload in octets, and `payload` is undefined for DATA and for a frame that was too long.
   */
  | {
      readonly kind: 'frame';
      readonly type: number;
      readonly size: number;
      readonly payload: Uint8Array | undefined;
    }
);

/** The payload length in octets above which HTTP/3 frames other than DATA are skipped. */
const longestFrame = 1 << 18;
const empty = new Uint8Array(0);

type Open = {
  readonly type: number;
  readonly size: number;
  readonly start: number;
  left: number;
  kept: Uint8Array[] | undefined;
};

/** Reads the type and length of an HTTP/3 frame; undefined if more octets are needed. */
const headerIn = (from: TlsReader, start: number): Open | undefined => {
  const type = varint.read(from);
  const size = varint.read(from);
  if (from.error) return undefined;
  return {
    type,
    size,
    start,
    left: size,
    kept: type === Http3FrameType.DATA || size > longestFrame ? undefined : [],
  };
};

export class Http3FrameReader {
  #held: Uint8Array = empty;
  #open: Open | undefined;
  /** The number of octets of the stream that have been read. */
  #at = 0;

  /** True if an HTTP/3 frame has begun on this stream and not ended. */
  get inside(): boolean {
    return this.#open !== undefined || this.#held.length > 0;
  }

  feed(piece: Uint8Array): readonly Http3Part[] {
    const parts: Http3Part[] = [];
    let rest = piece;
    while (rest.length > 0) {
      if (this.#open) rest = this.#inside(this.#open, rest, parts);
      else {
        const before = this.#held.length;
        const bytes = before === 0 ? rest : joinBytes([this.#held, rest]);
        const from = quietReaderOf(bytes);
        const open = headerIn(from, this.#at - before);
        if (!open) {
          this.#held = bytes.slice();
          this.#at += rest.length;
          break;
        }
        this.#held = empty;
        rest = rest.subarray(from.at - before);
        this.#at += from.at - before;
        this.#open = open;
        if (open.left === 0) this.#close(open, parts);
      }
    }
    return parts;
  }

  #inside(open: Open, bytes: Uint8Array, parts: Http3Part[]): Uint8Array {
    const own = bytes.subarray(0, open.left);
    open.left -= own.length;
    const start = this.#at;
    this.#at += own.length;
    if (open.type === Http3FrameType.DATA) parts.push({kind: 'content', bytes: own, start, end: this.#at});
    open.kept?.push(own);
    if (open.left === 0) this.#close(open, parts);
    return bytes.subarray(own.length);
  }

  #close({type, size, start, kept}: Open, parts: Http3Part[]): void {
    this.#open = undefined;
    parts.push({kind: 'frame', type, size, payload: kept && joinBytes(kept), start, end: this.#at});
  }
}

export type Http3Setting = readonly [id: number, value: number];

/** Returns the settings in the payload of an HTTP/3 SETTINGS frame (RFC 9114 §7.2.4), up to the first one that is cut. */
export const settingsIn = (payload: Uint8Array): readonly Http3Setting[] => {
  const from = quietReaderOf(payload);
  const settings: Http3Setting[] = [];
  while (from.at < from.end) {
    const id = varint.read(from);
    const value = varint.read(from);
    if (from.error) break;
    settings.push([id, value]);
  }
  return settings;
};

export const Http3Setting = {
  QPACK_MAX_TABLE_CAPACITY: 0x01,
  MAX_FIELD_SECTION_SIZE: 0x06,
  QPACK_BLOCKED_STREAMS: 0x07,
  ENABLE_CONNECT_PROTOCOL: 0x08,
  H3_DATAGRAM: 0x33,
} as const;

const settingNames = namesOf(Http3Setting);

export const settingName = (id: number): string => settingNames.get(id) ?? `0x${id.toString(16)}`;

const settingRows: ReadonlyMap<number, string> = new Map([
  [Http3Setting.QPACK_MAX_TABLE_CAPACITY, 'http3.settings.qpack.max_table_capacity'],
  [Http3Setting.MAX_FIELD_SECTION_SIZE, 'http3.settings.max_field_section_size'],
  [Http3Setting.QPACK_BLOCKED_STREAMS, 'http3.settings.qpack.blocked_streams'],
  [Http3Setting.ENABLE_CONNECT_PROTOCOL, 'http3.settings.extended_connect'],
]);

/**
 * Returns the inspector rows of an HTTP/3 stream's beginning, as far as `bytes` go: the stream type, and on the control stream its frames.
 */
export const http3Rows = (bytes: Uint8Array, stream: number): readonly Field[] => {
  const from = readerOf(bytes);
  const isOneWay = Math.floor(stream / 2) % 2 === 1;
  const type = isOneWay ? shownVarint('http3.stream_type').read(from) : Http3StreamType.control;
  while (type === Http3StreamType.control && from.at < from.end) {
    const frame = shownVarint('http3.frame_type').read(from);
    const size = shownVarint('http3.frame_length').read(from);
    const end = Math.min(from.at + size, from.end);
    if (from.error) break;
    if (end > from.at)
      from.rows.push({name: 'http3.frame_payload', value: hexOf(bytes, from.at, end), start: from.at, end});
    if (frame === Http3FrameType.SETTINGS)
      while (from.at < end && !from.error) {
        const id = shownVarint('http3.settings.id').read(from);
        shownVarint(settingRows.get(id) ?? 'http3.settings.value').read(from);
      }
    from.at = end;
  }
  return from.rows;
};
