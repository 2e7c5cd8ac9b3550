// HTTP/2 in a Trace: the frames of a connection with their places in each direction's stream, in clear or decrypted from TLS.
import type {Trace} from '../sim/trace.ts';
import type {Span} from '../wire/http/grammar.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Carried, Connection, Side, Told} from './connections.ts';
import {beginsHttp2, switchesProtocol} from './first-octets.ts';
import {HttpConversation} from './http-conversation.ts';
import type {Http2Connection, Http2Options, SeenHttp2Frame} from './http2-connection.ts';
import {programPlaceOf} from './program-streams.ts';
import type {Piece} from './reassembly.ts';
import {firstBytesOf, piecesOf} from './stream-bytes.ts';
import {framesWithin} from './stream-frames.ts';

/** The highest number of HTTP/2 frames that are kept of a direction; later ones stay undecoded octets. */
const mostFrames = 200_000;

export type Http2Reading = {
  readonly http2: Http2Connection;
  /** The HTTP/2 frames of each direction, in the order of its octets. */
  readonly frames: readonly [readonly SeenHttp2Frame[], readonly SeenHttp2Frame[]];
  readonly pieces: readonly [readonly Piece[], readonly Piece[]];
  /**
   * The stream offset at which each end's HTTP/2 connection preface begins; undefined for the server, which sends none, and for a client
   * without frames.
   */
  readonly preface: readonly [number | undefined, number | undefined];
};

const sides = [0, 1] as const;

/**
 * Returns how a connection begins HTTP/2: with the preface, or with HTTP/1 and perhaps an upgrade, which is only found by reading on;
 * undefined if it does neither.
 */
const begins = (connection: Connection): 'upgrade' | Http2Options | undefined => {
  for (const side of sides) {
    const first = firstBytesOf(connection.sent, side);
    if (first && beginsHttp2(first)) return {start: 'prior-knowledge', client: side};
    if (first && switchesProtocol(first)) return 'upgrade';
  }
  return undefined;
};

type Pieces = readonly [readonly Piece[], readonly Piece[]];

/** A piece of a direction's stream with the packet at which it can be read, which may be later than the one that carries it. */
type Placed = {readonly side: Side; readonly piece: Piece; readonly packet: number};

/**
 * The place to continue in a direction's pieces: `from` is the index of the first new piece, `least` the packet at which the previous one
 * was read.
 */
type From = {readonly from: number; readonly least: number};

/**
 * Returns the new pieces of a direction with the packets at which they can be read. A piece that waited for earlier octets is read with the
 * packet that brought them, a hole with the piece after it.
 */
const placedOf = (pieces: readonly Piece[], side: Side, {from, least}: From): Placed[] => {
  let packet = least;
  return pieces.slice(from).map((piece, at, all) => {
    const named = piece.kind === 'hole' ? all[at + 1] : piece;
    if (named && named.kind !== 'hole') packet = Math.max(packet, named.frame);
    return {side, piece, packet};
  });
};

const isSame = (one: Piece | undefined, other: Piece): boolean => {
  if (one?.kind !== other.kind || one.start !== other.start) return false;
  if (one.kind === 'hole') return other.kind === 'hole' && one.end === other.end;
  if (other.kind === 'hole' || one.frame !== other.frame) return false;
  return one.kind === 'end' || (other.kind === 'bytes' && one.bytes.length === other.bytes.length);
};

/** Tells whether all pieces that were read before are still there. If two pieces are the same object, so are all pieces before them. */
const beginsWith = (pieces: readonly Piece[], taken: readonly Piece[]): boolean => {
  for (let at = taken.length - 1; at >= 0; at--) {
    const own = taken[at];
    if (own === undefined || own === pieces[at]) return true;
    if (!isSame(pieces[at], own)) return false;
  }
  return true;
};

