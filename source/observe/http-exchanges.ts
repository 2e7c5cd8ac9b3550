// Reads the HTTP messages of a connection as far as they have arrived at an instant, and puts requests beside the responses that answer
// them (RFC 9112 §9.3). Octets that were sent and have not arrived are read, too; `arrived` tells where they begin.

import type {Trace} from '../sim/trace.ts';
import {bisect} from '../wire/growing-list.ts';
import type {Framing} from '../wire/http/framing.ts';
import {type HttpMessage, messagesOf} from '../wire/http/message.ts';
import {expectResponse, finish, type HttpParser} from '../wire/http/parser.ts';
import type {HttpPart} from '../wire/http/part.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Connection, Connections, Side, Told} from './connections.ts';
import {beginsHttp} from './first-octets.ts';
import {bridges, feedHttp, headSoFar, isInterim, watchedRequests, watchedResponses} from './http-feed.ts';
import {pairsOf} from './http-pairing.ts';
import {programStreamsIn} from './program-streams.ts';
import {framesOf, type Piece} from './reassembly.ts';
import {type Direction, endOf, within} from './stream-bytes.ts';

/**
 * How the end of an HTTP message is found. `stream` means that the content ends with its stream, as in HTTP/2 and HTTP/3 (RFC 9113 §8.1).
 */
type SeenFraming = Framing | {readonly by: 'stream'; readonly length: number | undefined};

export type SeenMessage = Omit<HttpMessage, 'framing'> & {
  readonly framing: SeenFraming;
  readonly side: Side;
  /** False while the message's header section is incomplete; then the length of the content is not known yet. */
  readonly headWhole: boolean;
};

export type Exchange = {
  /** The connection of the exchange. While a capture is still being written, it is replaced by the newest reading of that connection. */
  connection: Connection;
  /** The number of the HTTP exchange on its connection, counted from 1. */
  readonly number: number;
  /** The stream number of the exchange in HTTP/2 and HTTP/3; undefined in HTTP/1. */
  readonly stream?: number;
  readonly request: SeenMessage | undefined;
  /** The 1xx responses, which precede the final one (RFC 9110 §15.2). */
  readonly interim: readonly SeenMessage[];
  readonly response: SeenMessage | undefined;
};

export type Reading = {
  /** The HTTP exchanges (requests with their responses). They are paired only when somebody asks, because most readings are never asked. */
  readonly exchanges: readonly Exchange[];
  readonly directions: readonly [Direction, Direction];
};

/** The HTTP/1 messages of both directions, each in the order of its octets. */
type Messages = readonly [readonly SeenMessage[], readonly SeenMessage[]];

/** Holds what was read of an HTTP/1 connection up to an instant; in HTTP/1 the messages of a direction follow each other. */
type MessageReading = Reading & {readonly messages: Messages};

class Half {
  readonly side: Side;
  parser: HttpParser | undefined;
  stopped = false;
  /** True after missing octets or octets that are not HTTP, until a piece begins with a request or response line. */
  lost = false;
  /** The stream offsets at which parsing began again after missing octets or octets that are not HTTP. */
  readonly resumed: number[] = [];
  /** The incomplete message heads whose ends were not captured. */
  readonly cut: HttpMessage[] = [];
  /** The messages of the direction that are over, because another message has begun after them. */
  readonly over: SeenMessage[] = [];
  /** The parsed parts (head, content, end …) of the newest message, which follows those in `over`. */
  parts: HttpPart[] = [];
  readonly pieces: Piece[] = [];
  arrived = 0;
  ended = false;

  constructor(side: Side) {
    this.side = side;
  }
}

const bytesFor = (half: Half, piece: Exclude<Piece, {kind: 'end'}>): Uint8Array | undefined => {
  if (piece.kind === 'bytes') return piece.bytes;
  const size = piece.end - piece.start;
  return bridges(half.parser, size) ? new Uint8Array(size) : undefined;
};

/** Stops parsing a direction at a gap until a piece begins a message; an incomplete head is kept in `cut`. */
const lose = (half: Half): void => {
  const head = unfinished(half);
  if (head) half.cut.push(head);
  half.stopped = true;
  half.lost = true;
};

/**
 * Begins to parse a direction again after a gap. It is no longer known which requests are open, so every response is read as an answer to
 * GET.
 */
const readAfresh = (half: Half, offset: number): void => {
  const {parser} = half;
  half.lost = false;
  half.stopped = false;
  half.resumed.push(offset);
  if (parser)
    half.parser = parser.reads === 'requests' ? watchedRequests(offset) : watchedResponses([], offset);
};

const atHandIn = ({parts, side}: Half): readonly SeenMessage[] =>
  messagesOf(parts).messages.map((message) => ({...message, side, headWhole: true}));

const takePart = (half: Half, part: HttpPart): void => {
  if (part.kind === 'head') {
    half.over.push(...atHandIn(half));
    half.parts = [];
  }
  half.parts.push(part);
};

/**
 * Parses a piece of one direction. For each request in it, the parser of the other direction learns the method that the response will
 * answer.
 */
