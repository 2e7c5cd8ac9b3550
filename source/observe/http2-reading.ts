// HTTP/2 of a Trace: the frames of a connection by where they stand in each direction, in clear or as TLS was opened.
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

/** Of one connection; later ones are octets. */
const mostFrames = 200_000;

export type Http2Reading = {
  readonly http2: Http2Connection;
  /** Of each direction, in the order of its octets. */
  readonly frames: readonly [readonly SeenHttp2Frame[], readonly SeenHttp2Frame[]];
  readonly pieces: readonly [readonly Piece[], readonly Piece[]];
  /** Where the preface begins; undefined: that end says none. */
  readonly preface: readonly [number | undefined, number | undefined];
};

const sides = [0, 1] as const;

/** With a preface, or by an upgrade, which is found by reading on. */
const begins = (connection: Connection): 'upgrade' | Http2Options | undefined => {
  for (const side of sides) {
    const first = firstBytesOf(connection.sent, side);
    if (first && beginsHttp2(first)) return {start: 'prior-knowledge', client: side};
    if (first && switchesProtocol(first)) return 'upgrade';
  }
  return undefined;
};

type Pieces = readonly [readonly Piece[], readonly Piece[]];

/** A piece in the order of the capture: `packet` is the one with which it can be read, which is not always the one that has it. */
type Placed = {readonly side: Side; readonly piece: Piece; readonly packet: number};

/** `least`: the packet of the piece before. */
type From = {readonly from: number; readonly least: number};

/** In the order of its octets: what waited is read with what it waited for, a hole with what stands behind it. */
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

/** Whether all that was taken stands there still: pieces that are the same objects have the same ones before them. */
const beginsWith = (pieces: readonly Piece[], taken: readonly Piece[]): boolean => {
  for (let at = taken.length - 1; at >= 0; at--) {
    const own = taken[at];
    if (own === undefined || own === pieces[at]) return true;
    if (!isSame(pieces[at], own)) return false;
  }
  return true;
};

/**
 * Reads a connection packet by packet, as `inspect` does: of a capture in the making it goes on where it was, whatever events its
 * packets have by now.
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

  /** False: something else was taken before. */
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

  /** undefined: HTTP/2 is not spoken there. */
  get reading(): Http2Reading | undefined {
    const {http2} = this.#conversation;
    if (!http2) return undefined;
    const prefaces: [number | undefined, number | undefined] = [undefined, undefined];
    const [first] = this.#frames[http2.client];
    if (first) prefaces[http2.client] = first.start - preface.length;
    return {http2, frames: this.#frames, pieces: this.#taken, preface: prefaces};
  }
}

/** By what is told first of the connection, which stays at later looks. */
const readers = new WeakMap<Told, Http2Reader>();

/** undefined: HTTP/2 is not spoken there. */
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

/** A direction's stretch of octets on a connection of HTTP/2. */
export type Http2Place = Span & {readonly reading: Http2Reading; readonly side: Side};

/** Where a packet's data lie; undefined: it has none of HTTP/2. */
export const http2PlaceOf = (trace: Trace, packet: number): Http2Place | undefined => {
  const carried = programPlaceOf(trace, packet);
  return carried && http2PlaceAt(carried);
};

/** undefined: HTTP/2 is not spoken there, or not yet. */
export const http2PlaceAt = ({connection, ...place}: Carried): Http2Place | undefined => {
  const reading = http2ReadingOf(connection);
  // Before an upgrade HTTP/1 is spoken.
  const begins = reading?.preface[place.side] ?? reading?.frames[place.side][0]?.start;
  return reading && begins !== undefined && begins <= place.start ? {...place, reading} : undefined;
};

/** The frames that lie in the stretch, at least in part. */
export const framesIn = ({reading, side, ...span}: Http2Place): readonly SeenHttp2Frame[] =>
  framesWithin(reading.frames[side], span);
