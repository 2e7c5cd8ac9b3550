// Reads one direction of an HTTP/2 connection as frames (RFC 9113 §3.4, §4.1), in pieces of any size. The content of DATA is passed on and
// not kept; of other frames at most `mostPayload` octets are kept.
import type {Span} from '../http/grammar.ts';
import {type FrameHeader, frameHeaderSize, hasFlag, readFrameHeader} from './frame.ts';
import {FrameType} from './registry.ts';

const prefaceText = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** HTTP/2's connection preface, which a client sends first. */
export const preface: Uint8Array = Uint8Array.from(prefaceText, (letter) => letter.charCodeAt(0));

/** The payload length in octets above which an HTTP/2 frame other than DATA is skipped. */
export const mostPayload = 1 << 18;

/** The parts that an HTTP/2 frame reader finds; `start` is an offset in the stream. */
export type FramePart =
  | {readonly kind: 'preface'; readonly start: number; readonly right: boolean}
  /** Content of a DATA frame as it arrives, without padding. */
  | {readonly kind: 'content'; readonly header: FrameHeader; readonly bytes: Uint8Array}
  /** The number of octets of a DATA frame's content that were not captured. */
  | {readonly kind: 'missing'; readonly header: FrameHeader; readonly octets: number}
  /**
   * A whole HTTP/2 frame. `payload` is undefined if it was too long and skipped; for DATA, whose content was passed on before, it is only
   * the first octet, which in a padded frame is the length of the padding.
   */
  | {
      readonly kind: 'frame';
      readonly start: number;
      readonly header: FrameHeader;
      readonly payload: Uint8Array | undefined;
    };

type Open = {
  readonly start: number;
  readonly header: FrameHeader;
  /** The number of octets of the HTTP/2 frame's payload that have arrived. */
  came: number;
  /** The buffer for the octets of the frame's payload that are kept; undefined if the frame is skipped. */
  readonly payload: Uint8Array | undefined;
};

/** A buffer that collects octets of an HTTP/2 stream up to a fixed length. */
class Gathered {
  readonly octets: Uint8Array;
  size = 0;

  constructor(length: number) {
    this.octets = new Uint8Array(length);
  }

  /** Copies octets into the buffer until it is full, and returns how many it took. */
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

/** Returns the place of the content in a DATA frame's payload, without padding; the octet with the padding's length must have arrived. */
const contentOf = ({header, payload}: Open): Span =>
  hasFlag(header, 'padded')
    ? {start: 1, end: header.length - (payload?.[0] ?? 0)}
    : {start: 0, end: header.length};

export class FrameReader {
  readonly #header = new Gathered(frameHeaderSize);
  #preface: Gathered | undefined;
  #open: Open | undefined;
  #at: number;

  /**
   * Makes a reader of HTTP/2 frames. `offset` is that of the first octet in the stream; `expectsPreface` is true for the client's
   * direction.
   */
  constructor(offset: number, expectsPreface: boolean) {
    this.#at = offset;
    if (expectsPreface) this.#preface = new Gathered(preface.length);
  }

  /** The offset in the stream of the next octet to read. */
  get offset(): number {
    return this.#at;
  }

  /**
   * The number of octets that may be missing from the capture now without losing the frame boundaries: what is left of an open DATA frame,
   * otherwise 0.
   */
  get room(): number {
    if (this.#open?.header.type !== FrameType.DATA) return 0;
    // If the octet with the padding's length of a DATA frame is missing, it is not known where the content ends.
    return this.#open.came === 0 && hasFlag(this.#open.header, 'padded')
      ? 0
      : this.#open.header.length - this.#open.came;
  }

  /** Skips `size` octets of a DATA frame that were not captured, at most `room`. */
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