/**
 * Reads the HTTP/2 of a connection packet by packet, as `inspect` does. In a capture that grows it continues where it stopped, even if the
 * events of packets have new numbers.
 */
class Http2Reader {
  readonly #frames: [SeenHttp2Frame[], SeenHttp2Frame[]] = [[], []];
  readonly #conversation: HttpConversation;
  #taken: Pieces = [[], []];
  readonly #packets: [number, number] = [0, 0];

  constructor(start: 'upgrade' | Http2Options) {
    const seen = (frame: SeenHttp2Frame): void => {
      if (this.#frames[frame.side].length < mostFrames) this.#frames[frame.side].push(frame);
    };
    this.#conversation = new HttpConversation(start === 'upgrade' ? undefined : start, {seen});
  }

  /** Reads the pieces that are new; returns false if those read before have changed, or if new ones come before them. */
  goOn(pieces: Pieces): boolean {
    if (sides.some((side) => !beginsWith(pieces[side], this.#taken[side]))) return false;
    const fresh = sides
      .flatMap((side) => {
        const from = {from: this.#taken[side].length, least: this.#packets[side]};
        return placedOf(pieces[side], side, from);
      })
      .sort((a, b) => a.packet - b.packet);
    if ((fresh[0]?.packet ?? Number.POSITIVE_INFINITY) < Math.max(...this.#packets)) return false;
    for (const {side, piece, packet} of fresh) {
      this.#packets[side] = packet;
      this.#conversation.take(side, piece, packet);
    }
    this.#taken = pieces;
    return true;
  }

  /** The HTTP/2 that was read so far; undefined if the connection does not speak HTTP/2. */
  get reading(): Http2Reading | undefined {
    const {http2} = this.#conversation;
    if (!http2) return undefined;
    const prefaces: [number | undefined, number | undefined] = [undefined, undefined];
    const [first] = this.#frames[http2.client];
    if (first) prefaces[http2.client] = first.start - preface.length;
    return {http2, frames: this.#frames, pieces: this.#taken, preface: prefaces};
  }
}

/** The HTTP/2 readers by the connection's first sent piece; that object stays the same when a growing capture is read again. */
const readers = new WeakMap<Told, Http2Reader>();

/** Returns the HTTP/2 frames and streams of a connection; undefined if it does not speak HTTP/2. */
export const http2ReadingOf = oncePer((connection: Connection): Http2Reading | undefined => {
  const [told] = connection.sent;
  const start = begins(connection);
  if (start === undefined || !told) return undefined;
  const pieces = piecesOf(connection);
  const known = readers.get(told);
  if (known?.goOn(pieces)) return known.reading;
  const reader = new Http2Reader(start);
  reader.goOn(pieces);
  readers.set(told, reader);
  return reader.reading;
});

/** A range of octets of one direction of an HTTP/2 connection. */
export type Http2Place = Span & {readonly reading: Http2Reading; readonly side: Side};

/** Returns the range of HTTP/2 octets that a packet carries; undefined if it carries none. */
export const http2PlaceOf = (trace: Trace, packet: number): Http2Place | undefined => {
  const carried = programPlaceOf(trace, packet);
  return carried && http2PlaceAt(carried);
};

/**
 * Turns a range of a connection's octets into one of its HTTP/2 stream; undefined if the connection does not speak HTTP/2, or only after
 * that range.
 */
export const http2PlaceAt = ({connection, ...place}: Carried): Http2Place | undefined => {
  const reading = http2ReadingOf(connection);
  // Before an upgrade the connection speaks HTTP/1.
  const begins = reading?.preface[place.side] ?? reading?.frames[place.side][0]?.start;
  return reading && begins !== undefined && begins <= place.start ? {...place, reading} : undefined;
};

/** Returns the HTTP/2 frames that lie in the range, at least in part. */
export const framesIn = ({reading, side, ...span}: Http2Place): readonly SeenHttp2Frame[] =>
  framesWithin(reading.frames[side], span);
