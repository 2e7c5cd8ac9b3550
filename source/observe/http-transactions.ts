// HTTP requests and what answers them, on one connection, while its bytes come (RFC 9112 §9.3): heads and lengths only, never
// content, so that a download of any size costs nothing.
import {combinedValue, type Field, fieldValues} from '../wire/http/field-lines.ts';
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
import {answeredIndex, type Pair, pairsOf} from './http-pairing.ts';
import type {Piece} from './reassembly.ts';
import {withOneMore} from './short-list.ts';

/** Without the places of its parts, and of its fields those that are told: there may be tens of thousands. */
export type KeptHead<Line extends StartLine> = {
  readonly start: Omit<Line, 'span' | 'spans'>;
  readonly fields: readonly Field[];
};

const toldFields: ReadonlySet<string> = new Set([
  'host',
  'cookie',
  'set-cookie',
  'content-length',
  'transfer-encoding',
  'content-type',
  'location',
  'connection',
  'upgrade',
  'expect',
  'content-encoding',
  'content-range',
  'etag',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-request-method',
  'range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-range',
  'origin',
  'last-event-id',
  'http2-settings',
]);

/** `map` makes an array of just that length; one that is pushed to keeps a dozen free places. */
const keptFields = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({name}) => toldFields.has(name.toLowerCase())).map(({name, value}) => ({name, value}));

/** `begins`, `frame`: in which it begins, and is whole; undefined while it is not. `contentBytes`: so far. */
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
  /** Statuses of the 1xx responses before the final one. */
  readonly interim: readonly number[];
  /** What these said that the client will want (RFC 8297). */
  readonly hinted: readonly string[];
  readonly response: HttpResponse | undefined;
  /** The packet with an answer whose head nobody can read; undefined: there is none, or it could be read. */
  readonly unreadable: number | undefined;
};

/** What a client sent that one reader takes for one message and the next for another (RFC 9112 §11.2), and all that was answered. */
export type AmbiguousRequests = {
  readonly contentLengths: readonly number[];
  readonly transferEncoding: string | undefined;
  readonly statuses: readonly number[];
};

const lengthsIn = (fields: readonly Field[]): readonly number[] =>
  fieldValues(fields, 'Content-Length').flatMap((value) => value.split(',').map(Number));

const isAmbiguous = ({head: {fields}}: {readonly head: {readonly fields: readonly Field[]}}): boolean => {
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
  /** Something is missing: a piece that begins a message is waited for. */
  lost = false;
  message: Message<RequestLine> | Message<StatusLine> | undefined;
  /** Octets were missing: what stands behind may be read from the middle. */
  torn = false;
  /** Where a head was to come, the octets began as that of a response does; its end has not come. */
  answers = false;
  /** Faults of a head that has not been read to its end. */
  readonly early = new HttpFaults();
  /** Where the content of the message at hand begins in the stream. */
  contentAt = 0;
}

/** More than this on one connection is cut; each costs some kilobytes. */
const mostTransactions = 20_000;

/** Targets that are kept of one answer. */
export const mostHinted = 16;

/** What is fed for octets that are missing is nobody's. */
const stretch = 1 << 16;
const nothing = new Uint8Array(stretch);

/** A request in chunks, of which Content-Length says that it goes on. */
const endsBeforeItsLength = ({message, contentAt}: Half, end: number): boolean => {
  if (message?.head.start.kind !== 'request') return false;
  const [length] = fieldValues(message.head.fields, 'Content-Length');
  return length !== undefined && contentAt + Number(length) > end;
};

