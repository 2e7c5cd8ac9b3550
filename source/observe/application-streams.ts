// Reads the data that the programs send on one captured TCP connection. The bytes are put in order and parsed as HTTP, TLS or DNS if they
// begin like one of them; other bytes are not kept.

import {dnsPort} from '../wire/dns/carried.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {joinBytes} from '../wire/tls/presentation.ts';
import type {Side, Told} from './connections.ts';
import {DnsStream} from './dns-stream.ts';
import {mayAnswerHttp2, mayBegin, type Spoken, spokenIn} from './first-octets.ts';
import {type FirstWords, firstWordsOf} from './first-words.ts';
import {HttpConversation, type HttpInside, type HttpReading, nothingOfHttp} from './http-conversation.ts';
import type {HttpFault} from './http-faults.ts';
import type {HttpTransaction} from './http-transactions.ts';
import type {Http2Connection} from './http2-connection.ts';
import type {OctetStore} from './octet-store.ts';
import {type Arrival, finishStream, newStream, type Piece, receive, type Stream} from './reassembly.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';

/**
 * The TCP ports of protocols that send their messages as HTTP content: IPP (RFC 8010) and DAAP. Data on these ports count as HTTP content.
 */
const httpContentPorts: ReadonlySet<number> = new Set([631, 3689]);

/** The TCP ports on which Wireshark assumes that bytes which it cannot parse belong to TLS that began before the capture. */
const tlsPorts: ReadonlySet<number> = new Set([
  324, 443, 465, 636, 802, 853, 993, 995, 1300, 2221, 2443, 3249, 3250, 3251, 3252, 3496, 5061, 5671, 5684,
  5868, 8883, 11207, 19999, 27017,
]);
/** The most octets of TLS records, over all connections of a capture, that are kept until the secrets are known. */
export const mostTlsOctets = 1 << 26;

/** Tells whether data begin with four printable characters: then a program, such as a proxy, speaks without TLS on a TLS port. */
const isText = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes.subarray(0, 4).every((octet) => octet >= 0x20 && octet < 0x7f);

/**
 * One direction of a captured connection. `first` contains octets that do not show yet which protocol is spoken, and `waiting` the pieces
 * that brought them.
 */
type Half = {
  stream: Stream;
  started: boolean;
  first: Uint8Array;
  readonly waiting: Waiting[];
  words: FirstWords | undefined;
  /** True once this end has sent a segment with data. */
  spoke: boolean;
};

/**
 * A piece of TLS data whose octets are in the store. `frame` is the frame from which on it can be read; in a piece of kind `end`, `end` is
 * the frame of the end itself.
 */
type KeptPiece = {
  readonly side: Side;
  readonly kind: Piece['kind'];
  readonly start: number;
  readonly end: number;
  readonly frame: number;
  /** The offset of the piece's octets in the store; 0 if it has none. */
  readonly at: number;
  /** The time in µs of the frame with which the piece could be read. */
  readonly atUs: number;
};

type Waiting = {readonly piece: Piece; readonly frame: number};

const none = new Uint8Array(0);

/** The first octet of data has the sequence number that follows the SYN's. */
const newHalf = (isn: Seq | undefined): Half => ({
  stream: isn === undefined ? newStream : {...newStream, next: {seq: seqAdd(isn, 1), offset: 0}},
  started: isn !== undefined,
  first: none,
  waiting: [],
  words: undefined,
  spoke: false,
});

const arrivalOf = ({frame, seq, flags, data, length}: SeenSegment): Arrival => ({
  frame,
  seq,
  syn: (flags & Flag.syn) !== 0,
  fin: (flags & Flag.fin) !== 0,
  bytes: data,
  length,
});

export type DnsHeard = {
  readonly side: Side;
  readonly bytes: Uint8Array;
  /** The frame that completes the DNS message, and its time in µs. */
  readonly frame: number;
  readonly atUs: number;
};

/** A piece of a stream with the frame from which on it can be read. */
type Readable = {readonly side: Side; readonly piece: Piece; readonly frame: number};

/**
 * Returns each piece of a stream with the frame from which on it can be read: `frame`, or behind a gap that was never filled, the frame
 * that carried the data.
 */
const readable = (side: Side, pieces: readonly Piece[], frame: number): readonly Readable[] => {
  let behind: number | undefined;
  return pieces.map((piece, index) => {
    // A gap becomes known when the piece that follows it is captured.
    const seen = piece.kind === 'hole' ? pieces[index + 1] : piece;
    if (piece.kind === 'hole') behind ??= 0;
    if (behind !== undefined && seen?.kind === 'bytes') behind = Math.max(behind, seen.frame);
    return {side, piece, frame: behind || frame};
  });
};

