// Pairs the HTTP/1 requests and responses of one connection while its octets come (RFC 9112 §9.3). Only heads and lengths are kept and
// never content, so a download of any size takes no memory.
import {combinedValue, type Field, fieldValues, sameFieldName} from '../wire/http/field-lines.ts';
import type {Head} from '../wire/http/framing.ts';
import {type HttpError, httpError} from '../wire/http/http-error.ts';
import {linkTargets} from '../wire/http/link.ts';
import {expectResponse, finish, type HttpParser} from '../wire/http/parser.ts';
import type {HttpPart} from '../wire/http/part.ts';
import type {RequestLine, StartLine, StatusLine} from '../wire/http/start-line.ts';
import type {Side} from './connections.ts';
import {beginsHttp} from './first-octets.ts';
import {type HttpFault, HttpFaults, type SeenFault} from './http-faults.ts';
import {
  beginsResponse,
  bridges,
  feedHttp,
  headSoFar,
  isInterim,
  watchedRequests,
  watchedResponses,
} from './http-feed.ts';
import {isEventStream, type KeptHead, keptFields} from './http-kept-head.ts';
import {answeredIndex, type Pair, pairsOf} from './http-pairing.ts';
import type {Piece} from './reassembly.ts';
import {withOneMore} from './short-list.ts';

/** `begins` is the frame that begins the message, `frame` the one that completes it. `contentBytes` counts so far. */
type Message<Line extends StartLine> = {
  head: KeptHead<Line>;
  begins: number;
  frame: number | undefined;
  contentBytes: number;
};

export type HttpRequest = Readonly<Message<RequestLine>>;
export type HttpResponse = Readonly<Message<StatusLine>>;

export type HttpTransaction = {
  readonly request: HttpRequest;
  /** The status codes of the 1xx responses before the final response to the request. */
  readonly interim: readonly number[];
  /** The link targets in the 1xx responses to the request, which tell the client what to load early (RFC 8297). */
  readonly hinted: readonly string[];
  readonly response: HttpResponse | undefined;
  /** The packet of a response whose head could not be parsed; undefined if the request has no such response. */
  readonly unreadable: number | undefined;
};

/** Requests that one parser takes for one message and another parser for two (RFC 9112 §11.2), and the statuses of all answers. */
export type AmbiguousRequests = {
  readonly contentLengths: readonly number[];
  readonly transferEncoding: string | undefined;
  readonly statuses: readonly number[];
};

const lengthsIn = (fields: readonly Field[]): readonly number[] =>
  fieldValues(fields, 'Content-Length').flatMap((value) => value.split(',').map(Number));

const isAmbiguous = ({head: {fields}}: {readonly head: {readonly fields: readonly Field[]}}): boolean => {
  if (!fields.some(({name}) => sameFieldName(name, 'Content-Length'))) return false;
  const lengths = new Set(lengthsIn(fields));
  return lengths.size > 1 || (lengths.size > 0 && fieldValues(fields, 'Transfer-Encoding').length > 0);
};

type Answer = {
  interim: readonly number[];
  hinted: readonly string[];
  begins: number;
  behindGap: boolean;
  final: Message<StatusLine> | undefined;
};

type Pairs = readonly Pair<Message<RequestLine>, Answer>[];

class Half {
  parser: HttpParser | undefined;
  stopped = false;
  /** True while parsing waits, after missing or unparsable octets, for a piece that begins an HTTP message. */
  lost = false;
  message: Message<RequestLine> | Message<StatusLine> | undefined;
  /** True once octets were missing or could not be parsed: what follows may have been parsed from the middle of a message. */
  torn = false;
  /** True if the octets after the last HTTP message begin like a response and its head is not complete. */
  answers = false;
  /** The faults of an HTTP head that is not complete yet. */
  readonly early = new HttpFaults();
  /** The stream offset at which the content of the current HTTP message begins. */
  contentAt = 0;
}

/** The highest number of HTTP transactions that are kept of one connection; each takes some kilobytes. */
const mostTransactions = 20_000;

/** The highest number of link targets from 1xx responses that are kept of one HTTP response. */
export const mostHinted = 16;

