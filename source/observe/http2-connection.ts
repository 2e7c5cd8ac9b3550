// Reads an HTTP/2 connection while its octets come (RFC 9113): frames, header blocks, streams. Only length and hash of content are kept, so
// a download of any size takes no memory.
import {
  decodeFrame,
  type FrameBody,
  type FrameHeader,
  frameHeaderSize,
  hasFlag,
} from '../wire/http2/frame.ts';
import {type FramePart, FrameReader} from '../wire/http2/frame-reader.ts';
import {type Http2Error, type Http2ErrorCode, http2Error} from '../wire/http2/http2-error.ts';
import {FrameType, frameTypeName} from '../wire/http2/registry.ts';
import {hexOf} from '../wire/octets.ts';
import {other, type Side} from './connections.ts';
import {type NewHash, newContentHash} from './content-hash.ts';
import {Http2Blocks, type WholeBlock} from './http2-blocks.ts';
import {type FaultPlace, type Http2Fault, Http2Faults} from './http2-faults.ts';
import {Http2Limits, type Settings} from './http2-limits.ts';
import type {Http2Stream} from './http2-stream.ts';
import {Http2Streams} from './http2-streams.ts';
import type {Http2Stall, Http2Wait} from './http2-windows.ts';
import type {Piece} from './reassembly.ts';

/** The ways to begin HTTP/2 (RFC 9113 §3.2, §3.3; the upgrade: RFC 7540 §3.2). */
export type Http2Start = 'alpn' | 'upgrade' | 'prior-knowledge';

/** A complete HTTP/2 frame, given to callers that want each one; `start` and `end` are offsets in its direction's stream. */
export type SeenHttp2Frame = {
  readonly side: Side;
  readonly start: number;
  readonly end: number;
  readonly header: FrameHeader;
  readonly body: FrameBody | undefined;
  readonly error: Http2Error | undefined;
  /** The complete header block, present only in the HTTP/2 frame that ends it. */
  readonly block: WholeBlock | undefined;
};

export type Http2Options = {
  readonly start: Http2Start;
  readonly client: Side;
  /** The client's settings from the HTTP2-Settings field, if the connection began with an upgrade from HTTP/1. */
  readonly settings?: Settings;
  readonly seen?: (frame: SeenHttp2Frame) => void;
  readonly newHash?: NewHash | undefined;
};

/** The highest number of PINGs, of GOAWAYs and of each end's SETTINGS that are kept of an HTTP/2 connection. */
const mostNotes = 10_000;

type Half = {
  reader: FrameReader | undefined;
  readonly blocks: Http2Blocks;
  /** True once octets of the direction are missing, so that it is no longer known where HTTP/2 frames begin. */
  lost: boolean;
  frames: number;
};

const newHalf = (): Half => ({reader: undefined, blocks: new Http2Blocks(), lost: false, frames: 0});

export type Http2Ping = {
  readonly side: Side;
  readonly ack: boolean;
  readonly data: string;
  readonly frame: number;
};

export type Http2Goaway = {
  readonly side: Side;
  readonly lastStream: number;
  readonly error: number;
  readonly frame: number;
};

type Whole = {readonly header: FrameHeader; readonly body: FrameBody; readonly payload: Uint8Array};

/** The place of an HTTP/2 frame: the side that sends it, and the packet that completes it. */
type Place = Pick<FaultPlace, 'side' | 'frame'>;

const holdsBlock = ({type}: FrameHeader): boolean =>
  type === FrameType.HEADERS || type === FrameType.PUSH_PROMISE || type === FrameType.CONTINUATION;

export class Http2Connection {
  readonly start: Http2Start;
  readonly client: Side;
  /** The number of HTTP/2 frames of each type on the connection, in the order in which the types were first seen. */
  readonly frames = new Map<string, number>();
  /** The settings in each end's SETTINGS frames, without acknowledgements. */
  readonly settings: readonly [Settings[], Settings[]] = [[], []];
  readonly pings: Http2Ping[] = [];
  readonly goaways: Http2Goaway[] = [];
  /**
   * The side and the packet from which on HTTP/2 frames cannot be parsed, because octets before it were not captured; undefined if that did
   * not happen.
   */
  lost: Place | undefined;
  readonly #halves: readonly [Half, Half] = [newHalf(), newHalf()];
  readonly #limits: readonly [Http2Limits, Http2Limits] = [new Http2Limits(), new Http2Limits()];
  readonly #streams: Http2Streams;
  readonly #faults = new Http2Faults();
  readonly #seen: Http2Options['seen'];
  /** True once octets of the HTTP/2 connection were missing in either direction. */
  #torn = false;

