// Decodes frames of HTTP/2 (RFC 9113 §4.1, §6): the nine octets of the header, and the payload.
import type {Span} from '../http/grammar.ts';
import {readUint} from '../octets.ts';
import {err, ok, type Result} from '../result.ts';
import {type Http2Error, type Http2ErrorCode, http2Error} from './http2-error.ts';
import {FrameFlag, FrameType, MAX_FRAME, MAX_WINDOW, Setting} from './registry.ts';

export type FrameHeader = {
  /** The number of octets in the HTTP/2 frame after its header. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
};

/** The number of octets in an HTTP/2 frame's header. */
export const frameHeaderSize = 9;

/** Returns the lower 31 of 32 bits; the first bit of an HTTP/2 stream identifier and of a window increment is reserved. */
const low31 = (bytes: Uint8Array, at: number): number => readUint(bytes, at, 4) % 2 ** 31;

export const readFrameHeader = (bytes: Uint8Array): FrameHeader => ({
  length: readUint(bytes, 0, 3),
  type: bytes[3] ?? 0,
  flags: bytes[4] ?? 0,
  stream: low31(bytes, 5),
});

export const hasFlag = ({flags}: FrameHeader, flag: keyof typeof FrameFlag): boolean =>
  (flags & FrameFlag[flag]) !== 0;

/** The priority of an HTTP/2 stream (RFC 9113 §5.3.2), which is deprecated and still sent. */
export type Priority = {
  readonly exclusive: boolean;
  readonly dependency: number;
  /** The weight of the stream, 1 … 256; the octet in the frame is one less. */
  readonly weight: number;
};

/** The decoded payload of an HTTP/2 frame; spans count from the payload's first octet. */
export type FrameBody =
  | {readonly kind: 'DATA'; readonly content: Span}
  | {readonly kind: 'HEADERS'; readonly fragment: Span; readonly priority: Priority | undefined}
  | {readonly kind: 'PUSH_PROMISE'; readonly fragment: Span; readonly promised: number}
  | {readonly kind: 'CONTINUATION'; readonly fragment: Span}
  | {readonly kind: 'PRIORITY'; readonly priority: Priority}
  | {readonly kind: 'RST_STREAM'; readonly error: number}
  | {readonly kind: 'SETTINGS'; readonly settings: readonly (readonly [id: number, value: number])[]}
  | {readonly kind: 'PING'; readonly data: Uint8Array}
  | {readonly kind: 'GOAWAY'; readonly lastStream: number; readonly error: number; readonly debug: Span}
  | {readonly kind: 'WINDOW_UPDATE'; readonly increment: number}
  /** An HTTP/2 frame of a type that is not decoded here; a receiver that does not know the type skips the frame (RFC 9113 §5.5). */
  | {readonly kind: 'other'};

type Decoded = Result<FrameBody, Http2Error>;

const refused = (code: Http2ErrorCode): Decoded => err(http2Error(code));

const readPriority = (bytes: Uint8Array, at: number): Priority => ({
  exclusive: ((bytes[at] ?? 0) & 0x80) !== 0,
  dependency: low31(bytes, at),
  weight: (bytes[at + 4] ?? 0) + 1,
});

/**
 * Returns the place of an HTTP/2 frame's content between the length of the padding and the padding; undefined if there is more padding than
 * octets. `first` is the payload's first octet.
 */
const unpadded = (header: FrameHeader, first: number | undefined): Span | undefined => {
  if (!hasFlag(header, 'padded')) return {start: 0, end: header.length};
  const end = header.length - (first ?? 0);
  return end < 1 ? undefined : {start: 1, end};
};

const data = (header: FrameHeader, bytes: Uint8Array): Decoded => {
  const content = unpadded(header, bytes[0]);
  return content ? ok({kind: 'DATA', content}) : refused('padding');
};

const prioritySize = 5;

const headers = (header: FrameHeader, bytes: Uint8Array): Decoded => {
  const whole = unpadded(header, bytes[0]);
  if (!whole) return refused('padding');
  if (!hasFlag(header, 'priority')) return ok({kind: 'HEADERS', fragment: whole, priority: undefined});
  const fragment = {start: whole.start + prioritySize, end: whole.end};
  if (fragment.start > fragment.end) return refused('frame-size');
  return ok({kind: 'HEADERS', fragment, priority: readPriority(bytes, whole.start)});
};

const pushPromise = (header: FrameHeader, bytes: Uint8Array): Decoded => {
  const whole = unpadded(header, bytes[0]);
  if (!whole) return refused('padding');
  const fragment = {start: whole.start + 4, end: whole.end};
  if (fragment.start > fragment.end) return refused('frame-size');
  return ok({kind: 'PUSH_PROMISE', fragment, promised: low31(bytes, whole.start)});
};

const settingSize = 6;

const refusedValue = (id: number, value: number): Http2ErrorCode | undefined => {
  if (id === Setting.INITIAL_WINDOW_SIZE && value > MAX_WINDOW) return 'window-large';
  if (id === Setting.ENABLE_PUSH || id === Setting.ENABLE_CONNECT_PROTOCOL)
    return value > 1 ? 'setting-value' : undefined;
  if (id !== Setting.MAX_FRAME_SIZE) return undefined;
  return value < 2 ** 14 || value > MAX_FRAME ? 'setting-value' : undefined;
};

const settings = (header: FrameHeader, bytes: Uint8Array): Decoded => {
  if (hasFlag(header, 'ack') ? header.length > 0 : header.length % settingSize !== 0)
    return refused('frame-size');
  const all: (readonly [number, number])[] = [];
  for (let at = 0; at < header.length; at += settingSize) {
    const [id, value] = [readUint(bytes, at, 2), readUint(bytes, at + 2, 4)];
    const code = refusedValue(id, value);
    if (code !== undefined) return refused(code);
    all.push([id, value]);
  }
  return ok({kind: 'SETTINGS', settings: all});
};

const goaway = ({length}: FrameHeader, bytes: Uint8Array): Decoded =>
  length < 8
    ? refused('frame-size')
    : ok({
        kind: 'GOAWAY',
        lastStream: low31(bytes, 0),
        error: readUint(bytes, 4, 4),
        debug: {start: 8, end: length},
      });

/** Maps the HTTP/2 frame types with a fixed payload length to that length in octets. */
const sizes: ReadonlyMap<number, number> = new Map([
  [FrameType.PRIORITY, prioritySize],
  [FrameType.RST_STREAM, 4],
  [FrameType.PING, 8],
  [FrameType.WINDOW_UPDATE, 4],
]);

/** Tells whether an HTTP/2 frame type is about a stream rather than the connection; undefined if it may be about either, or is unknown. */
const isAboutStream = (type: number): boolean | undefined => {
  switch (type) {
    case FrameType.DATA:
    case FrameType.HEADERS:
    case FrameType.PRIORITY:
    case FrameType.RST_STREAM:
    case FrameType.PUSH_PROMISE:
    case FrameType.CONTINUATION:
      return true;
    case FrameType.SETTINGS:
    case FrameType.PING:
    case FrameType.GOAWAY:
      return false;
    default:
      return undefined;
  }
};

const windowUpdate = (bytes: Uint8Array): Decoded => {
  const increment = low31(bytes, 0);
  return increment === 0 ? refused('window-zero') : ok({kind: 'WINDOW_UPDATE', increment});
};

/** Decodes the payload of an HTTP/2 frame, which has as many octets as the header says; an error if the frame violates RFC 9113. */
export const decodeFrame = (header: FrameHeader, payload: Uint8Array): Decoded => {
  const about = isAboutStream(header.type);
  if (about !== undefined && about !== header.stream > 0)
    return refused(about ? 'stream-zero' : 'stream-not-zero');
  if (header.length !== (sizes.get(header.type) ?? header.length)) return refused('frame-size');
  switch (header.type) {
    case FrameType.DATA:
      return data(header, payload);
    case FrameType.HEADERS:
      return headers(header, payload);
    case FrameType.PRIORITY:
      return ok({kind: 'PRIORITY', priority: readPriority(payload, 0)});
    case FrameType.RST_STREAM:
      return ok({kind: 'RST_STREAM', error: readUint(payload, 0, 4)});
    case FrameType.SETTINGS:
      return settings(header, payload);
    case FrameType.PUSH_PROMISE:
      return pushPromise(header, payload);
    case FrameType.PING:
      return ok({kind: 'PING', data: payload.slice()});
    case FrameType.GOAWAY:
      return goaway(header, payload);
    case FrameType.WINDOW_UPDATE:
      return windowUpdate(payload);
    case FrameType.CONTINUATION:
      return ok({kind: 'CONTINUATION', fragment: {start: 0, end: header.length}});
    default:
      return ok({kind: 'other'});
  }
};
