// What programs say on one TCP connection: its bytes in order, read as HTTP, TLS or DNS if they begin like that. Bytes of
// anything else are not kept.

import {dnsPort} from '../wire/dns/carried.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {joinBytes} from '../wire/tls/presentation.ts';
import type {Side, Told} from './connections.ts';
import {DnsStream} from './dns-transactions.ts';
import {mayAnswerHttp2, mayBegin, type Spoken, spokenIn} from './first-octets.ts';
import {type FirstWords, firstWordsOf} from './first-words.ts';
import {HttpConversation, type HttpInside, nothingOfHttp} from './http-conversation.ts';
import type {HttpFault} from './http-faults.ts';
import type {HttpTransaction} from './http-transactions.ts';
import type {Http2Connection} from './http2-connection.ts';
import type {OctetStore} from './octet-store.ts';
import {type Arrival, finishStream, newStream, type Piece, receive, type Stream} from './reassembly.ts';
import {Flag, type SeenSegment} from './seen-segment.ts';

/** Protocols whose messages are content of HTTP: IPP (RFC 8010) and DAAP. What is said there counts as content. */
const httpContentPorts: ReadonlySet<number> = new Set([631, 3689]);

/** Where Wireshark takes what it cannot read for TLS that began earlier. */
const tlsPorts: ReadonlySet<number> = new Set([
  324, 443, 465, 636, 802, 853, 993, 995, 1300, 2221, 2443, 3249, 3250, 3251, 3252, 3496, 5061, 5671, 5684,
  5868, 8883, 11207, 19999, 27017,
]);
/** Octets of TLS that are kept until the secrets are known, over all connections. */
export const mostTlsOctets = 1 << 26;

/** Whoever speaks without TLS on its port, such as a proxy, begins with letters. */
const isText = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes.subarray(0, 4).every((octet) => octet >= 0x20 && octet < 0x7f);

/** `first`: octets that do not tell yet what is spoken, with the pieces that brought them. */
type Half = {
  stream: Stream;
  started: boolean;
  first: Uint8Array;
  readonly waiting: Waiting[];
  words: FirstWords | undefined;
  /** Segments with data have been seen. */
  spoke: boolean;
};

/** A piece whose octets are in the store. `frame`: in which it could be read. Of `end` the number is that of its own frame. */
type KeptPiece = {
  readonly side: Side;
  readonly kind: Piece['kind'];
  readonly start: number;
  readonly end: number;
  readonly frame: number;
  /** Where the octets are; 0 where there are none. */
  readonly at: number;
  /** When it could be read. */
  readonly atUs: number;
};

type Waiting = {readonly piece: Piece; readonly frame: number};

const none = new Uint8Array(0);

/** The first octet of data stands behind SYN. */
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
  /** The frame that completes it, and its time. */
  readonly frame: number;
  readonly atUs: number;
};

/** A piece with the frame from which on it can be read. */
type Readable = {readonly side: Side; readonly piece: Piece; readonly frame: number};

/** What stands behind a gap that nothing has filled could be read as it came. */
const readable = (side: Side, pieces: readonly Piece[], frame: number): readonly Readable[] => {
  let behind: number | undefined;
  return pieces.map((piece, index) => {
    // A gap is known by what stands behind it.
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
  /** Of DNS: of the frames of which something waits for what comes before it. */
  #times: Map<number, number> | undefined;
  #atUs = 0;
  #spoken: Spoken | undefined;
  /** Not from its beginning, or it began as something else: any segment may begin something that is known. */
  #searching = false;
  readonly #tlsPort: boolean;
  readonly #httpContentPort: boolean;
  #unclearTls = false;
  #data = false;

  /** `isns`: of those ends whose SYN was captured, so that their streams have a beginning. */
  constructor(
    store: OctetStore,
    ports: readonly number[],
    isns: readonly [Seq | undefined, Seq | undefined],
  ) {
    this.#store = store;
    this.#halves = [newHalf(isns[0]), newHalf(isns[1])];
    this.#tlsPort = ports.some((port) => tlsPorts.has(port));
    this.#httpContentPort = ports.some((port) => httpContentPorts.has(port));
    if (ports.includes(dnsPort)) this.#spoken = 'dns';
  }

  /** Something was said where only HTTP is, whether or not it could be read. */
  get expectsHttp(): boolean {
    return this.#httpContentPort && this.#data;
  }

  /** On TLS's port, and neither TLS from its beginning nor text: what readers call continuation data. */
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

  /** Responses were seen, whether or not their requests were. */
  get httpAnswered(): boolean {
    return this.#http?.answered ?? false;
  }

  /** What this end said first; undefined: nothing, or nothing that is known. */
  firstWords(side: Side): FirstWords | undefined {
    return this.#halves[side].words;
  }

  get spoken(): Spoken | undefined {
    return this.#spoken;
  }

  /** The DNS messages that the segment completes. */
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
      // What went before was passed over.
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

  /** Nothing comes any more. */
  finish(frame: number): readonly DnsHeard[] {
    if (this.#spoken === undefined) return [];
    const left = ([0, 1] as const).flatMap((side) =>
      readable(
        side,
        // Without FIN the stream has no end, only what was captured of it.
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
      this.#http ??= this.#spoken === 'http2' ? this.#speakHttp2(side) : new HttpConversation(undefined);
      this.#http.take(side, piece, frame);
    } else if (this.#spoken === 'dns') {
      this.#dns ??= [new DnsStream(), new DnsStream()];
      const atUs = this.#times?.get(frame) ?? 0;
      return this.#dns[side].take(piece).map((bytes) => ({side, bytes, frame, atUs}));
    }
    return noDns;
  }

  #speakHttp2(client: Side): HttpConversation {
    this.#http = new HttpConversation({start: 'prior-knowledge', client});
    return this.#http;
  }

  /** What is spoken may show only behind several small segments. */
  #begin(side: Side, piece: Piece, frame: number): readonly DnsHeard[] {
    const half = this.#halves[side];
    if (piece.kind !== 'bytes') {
      // What stands behind a gap is no beginning.
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

  /** By frame, when what is told in it could be read; only of TLS. */
  get times(): ReadonlyMap<number, number> {
    return new Map(this.#kept.map(({frame, atUs}) => [frame, atUs]));
  }

  /** In the order in which they could be read; only of TLS. */
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