/** The number of zeros that are parsed at once in place of HTTP content that was not captured. */
const stretch = 1 << 16;
const nothing = new Uint8Array(stretch);

/** Tells whether an HTTP request ends before the length that its Content-Length states, as a chunked one can. */
const endsBeforeItsLength = ({message, contentAt}: Half, end: number): boolean => {
  if (message?.head.start.kind !== 'request') return false;
  const [length] = fieldValues(message.head.fields, 'Content-Length');
  return length !== undefined && contentAt + Number(length) > end;
};

/** Tells whether a response's content was longer than its Content-Length: the octets at `at`, right after it, begin no message. */
const exceedsItsLength = ({message, contentAt}: Half, at: number): boolean => {
  if (message?.head.start.kind !== 'response') return false;
  const [length] = fieldValues(message.head.fields, 'Content-Length');
  return (
    message.contentBytes > 0 &&
    message.contentBytes === Number(length) &&
    contentAt + message.contentBytes === at
  );
};

const none: readonly never[] = [];

export class HttpTransactions {
  #requests: Message<RequestLine>[] = [];
  #answers: Answer[] = [];
  readonly #halves: readonly [Half, Half] = [new Half(), new Half()];
  /** The HTTP requests paired with their responses; undefined after another message has begun, until somebody asks. */
  #paired: Pairs | undefined;
  /** The list that `all` returned last; undefined once another piece of the connection's data has been read. */
  #all: readonly HttpTransaction[] | undefined;
  /** True once a response has announced a stream of events. */
  #sawEvents = false;
  /** True after a gap in either direction, until the next HTTP response begins. */
  #behindGap = false;
  readonly #faults = new HttpFaults();
  /** The protocol that both ends have switched to (RFC 9110 §7.8), and how many of its octets came with the 101 response. */
  switched: {readonly to: string; readonly behind: number} | undefined;
  /** The packet with the first HTTP response whose head could not be parsed; undefined if there was none. */
  #unreadable: number | undefined;
  /** The packet in which an HTTP request with chunked content ended before its Content-Length; undefined if there was none. */
  #endedEarly: number | undefined;