const noHttp: readonly HttpTransaction[] = [];
const noDns: readonly DnsHeard[] = [];

export class ApplicationStreams {
  #http: HttpConversation | undefined;
  readonly #kept: KeptPiece[] = [];
  #dns: readonly [DnsStream, DnsStream] | undefined;
  readonly #halves: readonly [Half, Half];
  readonly #store: OctetStore;
  /** The time in µs of each frame, while some DNS octets wait for octets that precede them; undefined if the connection carries no DNS. */
  #times: Map<number, number> | undefined;
  #atUs = 0;
  #spoken: Spoken | undefined;
  /**
   * True if the connection's beginning was not captured, or is in no known protocol; then each segment is checked for the beginning of a
   * known one.
   */
  #searching = false;
  readonly #tlsPort: boolean;
  readonly #httpContentPort: boolean;
  #unclearTls = false;
  #data = false;
  /** The options with which the connection's HTTP messages are read, in plain TCP or inside TLS. */
  readonly reading: HttpReading;

  /**
   * `isns` are the initial sequence numbers of the two ends, undefined if an end's SYN was not captured; then the beginning of its stream
   * is not known.
   */
  constructor(
    store: OctetStore,
    ports: readonly number[],
    isns: readonly [Seq | undefined, Seq | undefined],
    reading: HttpReading = {},
  ) {
    this.#store = store;
    this.reading = reading;
    this.#halves = [newHalf(isns[0]), newHalf(isns[1])];
    this.#tlsPort = ports.some((port) => tlsPorts.has(port));
    this.#httpContentPort = ports.some((port) => httpContentPorts.has(port));
    if (ports.includes(dnsPort)) this.#spoken = 'dns';
  }

  /** True if data were sent on a port whose data always count as HTTP content, whether or not they could be parsed. */
  get expectsHttp(): boolean {
    return this.#httpContentPort && this.#data;
  }

  /**
   * True if a segment on a TLS port does not begin with text; unless TLS can be parsed from its beginning, Wireshark calls such data
   * continuation data.
   */
  get unclearTls(): boolean {
    return this.#unclearTls;
  }

  get http(): readonly HttpTransaction[] {
    return this.#http?.http ?? noHttp;
  }

  get httpFaults(): readonly HttpFault[] {
    return this.#http?.faults ?? [];
  }

  get httpInside(): HttpInside {
    return this.#http ?? nothingOfHttp;
  }

  get http2(): Http2Connection | undefined {
    return this.#http?.http2;
  }

  /** True once an HTTP response was seen on this connection, whether or not its request was. */
  get httpAnswered(): boolean {
    return this.#http?.answered ?? false;
  }

  /** Returns what this end of the connection said first; undefined if it said nothing or nothing that is recognized. */
  firstWords(side: Side): FirstWords | undefined {
    return this.#halves[side].words;
  }

  get spoken(): Spoken | undefined {
    return this.#spoken;
  }

