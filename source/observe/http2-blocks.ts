// The header blocks of one direction of HTTP/2 (RFC 9113 §4.3): a HEADERS or PUSH_PROMISE frame and the CONTINUATION frames behind
// it, and the table that all of them share (RFC 7541 §2.2).
import {type FrameHeader, hasFlag} from '../wire/http2/frame.ts';
import {type HeaderBlock, HpackDecoder} from '../wire/http2/hpack.ts';
import {type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import {FrameType} from '../wire/http2/registry.ts';
import {joinedOctets} from '../wire/octets.ts';

/** Octets of a block that is put together; longer ones are not read (RFC 9113 §10.5.1). */
const mostBlock = 1 << 18;

/** Where it ends. `read` undefined: it cannot be read, or one before it could not. */
export type WholeBlock = {
  readonly header: FrameHeader;
  /** The stream that is promised with it. */
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

  /** What is wrong with a frame of this type here: nothing may stand between those of a block. */
  interruption({type, stream}: FrameHeader): Http2ErrorCode | undefined {
    const goesOn = type === FrameType.CONTINUATION;
    if (this.#open === undefined) return goesOn ? 'continuation' : undefined;
    return goesOn && stream === this.#open.header.stream ? undefined : 'block-interrupted';
  }

  begin(header: FrameHeader, promised: number | undefined): void {
    this.#open = {header, promised, fragments: [], size: 0};
  }

  /** `limit`: the table that the receiver allows. */
  add(header: FrameHeader, fragment: Uint8Array, limit: number): Added {
    const open = this.#open;
    if (!open) return {};
    open.size += fragment.length;
    if (open.size > mostBlock) {
      this.lose('block-large');
      return {error: 'block-large'};
    }
    // Empty ones cost nothing, however many there are.
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

  /** A block was not read, so that those behind it cannot be. */
  lose(code: Http2ErrorCode): void {
    this.#open = undefined;
    this.#decoder.fail(http2Error(code));
  }
}