  get #pairs(): Pairs {
    this.#paired ??= pairsOf(this.#requests, this.#answers);
    return this.#paired;
  }

  /** The HTTP requests of the connection, each with its response. */
  get all(): readonly HttpTransaction[] {
    this.#all ??= this.#transactions();
    return this.#all;
  }

  /** True if the response to one of the HTTP requests is a stream of events. */
  get streamsEvents(): boolean {
    return this.#sawEvents && this.all.some(({response}) => response && isEventStream(response.head));
  }

  #transactions(): readonly HttpTransaction[] {
    let answer = this.#unreadable;
    return this.#pairs.flatMap(({request, response}) => {
      const {interim = none, hinted = none, final} = response ?? {};
      if (!request) return none;
      const unreadable = final || (answer ?? 0) < request.begins ? undefined : answer;
      if (unreadable !== undefined) answer = undefined;
      return {request, interim, hinted, response: final, unreadable};
    });
  }

  /** The HTTP responses whose request was not parsed: it was not captured, or cannot be told from content (RFC 9112 §11.2). */
  get unrequested(): readonly HttpResponse[] {
    return this.#pairs.flatMap(({request, response}) =>
      request === undefined && response?.final ? response.final : none,
    );
  }

  /** The faults in the connection's HTTP messages that a strict parser would refuse. */
  get faults(): readonly HttpFault[] {
    // If only one end speaks HTTP, octets that form no HTTP head may be another protocol, and are no fault.
    if (this.#requests.length > 0 && this.#answers.length > 0)
      for (const {early} of this.#halves) this.#faults.takeOver(early);
    const first = this.#unasked;
    return first === undefined ? this.#faults.all : [...this.#faults.all, first];
  }

  /** The fault of a response that no request asked for. A server may send status 408 unasked (RFC 9110 §15.5.9), so that is none. */
  get #unasked(): HttpFault | undefined {
    if (this.#requests.length === 0 || this.#halves.some(({torn}) => torn)) return undefined;
    const pairs = this.#pairs;
    if (pairs.some(({response}) => !response)) return undefined;
    const unasked = pairs.flatMap(({request, response}) =>
      request === undefined && response?.final && response.final.head.start.status !== 408 ? response : [],
    );
    const [first] = unasked;
    const {code, clause} = httpError('response-unasked');
    return first && {code, clause, in: 'response', frame: first.begins, count: unasked.length};
  }

  /** The HTTP requests that state their length in two ways; undefined if there are none. */
  get ambiguous(): AmbiguousRequests | undefined {
    const found = this.#requests.filter(isAmbiguous).map(({head}) => head.fields);
    if (found.length === 0) return undefined;
    return {
      contentLengths: found.flatMap(lengthsIn),
      transferEncoding: combinedValue(found[0] ?? [], 'Transfer-Encoding'),
      statuses: this.#answers.flatMap(({final}) => final?.head.start.status ?? []),
    };
  }

  /** True once HTTP responses were seen on the connection, whether or not their requests were. */
  get answered(): boolean {
    return this.#answers.length > 0;
  }

  /** `frame` is the frame that is being read; the piece may have waited for it. */
  take(side: Side, piece: Piece, frame: number): void {
    const half = this.#halves[side];
    if (half.stopped) return;
    this.#all = undefined;
    if (piece.kind === 'bytes') {
      if (half.lost && !beginsHttp(piece.bytes)) return;
      if (half.lost) this.#readAfresh(half, frame);
      this.#feed(side, piece.bytes, frame);
    } else if (piece.kind === 'end') {
      if (half.parser) this.#parts(side, finish(half.parser).parts, frame);
      if (half.parser?.pending.length && exceedsItsLength(half, half.parser.offset))
        this.#fault(half, httpError('content-length-wrong'), frame);
      half.stopped = true;
      // The parser is released because nothing more is read: with thousands of connections, parsers would take more memory than messages.
      half.parser = undefined;
      half.message = undefined;
    } else this.#hole(side, piece.end - piece.start, frame);
  }

  #hole(side: Side, size: number, frame: number): void {
    const half = this.#halves[side];
    if (!bridges(half.parser, size)) {
      this.#lose(side, frame);
      return;
    }
    for (let left = size; left > 0 && !half.stopped; left -= stretch)
      this.#feed(side, nothing.subarray(0, Math.min(left, stretch)), frame);
  }

  /** Stops reading at a gap. An incomplete head is recorded; the length of its content stays unknown. */
  #lose(side: Side, frame: number): void {
    const half = this.#halves[side];
    const head = headSoFar(half.parser);
    if (head) {
      half.message = this.#begin(side, head, frame);
      if (half.message) half.message.frame = frame;
    }
    half.message = undefined;
    half.lost = true;
    half.torn = true;
    this.#behindGap = true;
  }

  /** Begins to parse HTTP again after a gap; the frame tells which requests the next responses answer. */
  #readAfresh(half: Half, frame: number): void {
    half.lost = false;
    if (half.parser === undefined) return;
    half.parser =
      half.parser.reads === 'requests'
        ? watchedRequests()
        : watchedResponses(this.#waiting(frame).map(({head}) => head.start.method));
  }

  /** Returns the requests without an answer, from the one on that a response which begins in `frame` after a gap would answer. */
  #waiting(frame: number): readonly Message<RequestLine>[] {
    const pairs = this.#pairs;
    const from = pairs.findLastIndex(({response}) => response) + 1;
    const open = pairs.slice(from).flatMap(({request}) => request ?? []);
    return open.slice(answeredIndex(open, 0, {begins: frame, behindGap: true}));
  }

  #feed(side: Side, bytes: Uint8Array, frame: number): void {
    const half = this.#halves[side];
    const end = (half.parser ? half.parser.offset + half.parser.pending.length : 0) + bytes.length;
    if ((half.parser?.phase.at ?? 'start') === 'start' && !half.parser?.pending.length)
      half.answers = beginsResponse(bytes);
    const {parser, parts, error} = feedHttp(half.parser, bytes);
    half.parser = parser;
    const lineAt = error?.code === 'status-line' ? error.at : Number.POSITIVE_INFINITY;
    // Faults inside a status line that cannot be parsed are left out, because the unparsable line is reported itself.
    this.#parts(
      side,
      error ? parts.filter((each) => each.kind !== 'fault' || each.span.start < lineAt) : parts,
      frame,
    );
    for (const part of parts) {
      if (part.kind !== 'head' || part.head.start.kind !== 'response' || part.head.start.status !== 101)
        continue;
      this.switched = {to: combinedValue(part.head.fields, 'Upgrade') ?? '', behind: end - part.span.end};
    }
    if (half.stopped || !error) return;
    if (error.code === 'status-line' && exceedsItsLength(half, error.at))
      this.#fault(half, httpError('content-length-wrong'), frame);
    else {
      if (this.#isUnreadable(half)) this.#unreadable ??= frame;
      this.#fault(half, error, frame);
    }
    // Octets that cannot be parsed stop the parsing, as a gap does, until a message begins.
    this.#lose(side, frame);
  }

  /** Tells whether the head that could not be parsed is a response to a request. */
  #isUnreadable({answers, torn}: Half): boolean {
    return !torn && answers && this.#requests.length > 0;
  }

  #fault(half: Half, {code, clause}: HttpError, frame: number): void {
    if (half.torn) return;
    const seen: SeenFault = {
      ...{code, clause, frame},
      in: half.parser?.reads === 'responses' ? 'response' : 'request',
    };
    const inside =
      half.message && (half.message.frame === undefined || /^(content-)?(length|coding)-/.test(code));
    (inside || this.#unreadable === frame ? this.#faults : half.early).take(seen);
  }

  #parts(side: Side, parts: readonly HttpPart[], frame: number): void {
    const half = this.#halves[side];
    for (const part of parts) {
      if (part.kind === 'fault') this.#fault(half, part.error, frame);
      if (part.kind === 'head') {
        this.#faults.takeOver(half.early);
        half.answers = false;
        half.message = this.#begin(side, part.head, frame);
        half.contentAt = part.span.end;
      } else if (part.kind === 'content' && half.message)
        half.message.contentBytes += part.span.end - part.span.start;
      else if (part.kind === 'end' && half.message) {
        half.message.frame = frame;
        if (endsBeforeItsLength(half, part.span.end)) this.#endedEarly = frame;
      }
    }
  }

  #begin(side: Side, {start, fields}: Head, frame: number): Half['message'] {
    if (Math.max(this.#requests.length, this.#answers.length) >= mostTransactions) return undefined;
    this.#paired = undefined;
    if (start.kind === 'request') {
      const {kind, method, target, version} = start;
      const head = {start: {kind, method, target, version}, fields: keptFields(fields)};
      const request = {head, begins: frame, frame: undefined, contentBytes: 0};
      this.#requests = withOneMore(this.#requests, request);
      if (this.#endedEarly === frame) this.#faults.follow(`${method} ${target}`);
      const back = this.#halves[side === 0 ? 1 : 0];
      back.parser = expectResponse(back.parser ?? watchedResponses(), method);
      return request;
    }
    const last = this.#answers.at(-1);
    // After a gap, a response does not continue the previous interim one, whose final response may have been in the gap.
    const answer =
      last && !last.final && !this.#behindGap
        ? last
        : {interim: none, hinted: none, begins: frame, behindGap: this.#behindGap, final: undefined};
    if (answer !== last) this.#answers = withOneMore(this.#answers, answer);
    this.#behindGap = false;
    if (isInterim(start.status)) {
      answer.interim = [...answer.interim, start.status];
      answer.hinted = [...answer.hinted, ...linkTargets(fields)].slice(0, mostHinted);
      return undefined;
    }
    const {kind, version, status, reason} = start;
    const head = {start: {kind, version, status, reason}, fields: keptFields(fields)};
    this.#sawEvents ||= isEventStream(head);
    // Octets that the client sends after the 101 response are no longer HTTP (RFC 9110 §15.2.2).
    if (status === 101) this.#halves[side === 0 ? 1 : 0].stopped = true;
    const response = {head, begins: frame, frame: undefined, contentBytes: 0};
    answer.final = response;
    return response;
  }
}