  /** Adds a segment to its direction's stream and parses what can be read now; returns the DNS messages that it completes. */
  take(side: Side, segment: SeenSegment): readonly DnsHeard[] {
    const {flags, length, data, frame} = segment;
    if (flags & Flag.rst || (length === 0 && !(flags & (Flag.syn | Flag.fin)))) return noDns;
    this.#data ||= length > 0;
    this.#atUs = segment.atUs;
    if (this.#tlsPort && length > 0 && !isText(data)) this.#unclearTls = true;
    const half = this.#halves[side];
    if (length > 0 && !half.spoke) {
      half.spoke = true;
      half.words = firstWordsOf(data, frame);
    }
    half.started ||= (flags & Flag.syn) !== 0;
    if (!half.started && this.#spoken === undefined) this.#searching = true;
    if (this.#spoken === undefined && this.#searching) {
      if (!this.#found(data)) return noDns;
      // The protocol begins with this segment, so earlier octets are skipped.
      for (const each of this.#halves) each.stream = newStream;
    }
    const {stream, pieces} = receive(half.stream, arrivalOf(segment));
    half.stream = stream;
    if (this.#spoken === 'dns') {
      if (stream.held.length === 0) this.#times?.clear();
      this.#times ??= new Map();
      this.#times.set(frame, segment.atUs);
    }
    if (pieces.length === 0) return noDns;
    const [only] = pieces;
    return pieces.length === 1 && only
      ? this.#tell(side, only, frame)
      : this.#tellAll(readable(side, pieces, frame));
  }

  /** Ends the capture: parses what waited behind gaps, and returns the DNS messages in it. */
  finish(frame: number): readonly DnsHeard[] {
    if (this.#spoken === undefined) return [];
    const left = ([0, 1] as const).flatMap((side) =>
      readable(
        side,
        // At the end of the capture, no end of a stream is reported, because no FIN was seen.
        finishStream(this.#halves[side].stream).filter(({kind}) => kind !== 'end'),
        frame,
      ),
    );
    return this.#tellAll(left.toSorted((a, b) => a.frame - b.frame));
  }

  #tellAll(pieces: readonly Readable[]): readonly DnsHeard[] {
    return pieces.flatMap(({side, piece, frame}) => this.#tell(side, piece, frame));
  }

  #found(data: Uint8Array): boolean {
    this.#spoken = spokenIn(data);
    return this.#spoken !== undefined;
  }

  #tell(side: Side, piece: Piece, frame: number): readonly DnsHeard[] {
    if (this.#spoken === undefined) return this.#begin(side, piece, frame);
    if (this.#spoken === 'tls') this.#keep(side, piece, frame);
    else if (this.#spoken === 'http' || this.#spoken === 'http2') {
      this.#http ??=
        this.#spoken === 'http2' ? this.#speakHttp2(side) : new HttpConversation(undefined, this.reading);
      this.#http.take(side, piece, frame);
    } else if (this.#spoken === 'dns') {
      this.#dns ??= [new DnsStream(), new DnsStream()];
      const atUs = this.#times?.get(frame) ?? 0;
      return this.#dns[side].take(piece).map((bytes) => ({side, bytes, frame, atUs}));
    }
    return noDns;
  }

  #speakHttp2(client: Side): HttpConversation {
    this.#http = new HttpConversation({start: 'prior-knowledge', client}, this.reading);
    return this.#http;
  }

  /** Looks for the protocol in a stream's first octets, which may be spread over several small segments. */
  #begin(side: Side, piece: Piece, frame: number): readonly DnsHeard[] {
    const half = this.#halves[side];
    if (piece.kind !== 'bytes') {
      // Octets that follow a gap are not the beginning of the stream, so each segment is checked for one from now on.
      if (piece.kind === 'hole') this.#searching = true;
      half.waiting.length = 0;
      half.first = none;
      return [];
    }
    const first = half.first.length > 0 ? joinBytes([half.first, piece.bytes]) : piece.bytes;
    const waited = half.waiting.splice(0);
    half.first = none;
    if (this.#found(first)) {
      const other = side === 0 ? 1 : 0;
      const answered = this.#spoken === 'http2' ? this.#halves[other].waiting.splice(0) : [];
      if (answered.length > 0) this.#speakHttp2(side);
      return [
        ...answered.flatMap((each) => this.#tell(other, each.piece, each.frame)),
        ...waited.flatMap((each) => this.#tell(side, each.piece, each.frame)),
        ...this.#tell(side, piece, frame),
      ];
    }
    if (mayBegin(first) || mayAnswerHttp2(first)) {
      const bytes = piece.bytes.slice();
      half.first = waited.length > 0 ? first : bytes;
      half.waiting.push(...waited, {piece: {...piece, bytes}, frame});
    } else this.#searching = true;
    return [];
  }

  #keep(side: Side, piece: Piece, frame: number): void {
    const {kind, start} = piece;
    if (kind !== 'bytes') {
      this.#kept.push({
        side,
        kind,
        start,
        end: kind === 'hole' ? piece.end : piece.frame,
        frame,
        at: 0,
        atUs: this.#atUs,
      });
      return;
    }
    const at = this.#store.add(piece.bytes);
    const end = start + piece.bytes.length;
    if (at !== undefined) this.#kept.push({side, kind, start, end, frame, at, atUs: this.#atUs});
  }

  /** The time in µs of each frame in which some TLS data could be read, by frame number; empty if the connection does not carry TLS. */
  get times(): ReadonlyMap<number, number> {
    return new Map(this.#kept.map(({frame, atUs}) => [frame, atUs]));
  }

  /** The pieces of TLS data in the order in which they could be read; empty if the connection does not carry TLS. */
  get told(): readonly Told[] {
    const pieceOf = (kept: KeptPiece): Piece => {
      const {start, end, frame} = kept;
      if (kept.kind === 'hole') return {kind: 'hole', start, end};
      if (kept.kind === 'end') return {kind: 'end', start, frame: end};
      return {kind: 'bytes', start, bytes: this.#store.read({at: kept.at, length: end - start}), frame};
    };
    return this.#kept.map((kept) => ({side: kept.side, piece: pieceOf(kept), event: kept.frame}));
  }
}
