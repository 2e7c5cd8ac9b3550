// One stream of HTTP/2 as an observer sees it (RFC 9113 §5.1, §8.1): a request, its response, and how far each has come.
import {fromBase64url} from '../wire/base64url.ts';
import {linkTargets} from '../wire/http/link.ts';
import type {Representation} from '../wire/http2/hpack.ts';
import type {Http2ErrorCode} from '../wire/http2/http2-error.ts';
import type {TableEntry} from '../wire/http2/static-table.ts';
import {joinedOctets} from '../wire/octets.ts';
import type {Side} from './connections.ts';
import {type ContentHash, type NewHash, newContentHash} from './content-hash.ts';
import {mostHinted} from './http-transactions.ts';
import {fieldError, type Section} from './http2-fields.ts';

/** The head of an HTTP/2 or HTTP/3 message. Only the fields that are shown are kept, because there may be tens of thousands of heads. */
export type Http2Head = {
  readonly fields: readonly TableEntry[];
  /** The packet in which the message's header block ends. */
  readonly frame: number;
};

const toldFields: ReadonlySet<string> = new Set([
  ...[':method', ':scheme', ':authority', ':path', ':protocol', ':status'],
  ...['content-type', 'content-length', 'content-encoding', 'location'],
]);

const mostTrailers = 100;

/** The media type of contents that are kept, because they are short and other code parses them: DNS messages (RFC 8484 §6). */
const keptType = 'application/dns-message';
const mostKept = 65_535;
const mostPieces = 100;

/** A field of a header block. `as` is how HPACK encoded it; undefined in HTTP/3, whose QPACK decoder does not tell it. */
type BlockField = TableEntry & {readonly as?: Representation};

const none: readonly never[] = [];
const mostGuarded = 16;

/** One direction of an HTTP/2 or HTTP/3 stream: the request or the response. */
export class Http2Way {
  head: Http2Head | undefined;
  readonly interim: number[] = [];
  /** The link targets in interim responses, which tell the client what to load early (RFC 8297). */
  hinted: readonly string[] = none;
  trailers: readonly TableEntry[] | undefined;
  /** The names of fields that were sent as never indexed, so that no HPACK table may contain them (RFC 7541 §7.1.3). */
  guarded: readonly string[] = none;
  /** The number of octets in the encoded header blocks of this request or response. */
  headerBytes = 0;
  /** The number of octets of content, without padding. */
  contentBytes = 0;
  /** The packet with END_STREAM, which ended this direction of the stream; undefined until it came. */
  ended: number | undefined;
  /**
   * The octets that count for the stream's flow control, including padding; `granted` is how many WINDOW_UPDATE has added to the initial
   * window (RFC 9113 §6.9).
   */
  sent = 0;
  granted = 0;
  /** The pieces of the content, kept if it is a DNS message that is not too long. */
  #kept: Uint8Array[] | undefined;
  #hash: ContentHash | undefined;
  #digest: string | undefined;
  #torn = false;
  readonly #newHash: NewHash | undefined;

  /** `newHash` begins the SHA-256 of the content; `null` if nobody will ask for it, because it costs much time. */
  constructor(newHash: NewHash | null = newContentHash) {
    this.#newHash = newHash ?? undefined;
  }

  /** The SHA-256 of the content so far, in hexadecimal; undefined if there is none or not all of it was captured. */
  get contentHash(): string | undefined {
    return this.#digest ?? this.#hash?.hex();
  }

  /** The DNS message that is the content (RFC 8484 §4.1); undefined if it is something else or incomplete. */
  get dnsMessage(): Uint8Array | undefined {
    return this.ended === undefined || !this.#kept ? undefined : joinedOctets(this.#kept);
  }

