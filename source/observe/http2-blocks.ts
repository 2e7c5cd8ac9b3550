// Reassembles the header blocks of one direction of HTTP/2 (RFC 9113 §4.3): a HEADERS or PUSH_PROMISE frame and the CONTINUATION frames
// that follow it. All blocks share one table (RFC 7541 §2.2).
import {type FrameHeader, hasFlag} from '../wire/http2/frame.ts';
import {type HeaderBlock, HpackDecoder} from '../wire/http2/hpack.ts';
import {type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import {FrameType} from '../wire/http2/registry.ts';
import {joinedOctets} from '../wire/octets.ts';

/** The largest size in octets of an HTTP/2 header block that is decoded (RFC 9113 §10.5.1). */
const mostBlock = 1 << 18;

/** A complete HTTP/2 header block. `read` is undefined if it, or an earlier block of the direction, could not be decoded. */
export type WholeBlock = {
  readonly header: FrameHeader;
  /** The number of the stream that the header block promises, in a PUSH_PROMISE frame; undefined for other frames. */
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

  /**
   * Returns the error code if an HTTP/2 frame of this type may not come now: only CONTINUATION frames may follow an incomplete header
   * block, and only there.
   */
  interruption({type, stream}: FrameHeader): Http2ErrorCode | undefined {
    const goesOn = type === FrameType.CONTINUATION;
    if (this.#open === undefined) return goesOn ? 'continuation' : undefined;
    return goesOn && stream === this.#open.header.stream ? undefined : 'block-interrupted';
  }

  begin(header: FrameHeader, promised: number | undefined): void {
    this.#open = {header, promised, fragments: [], size: 0};
  }

  /**
   * Adds a fragment of an HTTP/2 header block; with END_HEADERS, decodes and returns the block. `limit` is the size of the HPACK table that
   * the receiver allows.
   */
  add(header: FrameHeader, fragment: Uint8Array, limit: number): Added {
    const open = this.#open;
    if (!open) return {};
    open.size += fragment.length;
    if (open.size > mostBlock) {
      this.lose('block-large');
      return {error: 'block-large'};
    }
    // Empty fragments of a header block are not kept, so they take no memory, however many come.
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

  /** Notes that a header block was not decoded; later blocks cannot be decoded, either, because the HPACK table depends on all of them. */
  lose(code: Http2ErrorCode): void {
    this.#open = undefined;
    this.#decoder.fail(http2Error(code));
  }
}
