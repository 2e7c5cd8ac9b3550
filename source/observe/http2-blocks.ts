// Reassembles the header blocks of one direction of HTTP/2 (RFC 9113 §4.3): a HEADERS or PUSH_PROMISE frame and the CONTINUATION frames
// that follow it. All blocks share one table (RFC 7541 §2.2).
import {type FrameHeader, hasFlag} from '../wire/http2/frame.ts';
import {type HeaderBlock, HpackDecoder} from '../wire/http2/hpack.ts';
import {type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import {FrameType} from '../wire/http2/registry.ts';
import {joinedOctets} from '../wire/octets.ts';

/** The most octets of a block; longer blocks are not parsed (RFC 9113 §10.5.1). */
const mostBlock = 1 << 18;

/** A complete header block. `read` is undefined if it, or one before it, could not be decoded. */
export type WholeBlock = {
  readonly header: FrameHeader;
  /** The stream that the block promises, in a PUSH_PROMISE frame. */
  readonly promised: number | undefined;
  readonly octets: Uint8Array;
  readonly read: HeaderBlock | undefined;
};

type Open = {
  readonly header: FrameHeader;
  readonly promised: number | undefined;
  readonly fragments: Uint8Array[];
  size: number;
};

type Added = {readonly block?: WholeBlock; readonly error?: Http2ErrorCode};

export class Http2Blocks {
  readonly #decoder = new HpackDecoder();
  #open: Open | undefined;

  /** Returns what is wrong with a frame of this type at this place: nothing may come between the frames of a block. */
  interruption({type, stream}: FrameHeader): Http2ErrorCode | undefined {
    const goesOn = type === FrameType.CONTINUATION;
    if (this.#open === undefined) return goesOn ? 'continuation' : undefined;
    return goesOn && stream === this.#open.header.stream ? undefined : 'block-interrupted';
  }

  begin(header: FrameHeader, promised: number | undefined): void {
    this.#open = {header, promised, fragments: [], size: 0};
  }

  /** `limit` is the size of the table that the receiver allows. */
  add(header: FrameHeader, fragment: Uint8Array, limit: number): Added {
    const open = this.#open;
    if (!open) return {};
    open.size += fragment.length;
    if (open.size > mostBlock) {
      this.lose('block-large');
      return {error: 'block-large'};
    }
    // Empty fragments take no memory, however many there are.
    if (fragment.length > 0) open.fragments.push(fragment);
    if (!hasFlag(header, 'endHeaders')) return {};
    this.#open = undefined;
    const octets = joinedOctets(open.fragments);
    const read = this.#decoder.decode(octets, limit);
    const block = {
      header: open.header,
      promised: open.promised,
      octets,
      read: read.ok ? read.value : undefined,
    };
    return read.ok ? {block} : {block, error: read.error.code};
  }

  /** Notes that a block was not decoded; then later blocks cannot be, either. */
  lose(code: Http2ErrorCode): void {
    this.#open = undefined;
    this.#decoder.fail(http2Error(code));
  }
}