const readPiece = (half: Half, back: Half, piece: Piece): void => {
  half.pieces.push(piece);
  if (half.lost && piece.kind === 'bytes' && beginsHttp(piece.bytes)) readAfresh(half, piece.start);
  if (half.stopped) return;
  if (piece.kind === 'end') {
    half.ended = true;
    for (const part of half.parser ? finish(half.parser).parts : []) takePart(half, part);
    return;
  }
  const bytes = bytesFor(half, piece);
  if (bytes === undefined) {
    lose(half);
    return;
  }
  const {parser, parts, error} = feedHttp(half.parser, bytes, piece.start);
  half.parser = parser;
  for (const part of parts) {
    takePart(half, part);
    if (part.kind !== 'head' || part.head.start.kind !== 'request') continue;
    back.parser = expectResponse(back.parser ?? watchedResponses(), part.head.start.method);
  }
  if (error) lose(half);
};

const readTold = (halves: readonly [Half, Half], {side, piece}: Told): void => {
  readPiece(halves[side], halves[side === 0 ? 1 : 0], piece);
  halves[side].arrived = endOf(piece);
};

/** Returns the message whose head is being received, with the fields so far; undefined if no head is incomplete. */
const unfinished = ({parser, stopped}: Half): HttpMessage | undefined => {
  const head = stopped ? undefined : headSoFar(parser);
  if (!parser || !head) return undefined;
  const span = {start: parser.start, end: parser.offset + parser.pending.length};
  return {
    ...{head, framing: {by: 'none', rule: 7}, headSpan: span, span},
    ...{content: [], chunks: [], trailers: [], whole: false},
  };
};

const seenIn = (half: Half): readonly SeenMessage[] => {
  const {side, over, cut} = half;
  const last = unfinished(half);
  const heads = [...cut, ...(last ? [last] : [])].map((head) => ({...head, side, headWhole: false}));
  const messages = [...over, ...atHandIn(half), ...heads];
  return cut.length === 0 ? messages : messages.sort((a, b) => a.span.start - b.span.start);
};

type Answer = {
  readonly begins: number;
  readonly behindGap: boolean;
  readonly interim: SeenMessage[];
  response?: SeenMessage;
};

/** Returns the packet that contains an HTTP message's first octet; 0 if it is not known. */
const beginsIn = ({pieces}: Half, {span: {start}}: Pick<HttpMessage, 'span'>): number =>
  framesOf(within(pieces, {start, end: start + 1}), {start, end: start + 1})[0] ?? 0;

const paired = (
  connection: Connection,
  halves: readonly [Half, Half],
  [first, second]: Messages,
): readonly Exchange[] => {
  const messages = [...first, ...second];
  const requests = messages.flatMap((message) =>
    message.head.start.kind === 'request' ? [{message, begins: beginsIn(halves[message.side], message)}] : [],
  );
  const answers: Answer[] = [];
  let gaps = 0;
  for (const message of messages) {
    const {start} = message.head;
    if (start.kind === 'request') continue;
    const half = halves[message.side];
    const last = answers.at(-1);
    const before = half.resumed.filter((offset) => offset <= message.span.start).length;
    const behindGap = before > gaps;
    const open = last && last.response === undefined && !behindGap ? last : undefined;
    const answer = open ?? {begins: beginsIn(half, message), behindGap, interim: []};
    gaps = before;
    if (!open) answers.push(answer);
    if (isInterim(start.status)) answer.interim.push(message);
    else answer.response = message;
  }
  return pairsOf(requests, answers).map(({request, response: answer}, index) => ({
    connection,
    number: index + 1,
    request: request?.message,
    interim: answer?.interim ?? [],
    response: answer?.response,
  }));
};

const copyOf = (half: Half): Half => ({
  ...half,
  resumed: [...half.resumed],
  cut: [...half.cut],
  over: [...half.over],
  parts: [...half.parts],
  pieces: [...half.pieces],
});

/**
 * Returns the part of a sent piece from the offset `arrived` on, which has not arrived; undefined if all has arrived or the piece contains
 * no octets.
 */
const beyond = (piece: Piece, arrived: number): Piece | undefined => {
  if (piece.kind !== 'bytes' || endOf(piece) <= arrived) return undefined;
  const start = Math.max(piece.start, arrived);
  return {...piece, start, bytes: piece.bytes.subarray(start - piece.start)};
};

const countUntil = (told: readonly Told[], event: number): number =>
  bisect(told.length, (index) => (told[index]?.event ?? 0) > event);

/**
 * While a capture is being written, this many of a connection's last pieces may still change at the next reading, so they are parsed on a
 * copy of the state.
 */
const mayChange = 256;