  content(bytes: Uint8Array): void {
    this.contentBytes += bytes.length;
    if (this.#torn) return;
    if (this.contentBytes === bytes.length && this.value('content-type') === keptType) this.#kept = [];
    if (this.contentBytes > mostKept || this.#kept?.length === mostPieces) this.#kept = undefined;
    this.#kept?.push(bytes.slice());
    this.#hash ??= this.#newHash?.();
    this.#hash?.update(bytes);
  }

  /** Notes that `octets` octets of the message's content were not captured. */
  miss(octets: number): void {
    this.contentBytes += octets;
    this.#torn = true;
    this.#hash = undefined;
    this.#kept = undefined;
  }

  end(frame: number): void {
    this.ended ??= frame;
    this.#digest ??= this.#hash?.hex();
    this.#hash = undefined;
  }

  /** Returns the first value of a field in the message's head; undefined if the head lacks it or the field is not kept. */
  value(name: string): string | undefined {
    return this.head?.fields.find((field) => field.name === name)?.value;
  }

  /** Takes a decoded header section of the message; returns the error code of its first fault, or undefined. */
  block(fields: readonly BlockField[], section: Section, frame: number): Http2ErrorCode | undefined {
    const guarded = fields.filter(({as}) => as === 'never');
    if (guarded.length > 0)
      this.guarded = [...this.guarded, ...guarded.map(({name}) => name)].slice(0, mostGuarded);
    if (section === 'trailers') this.trailers ??= fields.slice(0, mostTrailers).map(plain);
    else {
      const status = Number(fields.find(({name}) => name === ':status')?.value);
      if (section === 'response' && status < 200) {
        this.interim.push(status);
        this.hinted = [...this.hinted, ...linkTargets(fields)].slice(0, mostHinted);
      } else this.head = {fields: fields.filter(({name}) => toldFields.has(name)).map(plain), frame};
    }
    return fieldError(section, fields);
  }
}

const plain = ({name, value}: TableEntry): TableEntry => ({name, value});

/** Decodes the DNS query that a GET request carries in its path (RFC 8484 §4.1); undefined if there is none. */
const askedIn = (path: string | undefined): Uint8Array | undefined => {
  const [, asked] = path?.match(/[?&]dns=([A-Za-z0-9_-]+)/) ?? [];
  return asked === undefined ? undefined : fromBase64url(asked);
};

/** The state of an HTTP/2 stream; `reset` means that it was reset before both ends had ended it. */
export type Http2End = 'open' | 'half-closed' | 'closed' | 'reset';

/** Returns the state of an HTTP/2 stream; `ended` is the number of ends that have ended it. */
export const streamEnd = (ended: number, isReset: boolean): Http2End => {
  if (ended === 2) return 'closed';
  if (isReset) return 'reset';
  return ended === 1 ? 'half-closed' : 'open';
};

export class Http2Stream {
  readonly id: number;
  readonly request: Http2Way;
  readonly response: Http2Way;
  /** The first RST_STREAM on the stream; undefined if there was none. */
  reset: {readonly side: Side; readonly error: number; readonly frame: number} | undefined;
  /** The number of the stream on which the server promised this one (RFC 9113 §8.4); undefined if the client opened it. */
  promisedOn: number | undefined;
  /** True once a HEADERS frame has been seen on the stream. */
  begun = false;

  constructor(id: number, newHash: NewHash | null) {
    this.id = id;
    this.request = new Http2Way(newHash);
    this.response = new Http2Way(newHash);
  }

  /** The complete messages of DNS over HTTPS on the stream (RFC 8484), each with the packet that completes it. */
  get dnsMessages(): readonly {readonly asks: boolean; readonly bytes: Uint8Array; readonly frame: number}[] {
    const {request, response} = this;
    const answer = response.dnsMessage;
    const question = request.dnsMessage ?? (answer && askedIn(request.value(':path')));
    return [
      ...(question && request.ended ? [{asks: true, bytes: question, frame: request.ended}] : []),
      ...(answer && response.ended ? [{asks: false, bytes: answer, frame: response.ended}] : []),
    ];
  }

  get end(): Http2End {
    const ended = [this.request, this.response].filter((way) => way.ended !== undefined).length;
    return streamEnd(ended, this.reset !== undefined);
  }
}