  constructor({start, client, settings, seen, newHash = newContentHash}: Http2Options) {
    this.start = start;
    this.client = client;
    this.#seen = seen;
    const fault = (code: Http2ErrorCode, place: FaultPlace): void => this.#fault(code, place);
    this.#streams = new Http2Streams({
      ...{client, limits: this.#limits, fault},
      // If the caller watches each frame, contents are not hashed, because such a caller shows the octets.
      newHash: seen ? null : newHash,
    });
    if (start !== 'upgrade') return;
    this.#streams.upgraded();
    this.#limits[client].say(settings ?? []);
    this.#limits[client].acknowledge();
  }

  get faults(): readonly Http2Fault[] {
    return this.#faults.all;
  }

  /** The HTTP/2 streams of the connection, in the order of their first HEADERS. */
  get streams(): readonly Http2Stream[] {
    return this.#streams.all;
  }

  /** The periods, given by their first and last packets, in which a flow control window was used up while there was more to send. */
  get waits(): readonly Http2Wait[] {
    return this.#streams.waits;
  }

  /** The HTTP/2 flow control windows that were used up while there was more to send. */
  get stalls(): readonly Http2Stall[] {
    return this.#streams.stalls;
  }

  /**
   * Takes the next piece of one side's HTTP/2 stream. `frame` is the packet being read, which may be later than the one that carried the
   * piece.
   */
  take(side: Side, piece: Piece, frame: number): void {
    const half = this.#halves[side];
    if (half.lost || piece.kind === 'end') return;
    if (piece.kind === 'hole') {
      this.#hole(piece.end - piece.start, {side, frame});
      return;
    }
    half.reader ??= new FrameReader(piece.start, side === this.client);
    for (const part of half.reader.feed(piece.bytes)) this.#part(part, {side, frame});
  }

  #hole(size: number, place: Place): void {
    const half = this.#halves[place.side];
    this.#torn = true;
    if (half.reader && half.reader.room >= size) {
      for (const part of half.reader.skip(size)) this.#part(part, place);
      return;
    }
    half.lost = true;
    half.reader = undefined;
    this.lost ??= place;
  }

  #part(part: FramePart, place: Place): void {
    switch (part.kind) {
      case 'preface':
        if (!part.right) this.#fault('preface', {...place, stream: 0});
        return;
      case 'content':
        this.#streams.way(place.side, part.header.stream)?.content(part.bytes);
        return;
      case 'missing':
        this.#streams.way(place.side, part.header.stream)?.miss(part.octets);
        return;
      case 'frame':
        this.#whole(part, place);
    }
  }

  #whole({header, payload, start}: Extract<FramePart, {kind: 'frame'}>, place: Place): void {
    this.#count(header, place);
    const decoded = payload && decodeFrame(header, payload);
    const error = decoded ? (decoded.ok ? undefined : decoded.error) : http2Error('frame-large');
    const body = decoded?.ok ? decoded.value : undefined;
    const goesOn = this.#goesOn(header, error?.code, place);
    const block = goesOn && body && payload ? this.#frame({header, body, payload}, place) : undefined;
    const end = start + frameHeaderSize + header.length;
    this.#seen?.({side: place.side, start, end, header, body, error, block});
  }

  #count({type, length}: FrameHeader, place: Place): void {
    const half = this.#halves[place.side];
    const name = frameTypeName(type);
    this.frames.set(name, (this.frames.get(name) ?? 0) + 1);
    if (half.frames === 0 && type !== FrameType.SETTINGS) this.#fault('first-frame', {...place, stream: 0});
    half.frames += 1;
    if (length > this.#limits[other(place.side)].frame) this.#fault('frame-large', {...place, stream: 0});
  }

  /**
   * Records the faults of an HTTP/2 frame; returns false for a CONTINUATION that continues no header block. A fault in a header block makes
   * all later blocks undecodable.
   */
  #goesOn(header: FrameHeader, error: Http2ErrorCode | undefined, place: Place): boolean {
    const {blocks} = this.#halves[place.side];
    const interruption = blocks.interruption(header);
    for (const code of [interruption, error]) {
      if (code === undefined) continue;
      this.#fault(code, {...place, stream: header.stream});
      if (code === interruption || holdsBlock(header)) blocks.lose(code);
    }
    return interruption !== 'continuation';
  }

  #fault(code: Http2ErrorCode, place: FaultPlace): void {
    // After missing octets no faults are recorded, because the gap may have contained what explains them.
    if (!this.#torn) this.#faults.take(code, place);
  }

  /** Handles an HTTP/2 frame; returns the header block if the frame completes one. */
  #frame({header, body, payload}: Whole, place: Place): WholeBlock | undefined {
    const {side, frame} = place;
    switch (body.kind) {
      case 'HEADERS':
      case 'PUSH_PROMISE':
      case 'CONTINUATION':
        return this.#fragment({header, body, payload}, place);
      case 'DATA':
        this.#streams.data(header, place);
        break;
      case 'RST_STREAM':
        this.#streams.reset(header, body.error, place);
        break;
      case 'WINDOW_UPDATE':
        this.#streams.windowUpdate(header, body.increment, place);
        break;
      case 'SETTINGS':
        this.#say(header, body.settings, place);
        break;
      case 'PING':
        if (this.pings.length < mostNotes)
          this.pings.push({side, ack: hasFlag(header, 'ack'), data: hexOf(body.data), frame});
        break;
      case 'GOAWAY':
        if (this.goaways.length < mostNotes)
          this.goaways.push({side, lastStream: body.lastStream, error: body.error, frame});
        break;
      default:
    }
    return undefined;
  }

  #say(header: FrameHeader, settings: Settings, {side}: Place): void {
    if (hasFlag(header, 'ack')) {
      this.#limits[other(side)].acknowledge();
      return;
    }
    this.#limits[side].say(settings);
    if (this.settings[side].length < mostNotes) this.settings[side].push(settings);
  }

  #fragment({header, body, payload}: Whole, place: Place): WholeBlock | undefined {
    if (!('fragment' in body)) return undefined;
    const {blocks} = this.#halves[place.side];
    if (body.kind !== 'CONTINUATION')
      blocks.begin(header, body.kind === 'PUSH_PROMISE' ? body.promised : undefined);
    const {start, end} = body.fragment;
    const {headerTable} = this.#limits[other(place.side)];
    const {block, error} = blocks.add(header, payload.subarray(start, end), headerTable);
    if (error) this.#fault(error, {...place, stream: header.stream});
    if (block) this.#streams.block(block, place);
    return block;
  }
}
