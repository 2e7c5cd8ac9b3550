// Reads HTTP/3 on a QUIC connection (RFC 9114): requests with their responses, settings, and the field sections of both directions, each
// with its QPACK table (RFC 9204).

import type {TableEntry} from '../wire/http2/static-table.ts';
import {
  Http3FrameReader,
  Http3FrameType,
  type Http3Part,
  Http3Setting,
  Http3StreamType,
  type Http3Setting as Setting,
  settingsIn,
} from '../wire/http3/frame.ts';
import {QpackDecoder} from '../wire/http3/qpack.ts';
import {varint} from '../wire/quic/varint.ts';
import {joinBytes, quietReaderOf} from '../wire/tls/presentation.ts';
import {other, type Side} from './connections.ts';
import {type NewHash, newContentHash} from './content-hash.ts';
import {Http2Way} from './http2-stream.ts';
import type {QuicStream, StreamPiece} from './quic-streams.ts';

/** A range of octets of an HTTP/3 stream. */
type Place = {readonly stream: number; readonly span: {readonly start: number; readonly end: number}};

/**
 * An HTTP/3 field section that cannot be decoded yet, because it waits for table entries from the QPACK encoder stream (RFC 9204 §2.1.2).
 */
type Blocked = Place & {readonly message: Http2Way; readonly section: Uint8Array};

/** A part of an HTTP/3 message with its place in the stream, given to callers that want each one. */
export type SeenHttp3Part = Place & {readonly side: Side} & (
    | {readonly kind: 'section'; readonly fields: readonly TableEntry[]}
    | {readonly kind: 'content'}
  );

/** The parts that a packet completes on HTTP/3's streams: the head of a request or response, or a frame with its type and size. */
export type Http3Told =
  | {readonly kind: 'request'; readonly stream: number; readonly method: string; readonly path: string}
  | {readonly kind: 'response'; readonly stream: number; readonly status: number}
  | {readonly kind: 'frame'; readonly stream: number; readonly type: number; readonly octets: number};

export type Http3Exchange = {
  readonly stream: QuicStream;
  readonly request: Http2Way;
  readonly response: Http2Way;
};

type Exchange = Http3Exchange & {readonly readers: readonly [Http3FrameReader, Http3FrameReader]};

/** A unidirectional HTTP/3 stream. `type` is the stream type, which its first octets contain; undefined until these have come. */
type OneWay = {type: number | undefined; held: Uint8Array; readonly reader: Http3FrameReader};

const empty = new Uint8Array(0);
/** The highest number of field sections that may wait for QPACK table entries in each direction of a connection. */
const mostBlocked = 1000;
const mostExchanges = 20_000;
const mostTold = 100_000;

const headersTold = (stream: number, octets: number): Http3Told => ({
  ...{kind: 'frame', stream, type: Http3FrameType.HEADERS, octets},
});

export class Http3Connection {
  readonly settings: [readonly Setting[] | undefined, readonly Setting[] | undefined] = [
    undefined,
    undefined,
  ];
  /** The HTTP/3 messages and frames, by the packet that completes each. */
  readonly told = new Map<number, Http3Told[]>();
  readonly #exchanges = new Map<number, Exchange>();
  readonly #oneWay = new Map<string, OneWay>();
  /** The QPACK decoders of an HTTP/3 connection, by the side that encodes. */
  readonly #qpack = [new QpackDecoder(), new QpackDecoder()] as const;
  readonly #blocked: readonly [Blocked[], Blocked[]] = [[], []];
  readonly #seen: (part: SeenHttp3Part) => void;
  /** Begins the SHA-256 of a content; `null` if somebody watches each part of the HTTP/3 messages and so needs no hash. */
  readonly #newHash: NewHash | null;

  constructor(seen?: (part: SeenHttp3Part) => void, newHash = newContentHash) {
    this.#seen = seen ?? (() => undefined);
    this.#newHash = seen ? null : newHash;
  }