class Reader {
  #connection: Connection;
  #halves: readonly [Half, Half] = [new Half(0), new Half(1)];
  /** The number of pieces that were parsed for good; `#latest` is the last of them. */
  #settled = 0;
  #latest: Told | undefined;
  /** The offset up to which each side has sent; it may be too high after an earlier instant was read. */
  #sentEnds: [number, number] = [0, 0];
  #arrived = 0;
  #sent = 0;
  #last: MessageReading | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  reads(connection: Connection): boolean {
    return this.#connection === connection;
  }

  /** Continues with a newer reading of the same connection. Returns false if a piece that was parsed for good is no longer in it. */
  goOnWith(connection: Connection): boolean {
    if (this.#settled > 0 && connection.arrived[this.#settled - 1] !== this.#latest) return false;
    this.#connection = connection;
    this.#last = undefined;
    this.#sent = Math.max(0, Math.min(this.#sent, connection.sent.length) - mayChange);
    return true;
  }

  at(event: number): MessageReading {
    const {arrived, sent} = this.#connection;
    const [arrivedCount, sentCount] = [countUntil(arrived, event), countUntil(sent, event)];
    if (arrivedCount < this.#settled) this.#begin();
    if (this.#last && arrivedCount === this.#arrived && sentCount === this.#sent) return this.#last;
    for (const {side, piece} of sent.slice(Math.min(this.#sent, sentCount), sentCount))
      this.#sentEnds[side] = Math.max(this.#sentEnds[side], endOf(piece));
    const settled = Math.max(this.#settled, arrivedCount - mayChange);
    for (const told of arrived.slice(this.#settled, settled)) readTold(this.#halves, told);
    this.#latest = arrived[settled - 1];
    this.#settled = settled;
    this.#arrived = arrivedCount;
    this.#sent = sentCount;
    this.#last = this.#reading();
    return this.#last;
  }

  #begin(): void {
    this.#halves = [new Half(0), new Half(1)];
    this.#settled = 0;
    this.#latest = undefined;
    this.#last = undefined;
  }

  #reading(): MessageReading {
    const halves: readonly [Half, Half] = [copyOf(this.#halves[0]), copyOf(this.#halves[1])];
    for (const told of this.#connection.arrived.slice(this.#settled, this.#arrived)) readTold(halves, told);
    for (const {side, piece} of this.#onTheWay(halves)) {
      const rest = beyond(piece, halves[side].arrived);
      if (rest) readPiece(halves[side], halves[side === 0 ? 1 : 0], rest);
    }
    const direction = ({pieces, arrived, ended, stopped}: Half): Direction => ({
      pieces,
      arrived,
      ended,
      stopped,
    });
    const messages: Messages = [seenIn(halves[0]), seenIn(halves[1])];
    const connection = this.#connection;
    let exchanges: readonly Exchange[] | undefined;
    return {
      messages,
      directions: [direction(halves[0]), direction(halves[1])],
      get exchanges() {
        exchanges ??= paired(connection, halves, messages);
        return exchanges;
      },
    };
  }

  /** Returns the newest sent pieces, back to those that have surely arrived; some of them have not arrived yet. */
  #onTheWay([first, second]: readonly [Half, Half]): readonly Told[] {
    const {sent} = this.#connection;
    const least = [first.arrived, second.arrived];
    let from = this.#sent;
    const open = least.map((arrived, side) => (this.#sentEnds[side] ?? 0) > arrived);
    while (from > 0 && (open[0] || open[1])) {
      const told = sent[from - 1];
      if (told && endOf(told.piece) <= (least[told.side] ?? 0)) open[told.side] = false;
      from -= 1;
    }
    return sent.slice(from, this.#sent);
  }
}

const readers = new WeakMap<Connection, Reader>();

/**
 * The HTTP readers by the first piece that arrived on their connection; that object stays the same when a growing capture is read again.
 */
const earlier = new WeakMap<Told, Reader>();

const readerOf = (connection: Connection): Reader => {
  const [first] = connection.arrived;
  const before = first && earlier.get(first);
  const reader = before?.goOnWith(connection) ? before : new Reader(connection);
  if (first) earlier.set(first, reader);
  return reader;
};

/** Returns the HTTP/1 messages of a connection as they are up to and including the event `event`. */
export const readingAt = (connection: Connection, event: number): MessageReading => {
  const known = readers.get(connection);
  const reader = known?.reads(connection) ? known : readerOf(connection);
  readers.set(connection, reader);
  return reader.at(event);
};

/** Tells whether at least one HTTP message was read in either direction of the connection. */
export const speaksHttp = (trace: Trace, connection: Connection): boolean =>
  readingAt(connection, trace.length).messages.some(({length}) => length > 0);

const speakingAmong = oncePer(({all}: Connections, trace: Trace): readonly Connection[] =>
  all.filter((connection) => speaksHttp(trace, connection)),
);

/** Returns the connections on which HTTP is spoken, also inside TLS if that can be decrypted. */
export const httpConnectionsIn = (trace: Trace): readonly Connection[] =>
  speakingAmong(programStreamsIn(trace), trace);

/** Returns the HTTP exchanges that have begun by the event `event`, connection by connection. */
export const exchangesAt = (trace: Trace, event: number): readonly Exchange[] =>
  httpConnectionsIn(trace).flatMap((connection) => readingAt(connection, event).exchanges);
