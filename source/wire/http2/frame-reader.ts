// Reads one direction of a connection as frames (RFC 9113 §3.4, §4.1), in pieces of any size. The content of DATA is passed on and not
// kept; of other frames at most `mostPayload` is kept.
import type {Span} from '../http/grammar.ts';
import {type FrameHeader, frameHeaderSize, hasFlag, readFrameHeader} from './frame.ts';
import {FrameType} from './registry.ts';

const prefaceText = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** The connection preface, which a client sends first. */
export const preface: Uint8Array = Uint8Array.from(prefaceText, (letter) => letter.charCodeAt(0));

/** Frames longer than this are skipped, unless they are DATA. */
export const mostPayload = 1 << 18;

/** A part of the stream; offsets are those of the stream. */
export type FramePart =
  | {readonly kind: 'preface'; readonly start: number; readonly right: boolean}
  /** Content of DATA as it arrives, without padding. */
  | {readonly kind: 'content'; readonly header: FrameHeader; readonly bytes: Uint8Array}
  /** Octets of DATA's content that were not captured. */
  | {readonly kind: 'missing'; readonly header: FrameHeader; readonly octets: number}
  /** A whole frame. `payload` is undefined if it was passed on or skipped; for DATA it is the length of the padding, if there is one. */
  | {
      readonly kind: 'frame';
      readonly start: number;
      readonly header: FrameHeader;
      readonly payload: Uint8Array | undefined;
    };

type Open = {
  readonly start: number;
  readonly header: FrameHeader;
  /** The number of octets of the payload that have arrived. */
  came: number;
  /** The buffer for the octets of the payload; undefined if they are not kept. */
  readonly payload: Uint8Array | undefined;
};

/** Collects octets up to a length; they are not copied if they arrive in one piece. */
class Gathered {
  readonly octets: Uint8Array;
  size = 0;

  constructor(length: number) {
    this.octets = new Uint8Array(length);
  }

  /** Takes octets and returns how many. */
  take(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, this.octets.length - this.size);
    this.octets.set(bytes.subarray(0, taken), this.size);
    this.size += taken;
    return taken;
  }

  get whole(): boolean {
    return this.size === this.octets.length;
  }
}

const keptOctets = ({type, length}: FrameHeader): number | undefined => {
  if (type === FrameType.DATA) return Math.min(1, length);
  return length > mostPayload ? undefined : length;
};

/** Returns the place of the content in the payload of DATA, once the length of the padding has arrived. */
const contentOf = ({header, payload}: Open): Span =>
  hasFlag(header, 'padded')
    ? {start: 1, end: header.length - (payload?.[0] ?? 0)}
    : {start: 0, end: header.length};

export class FrameReader {
  readonly #header = new Gathered(frameHeaderSize);
  #preface: Gathered | undefined;
  #open: Open | undefined;
  #at: number;

  /** Makes a reader. `offset` is that of the first octet; `expectsPreface` is true for the client's direction. */
  constructor(offset: number, expectsPreface: boolean) {
    this.#at = offset;
    if (expectsPreface) this.#preface = new Gathered(preface.length);
  }

  /** The offset of the next octet. */
  get offset(): number {
    return this.#at;
  }

  /** The number of missing octets of content after which the stream can still be read. */
  get room(): number {
    if (this.#open?.header.type !== FrameType.DATA) return 0;
    // A padded frame without the length of its padding has no known end of its content.
    return this.#open.came === 0 && hasFlag(this.#open.header, 'padded')
      ? 0
      : this.#open.header.length - this.#open.came;
  }

  /** Skips `size` octets that were not captured, at most `room`. */
  skip(size: number): readonly FramePart[] {
    const open = this.#open;
    if (!open) return [];
    const {start, end} = contentOf(open);
    const octets = Math.max(0, Math.min(end, open.came + size) - Math.max(start, open.came));
    open.came += size;
    this.#at += size;
    return [{kind: 'missing', header: open.header, octets}, ...this.#ended(open)];
  }

  feed(bytes: Uint8Array): readonly FramePart[] {
    const parts: FramePart[] = [];
    for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(this.#take(rest, parts));
    return parts;
  }

  #take(bytes: Uint8Array, parts: FramePart[]): number {
    if (this.#preface) return this.#takePreface(this.#preface, bytes, parts);
    if (this.#open) return this.#takePayload(this.#open, bytes, parts);
    const taken = this.#header.take(bytes);
    this.#at += taken;
    if (this.#header.whole) this.#begin(parts);
    return taken;
  }

  #takePreface(gathered: Gathered, bytes: Uint8Array, parts: FramePart[]): number {
    const taken = gathered.take(bytes);
    this.#at += taken;
    if (!gathered.whole) return taken;
    this.#preface = undefined;
    const right = gathered.octets.every((octet, at) => octet === preface[at]);
    parts.push({kind: 'preface', start: this.#at - preface.length, right});
    return taken;
  }

  #begin(parts: FramePart[]): void {
    const header = readFrameHeader(this.#header.octets);
    this.#header.size = 0;
    const kept = keptOctets(header);
    const payload = kept === undefined ? undefined : new Uint8Array(kept);
    this.#open = {start: this.#at - frameHeaderSize, header, came: 0, payload};
    parts.push(...this.#ended(this.#open));
  }

  #takePayload(open: Open, bytes: Uint8Array, parts: FramePart[]): number {
    const taken = Math.min(bytes.length, open.header.length - open.came);
    const own = bytes.subarray(0, taken);
    if (open.payload && open.came < open.payload.length)
      open.payload.set(own.subarray(0, open.payload.length - open.came), open.came);
    if (open.header.type === FrameType.DATA) this.#hand(open, own, parts);
    open.came += taken;
    this.#at += taken;
    parts.push(...this.#ended(open));
    return taken;
  }

  #hand(open: Open, bytes: Uint8Array, parts: FramePart[]): void {
    const {start, end} = contentOf(open);
    const content = bytes.subarray(Math.max(0, start - open.came), Math.max(0, end - open.came));
    if (content.length > 0) parts.push({kind: 'content', header: open.header, bytes: content});
  }

  #ended({start, header, came, payload}: Open): readonly FramePart[] {
    if (came < header.length) return [];
    this.#open = undefined;
    return [{kind: 'frame', start, header, payload}];
  }
}