  /** The HTTP/3 requests with their responses, in the order of their streams. */
  get exchanges(): readonly Http3Exchange[] {
    return [...this.#exchanges.values()].sort((a, b) => a.stream.id - b.stream.id);
  }

  take({stream, side, bytes, frame}: StreamPiece): void {
    if (stream.twoWay) {
      const exchange = this.#exchange(stream);
      for (const part of exchange?.readers[side].feed(bytes) ?? []) {
        if (exchange) this.#part(exchange, side, part, frame);
      }
      return;
    }
    this.#takeOneWay(`${stream.id} ${side}`, {stream: stream.id, side, bytes, frame});
  }

  #exchange(stream: QuicStream): Exchange | undefined {
    const known = this.#exchanges.get(stream.id);
    if (known || this.#exchanges.size >= mostExchanges) return known;
    const made = {
      stream,
      request: new Http2Way(this.#newHash),
      response: new Http2Way(this.#newHash),
      readers: [new Http3FrameReader(), new Http3FrameReader()] as const,
    };
    this.#exchanges.set(stream.id, made);
    return made;
  }

  #part(exchange: Exchange, side: Side, part: Http3Part, frame: number): void {
    const message = side === 0 ? exchange.request : exchange.response;
    const stream = exchange.stream.id;
    const span = {start: part.start, end: part.end};
    if (part.kind === 'content') {
      message.content(part.bytes);
      this.#seen({kind: 'content', side, stream, span});
      return;
    }
    const {type, size, payload} = part;
    if (type !== Http3FrameType.HEADERS) this.#tell(frame, {kind: 'frame', stream, type, octets: size});
    else if (payload) this.#section(side, {message, section: payload, stream, span}, frame);
  }

  #section(side: Side, blocked: Blocked, frame: number): void {
    const {message, section, stream} = blocked;
    const waiting = this.#blocked[side];
    // While a field section of the same message waits for QPACK entries, later ones are not decoded: the first one is the message's head.
    const behind = waiting.some((each) => each.message === message);
    const fields = behind ? 'blocked' : this.#qpack[side].decode(section);
    if (fields === 'blocked') {
      if (waiting.length < mostBlocked) waiting.push(blocked);
      this.#tell(frame, headersTold(stream, section.length));
      return;
    }
    if (fields === 'wrong') return;
    this.#take(side, blocked, fields, frame);
    this.#tell(frame, this.#headTold(message, side, stream) ?? headersTold(stream, section.length));
  }

  /** Adds a decoded field section to an HTTP/3 message. Its form is that of HTTP/2 (RFC 9114 §4.1). */
  #take(side: Side, {message, stream, span}: Blocked, fields: readonly TableEntry[], frame: number): void {
    message.block(fields, message.head ? 'trailers' : side === 0 ? 'request' : 'response', frame);
    this.#seen({kind: 'section', side, stream, span, fields});
  }

  #headTold(message: Http2Way, side: Side, stream: number): Http3Told | undefined {
    if (message.trailers || !message.head) return undefined;
    const path = message.value(':path') ?? message.value(':authority') ?? '';
    return side === 0
      ? {kind: 'request', stream, method: message.value(':method') ?? '', path}
      : {kind: 'response', stream, status: Number(message.value(':status') ?? 0)};
  }

  #tell(frame: number, told: Http3Told): void {
    const known = this.told.get(frame);
    if (known) known.push(told);
    else if (this.told.size < mostTold) this.told.set(frame, [told]);
  }

  #takeOneWay(
    name: string,
    {stream, side, bytes, frame}: Omit<StreamPiece, 'stream'> & {readonly stream: number},
  ): void {
    const known = this.#oneWay.get(name) ?? {type: undefined, held: empty, reader: new Http3FrameReader()};
    this.#oneWay.set(name, known);
    let rest = bytes;
    if (known.type === undefined) {
      const from = quietReaderOf(joinBytes([known.held, bytes]));
      const type = varint.read(from);
      if (from.error) {
        known.held = from.bytes;
        return;
      }
      known.type = type;
      rest = from.bytes.subarray(from.at);
    }
    if (known.type === Http3StreamType.encoder) this.#instructions(side, rest, frame);
    else if (known.type === Http3StreamType.control)
      for (const part of known.reader.feed(rest)) this.#control(stream, side, part, frame);
  }

  #control(stream: number, side: Side, part: Http3Part, frame: number): void {
    if (part.kind !== 'frame') return;
    this.#tell(frame, {kind: 'frame', stream, type: part.type, octets: part.size});
    if (part.type !== Http3FrameType.SETTINGS || !part.payload || this.settings[side]) return;
    const settings = settingsIn(part.payload);
    this.settings[side] = settings;
    const capacity = settings.find(([id]) => id === Http3Setting.QPACK_MAX_TABLE_CAPACITY)?.[1];
    this.#qpack[other(side)].maxCapacity = capacity ?? 0;
  }

  #instructions(side: Side, bytes: Uint8Array, frame: number): void {
    const decoder = this.#qpack[side];
    const before = decoder.inserted;
    decoder.takeInstructions(bytes);
    if (decoder.inserted === before) return;
    const waiting = this.#blocked[side].splice(0);
    for (const each of waiting) {
      const behind = this.#blocked[side].some(({message}) => message === each.message);
      const fields = behind ? 'blocked' : decoder.decode(each.section);
      if (fields === 'blocked') this.#blocked[side].push(each);
      else if (fields !== 'wrong') this.#take(side, each, fields, frame);
    }
  }
}