/** The content of a response was longer than its Content-Length: what stands at `at`, right behind it, begins no other message. */
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
  /** Until another message begins. */
  #paired: Pairs | undefined;
  /** Responses that follow a gap, of either direction, are told from the others. */
  #behindGap = false;
  readonly #faults = new HttpFaults();
  /** The protocol that both have switched to (RFC 9110 §7.8), and how many octets of it came with the answer that says so. */
  switched: {readonly to: string; readonly behind: number} | undefined;
  /** The packet with the first answer whose head could not be read. */
  #unreadable: number | undefined;
  /** Of a request in chunks that had a Content-Length too: the packet in which it ended, and before what that says. */
  #endedEarly: number | undefined;

  get #pairs(): Pairs {
    this.#paired ??= pairsOf(this.#requests, this.#answers);
    return this.#paired;
  }

  /** Every request, with what answers it. */
  get all(): readonly HttpTransaction[] {
    let answer = this.#unreadable;
    return this.#pairs.flatMap(({request, response}) => {
      const {interim = none, hinted = none, final} = response ?? {};
      if (!request) return none;
      const unreadable = final || (answer ?? 0) < request.begins ? undefined : answer;
      if (unreadable !== undefined) answer = undefined;
      return {request, interim, hinted, response: final, unreadable};
    });
  }

  /** Responses of which no request was read: it was not captured, or cannot be told from content (RFC 9112 §11.2). */
  get unrequested(): readonly HttpResponse[] {
    return this.#pairs.flatMap(({request, response}) =>
      request === undefined && response?.final ? response.final : none,
    );
  }

  /** What a strict reader would refuse. */
  get faults(): readonly HttpFault[] {
    // Where only one end speaks HTTP, what is no head may be anything.
    if (this.#requests.length > 0 && this.#answers.length > 0)
      for (const {early} of this.#halves) this.#faults.takeOver(early);
    const first = this.#unasked;
    return first === undefined ? this.#faults.all : [...this.#faults.all, first];
  }

  /** A response to nothing that was asked; of one that was waited for too long the server says so unasked (RFC 9110 §15.5.9). */
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

  /** undefined: no request says two things about its length. */
  get ambiguous(): AmbiguousRequests | undefined {
    const found = this.#requests.filter(isAmbiguous).map(({head}) => head.fields);
    if (found.length === 0) return undefined;
    return {
      contentLengths: found.flatMap(lengthsIn),
      transferEncoding: combinedValue(found[0] ?? [], 'Transfer-Encoding'),
      statuses: this.#answers.flatMap(({final}) => final?.head.start.status ?? []),
    };
  }

  /** Responses were seen, whether or not their requests were. */
  get answered(): boolean {
    return this.#answers.length > 0;
  }

  /** `frame`: the one that is being read; a piece may have waited for it. */
  take(side: Side, piece: Piece, frame: number): void {
    const half = this.#halves[side];
    if (half.stopped) return;
    if (piece.kind === 'bytes') {
      if (half.lost && !beginsHttp(piece.bytes)) return;
      if (half.lost) this.#readAfresh(half, frame);
      this.#feed(side, piece.bytes, frame);
    } else if (piece.kind === 'end') {
      if (half.parser) this.#parts(side, finish(half.parser).parts, frame);
      if (half.parser?.pending.length && exceedsItsLength(half, half.parser.offset))
        this.#fault(half, httpError('content-length-wrong'), frame);
      half.stopped = true;
      // Nothing is read any more: of thousands of connections the parsers weigh more than what they have read.
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

  /** What was captured of a head is told; how long its content is nobody knows. */
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

  /** Another message begins, and which request it answers is told by their frames. */
  #readAfresh(half: Half, frame: number): void {
    half.lost = false;
    if (half.parser === undefined) return;
    half.parser =
      half.parser.reads === 'requests'
        ? watchedRequests()
        : watchedResponses(this.#waiting(frame).map(({head}) => head.start.method));
  }

  /** Requests without an answer, from the one on that a response answers if it begins in `frame`, behind a gap. */
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
    // What is wrong with a first line that cannot be read is told with it.
    this.#parts(
      side,
      parts.filter((each) => each.kind !== 'fault' || each.span.start < lineAt),
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
    // What cannot be read ends a message as a gap does.
    this.#lose(side, frame);
  }

  /** The head that could not be read is that of a response, and somebody had asked for one. */
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
    // Behind a gap the interim response before it may have had its final one.
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
    // What the client says behind it is no HTTP any more (RFC 9110 §15.2.2).
    if (status === 101) this.#halves[side === 0 ? 1 : 0].stopped = true;
    const response = {head, begins: frame, frame: undefined, contentBytes: 0};
    answer.final = response;
    return response;
  }
}
