// The streams of an HTTP/2 connection (RFC 9113 §5): what each end sends on them, and how far each has come.
import {type FrameHeader, hasFlag} from '../wire/http2/frame.ts';
import type {Http2ErrorCode} from '../wire/http2/http2-error.ts';
import {other, type Side} from './connections.ts';
import type {NewHash} from './content-hash.ts';
import type {WholeBlock} from './http2-blocks.ts';
import type {FaultPlace} from './http2-faults.ts';
import type {Http2Limits} from './http2-limits.ts';
import {Http2Stream, type Http2Way} from './http2-stream.ts';
import {type Http2Stall, type Http2Wait, Http2Windows} from './http2-windows.ts';

/** The highest number of HTTP/2 streams that are followed on one connection. */
const mostStreams = 20_000;

/** The place of an HTTP/2 frame: the side that sends it, and the packet that completes it. */
type Place = Pick<FaultPlace, 'side' | 'frame'>;

type Surroundings = {
  /** Begins the SHA-256 of the content of an HTTP/2 message; `null` if contents are not to be hashed. */
  readonly newHash: NewHash | null;
  readonly client: Side;
  /** The HTTP/2 limits that each end has set for the other in SETTINGS. */
  readonly limits: readonly [Http2Limits, Http2Limits];
  readonly fault: (code: Http2ErrorCode, place: FaultPlace) => void;
};

export class Http2Streams {
  /** The HTTP/2 streams of the connection, in the order of their first HEADERS. */
  readonly all: Http2Stream[] = [];
  readonly #byId = new Map<number, Http2Stream>();
  readonly #windows = new Http2Windows();
  /** The highest HTTP/2 stream number that each end has opened or promised. */
  readonly #highest: [number, number] = [0, 0];
  readonly #about: Surroundings;

  constructor(about: Surroundings) {
    this.#about = about;
  }

  get waits(): readonly Http2Wait[] {
    return this.#windows.waits;
  }

  get stalls(): readonly Http2Stall[] {
    return this.#windows.stalls;
  }

  /**
   * Begins a connection upgraded from HTTP/1: the request that asked for HTTP/2 becomes stream 1, which the client has ended
   * (RFC 7540 §3.2).
   */
  upgraded(): void {
    this.#stream(1)?.request.end(0);
  }

  /** Returns the request or the response that this side sends on an HTTP/2 stream; undefined if the stream has not begun. */
  way(side: Side, id: number): Http2Way | undefined {
    const stream = this.#byId.get(id);
    return stream && this.#wayOf(side, stream);
  }

  block({header, promised, octets, read}: WholeBlock, place: Place): void {
    if (promised !== undefined) {
      this.#promise(promised, {header, octets, read}, place);
      return;
    }
    this.#opens(header.stream, place);
    const stream = this.#stream(header.stream);
    if (!stream) return;
    if (!stream.begun) this.all.push(stream);
    stream.begun = true;
    const way = this.#wayOf(place.side, stream);
    if (way.ended !== undefined) this.#fault('stream-ended', stream.id, place);
    way.headerBytes += octets.length;
    const section = way.head ? 'trailers' : this.#isClient(place.side) ? 'request' : 'response';
    const wrong = read && way.block(read.fields, section, place.frame);
    if (wrong) this.#fault(wrong, stream.id, place);
    if (hasFlag(header, 'endStream')) this.#end(stream, place);
  }

  data(header: FrameHeader, place: Place): void {
    const {stream: id, length} = header;
    if (this.#isIdle(id)) this.#fault('stream-idle', id, place);
    const stream = this.#byId.get(id);
    const window = stream && this.#wayOf(place.side, stream);
    if (window?.ended !== undefined) this.#fault('stream-ended', id, place);
    const ends = hasFlag(header, 'endStream');
    const initial = this.#about.limits[other(place.side)].window;
    const fits = this.#windows.spend({
      side: place.side,
      frame: place.frame,
      stream: id,
      length,
      ends,
      window,
      initial,
    });
    if (!fits) this.#fault('window-beyond', id, place);
    if (stream && ends) this.#end(stream, place);
  }

  windowUpdate({stream: id}: FrameHeader, increment: number, place: Place): void {
    const far = other(place.side);
    if (id > 0 && this.#isIdle(id)) this.#fault('stream-idle', id, place);
    const window = id === 0 ? undefined : this.way(far, id);
    if (id > 0 && !window) return;
    const {limits} = this.#about;
    const initial = window && limits[place.side].window;
    const fits = this.#windows.grant(far, increment, window, initial, {stream: id, frame: place.frame});
    if (!fits) this.#fault('window-large', id, place);
  }

  reset({stream: id}: FrameHeader, error: number, place: Place): void {
    if (this.#isIdle(id)) this.#fault('stream-idle', id, place);
    const stream = this.#byId.get(id);
    if (stream) stream.reset ??= {...place, error};
  }

  #isClient(side: Side): boolean {
    return side === this.#about.client;
  }

  #wayOf(side: Side, stream: Http2Stream): Http2Way {
    return this.#isClient(side) ? stream.request : stream.response;
  }

  #fault(code: Http2ErrorCode, stream: number, {side, frame}: Place): void {
    this.#about.fault(code, {side, stream, frame});
  }

  #stream(id: number): Http2Stream | undefined {
    const known = this.#byId.get(id);
    if (known || this.#byId.size >= mostStreams) return known;
    const stream = new Http2Stream(id, this.#about.newHash);
    this.#byId.set(id, stream);
    return stream;
  }

  /**
   * Checks the number of a new HTTP/2 stream (RFC 9113 §5.1.1): clients use odd numbers, which grow; a server begins only streams that it
   * has promised.
   */
  #opens(id: number, place: Place): void {
    if (this.#byId.has(id)) return;
    const {side} = place;
    if (!this.#isClient(side)) this.#fault('stream-idle', id, place);
    else if (id % 2 === 0 || id < this.#highest[side]) this.#fault('stream-number', id, place);
    this.#highest[side] = Math.max(this.#highest[side], id);
  }

  /** Takes the header block of a PUSH_PROMISE as the request of the promised stream (RFC 9113 §8.4). */
  #promise(id: number, {header, octets, read}: Omit<WholeBlock, 'promised'>, place: Place): void {
    const {side, frame} = place;
    if (this.#isClient(side) || id % 2 !== 0 || id <= this.#highest[side])
      this.#fault('push-promise', header.stream, place);
    this.#highest[side] = Math.max(this.#highest[side], id);
    const stream = this.#stream(id);
    if (!stream) return;
    stream.promisedOn = header.stream;
    stream.request.headerBytes += octets.length;
    const wrong = read && stream.request.block(read.fields, 'request', frame);
    if (wrong) this.#fault(wrong, id, place);
    stream.request.end(frame);
  }

  #end(stream: Http2Stream, place: Place): void {
    const way = this.#wayOf(place.side, stream);
    way.end(place.frame);
    const length = way.value('content-length');
    const answersHead = way === stream.response && stream.request.value(':method') === 'HEAD';
    if (length === undefined || answersHead || way.value(':status') === '304') return;
    if (Number(length) !== way.contentBytes) this.#fault('length-differs', stream.id, place);
  }

  /** Tells whether an HTTP/2 stream has not been opened or promised, and no later one of the same end has. */
  #isIdle(id: number): boolean {
    const {client} = this.#about;
    const opener = id % 2 === 1 ? client : other(client);
    return !this.#byId.has(id) && id > this.#highest[opener];
  }
}
