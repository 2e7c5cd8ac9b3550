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

/** The most frames that are kept of a direction; later ones stay octets. */
const mostFrames = 200_000;

export type Http2Reading = {
  readonly http2: Http2Connection;
  /** The frames of each direction, in the order of its octets. */
  readonly frames: readonly [readonly SeenHttp2Frame[], readonly SeenHttp2Frame[]];
  readonly pieces: readonly [readonly Piece[], readonly Piece[]];
  /** The offset at which each end's preface begins; undefined if that end sends none. */
  readonly preface: readonly [number | undefined, number | undefined];
};

const sides = [0, 1] as const;

/** Returns how HTTP/2 begins: with its preface, or by an upgrade, after which reading on finds it; undefined if it does not. */
const begins = (connection: Connection): 'upgrade' | Http2Options | undefined => {
  for (const side of sides) {
    const first = firstBytesOf(connection.sent, side);
    if (first && beginsHttp2(first)) return {start: 'prior-knowledge', client: side};
    if (first && switchesProtocol(first)) return 'upgrade';
  }
  return undefined;
};

type Pieces = readonly [readonly Piece[], readonly Piece[]];

/** A piece in the order of the capture. `packet` is the one with which it can be read, which need not be the one that carries it. */
type Placed = {readonly side: Side; readonly piece: Piece; readonly packet: number};

/** `least` is the packet of the previous piece. */
type From = {readonly from: number; readonly least: number};

/**
 * Returns the new pieces in the order of their octets. A piece that waited is read with the packet that it waited for, a hole with the
 * piece that follows it.
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

/** Tells whether all pieces that were taken are still there. If two pieces are the same object, so are all pieces before them. */
const beginsWith = (pieces: readonly Piece[], taken: readonly Piece[]): boolean => {
  for (let at = taken.length - 1; at >= 0; at--) {
    const own = taken[at];
    if (own === undefined || own === pieces[at]) return true;
    if (!isSame(pieces[at], own)) return false;
  }
  return true;
};

/**
 * Reads a connection packet by packet, as `inspect` does. For a capture in the making it continues where it stopped, even if the packets'
 * events have new numbers.
 */
class Http2Reader {
  readonly #frames: [SeenHttp2Frame[], SeenHttp2Frame[]] = [[], []];
  readonly #conversation: HttpConversation;
  #taken: Pieces = [[], []];
  readonly #packets: [number, number] = [0, 0];

  constructor(start: 'upgrade' | Http2Options) {
    this.#conversation = new HttpConversation(start === 'upgrade' ? undefined : start, (seen) => {
      if (this.#frames[seen.side].length < mostFrames) this.#frames[seen.side].push(seen);
    });
  }

  /** Takes the new pieces; returns false if different pieces were taken before. */
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

  /** The reading so far; undefined if the connection does not speak HTTP/2. */
  get reading(): Http2Reading | undefined {
    const {http2} = this.#conversation;
    if (!http2) return undefined;
    const prefaces: [number | undefined, number | undefined] = [undefined, undefined];
    const [first] = this.#frames[http2.client];
    if (first) prefaces[http2.client] = first.start - preface.length;
    return {http2, frames: this.#frames, pieces: this.#taken, preface: prefaces};
  }
}

/** The readers by the connection's first piece, which stays the same at later looks. */
const readers = new WeakMap<Told, Http2Reader>();

/** Returns the reading of a connection; undefined if it does not speak HTTP/2. */
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

/** Returns the place of a packet's data; undefined if the packet carries nothing of HTTP/2. */
export const http2PlaceOf = (trace: Trace, packet: number): Http2Place | undefined => {
  const carried = programPlaceOf(trace, packet);
  return carried && http2PlaceAt(carried);
};

/** Returns the place in HTTP/2; undefined if the connection does not speak HTTP/2, or not yet. */
export const http2PlaceAt = ({connection, ...place}: Carried): Http2Place | undefined => {
  const reading = http2ReadingOf(connection);
  // Before an upgrade the connection speaks HTTP/1.
  const begins = reading?.preface[place.side] ?? reading?.frames[place.side][0]?.start;
  return reading && begins !== undefined && begins <= place.start ? {...place, reading} : undefined;
};

/** Returns the frames that lie in the range, at least in part. */
export const framesIn = ({reading, side, ...span}: Http2Place): readonly SeenHttp2Frame[] =>
  framesWithin(reading.frames[side], span);
