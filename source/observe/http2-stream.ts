// One stream of HTTP/2 as an observer sees it (RFC 9113 §5.1, §8.1): a request, its response, and how far each has come.
import {sha256} from '@noble/hashes/sha2.js';
import {fromBase64url} from '../wire/base64url.ts';
import {linkTargets} from '../wire/http/link.ts';
import type {Representation} from '../wire/http2/hpack.ts';
import type {Http2ErrorCode} from '../wire/http2/http2-error.ts';
import type {TableEntry} from '../wire/http2/static-table.ts';
import {hexOf, joinedOctets} from '../wire/octets.ts';
import type {Side} from './connections.ts';
import {mostHinted} from './http-transactions.ts';
import {fieldError, type Section} from './http2-fields.ts';

/** The fields of a message's head that are told; only these are kept, because there may be tens of thousands of heads. */
export type Http2Head = {
  readonly fields: readonly TableEntry[];
  /** The packet in which the header block ends. */
  readonly frame: number;
};

const toldFields: ReadonlySet<string> = new Set([
  ...[':method', ':scheme', ':authority', ':path', ':protocol', ':status'],
  ...['content-type', 'content-length', 'content-encoding', 'location'],
]);

const mostTrailers = 100;

/** The type of content that is kept because other code parses it and it is short: DNS messages (RFC 8484 §6). */
const keptType = 'application/dns-message';
const mostKept = 65_535;
const mostPieces = 100;

/** A field of a block. HTTP/3's QPACK does not tell how it was encoded. */
type BlockField = TableEntry & {readonly as?: Representation};

const none: readonly never[] = [];
const mostGuarded = 16;

/** One direction of a stream. */
export class Http2Way {
  head: Http2Head | undefined;
  readonly interim: number[] = [];
  /** The targets that interim responses announced as needed by the client (RFC 8297). */
  hinted: readonly string[] = none;
  trailers: readonly TableEntry[] | undefined;
  /** The names of fields that no table may ever contain (RFC 7541 §7.1.3). */
  guarded: readonly string[] = none;
  /** The number of octets in the header blocks. */
  headerBytes = 0;
  /** The number of octets of content, without padding. */
  contentBytes = 0;
  /** The packet with END_STREAM. */
  ended: number | undefined;
  /**
   * The octets that count for flow control, including padding, and how many more than initially the other end has allowed (RFC 9113 §6.9).
   */
  sent = 0;
  granted = 0;
  /** The content, if it is a DNS message that is not too long. */
  #kept: Uint8Array[] | undefined;
  #hash: ReturnType<typeof sha256.create> | undefined;
  #digest: string | undefined;
  #torn = false;
  readonly #hashed: boolean;

  /** `hashed` is true if somebody will ask for the content's hash, which costs more time than everything else. */
  constructor(hashed = true) {
    this.#hashed = hashed;
  }

  /** The SHA-256 of the content so far, in hexadecimal; undefined if there is none or not all of it was captured. */
  get contentHash(): string | undefined {
    return this.#digest ?? (this.#hash && hexOf(this.#hash.clone().digest()));
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
    if (!this.#hashed) return;
    this.#hash ??= sha256.create();
    this.#hash.update(bytes);
  }

  /** Notes that this many octets of content were not captured. */
  miss(octets: number): void {
    this.contentBytes += octets;
    this.#torn = true;
    this.#hash = undefined;
    this.#kept = undefined;
  }

  end(frame: number): void {
    this.ended ??= frame;
    this.#digest ??= this.#hash && hexOf(this.#hash.digest());
    this.#hash = undefined;
  }

  /** Returns the first value of a field of the head. */
  value(name: string): string | undefined {
    return this.head?.fields.find((field) => field.name === name)?.value;
  }

  /** Takes a header block; returns what is wrong with it. */
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

/** Decodes the question of a DNS query that a GET carries in its path (RFC 8484 §4.1). */
const askedIn = (path: string | undefined): Uint8Array | undefined => {
  const [, asked] = path?.match(/[?&]dns=([A-Za-z0-9_-]+)/) ?? [];
  return asked === undefined ? undefined : fromBase64url(asked);
};

/** The state of a stream; `reset` means that it was reset before both ends had ended it. */
export type Http2End = 'open' | 'half-closed' | 'closed' | 'reset';

/** `ended` is the number of ends that have ended the stream. */
export const streamEnd = (ended: number, isReset: boolean): Http2End => {
  if (ended === 2) return 'closed';
  if (isReset) return 'reset';
  return ended === 1 ? 'half-closed' : 'open';
};

export class Http2Stream {
  readonly id: number;
  readonly request: Http2Way;
  readonly response: Http2Way;
  /** The first RST_STREAM. */
  reset: {readonly side: Side; readonly error: number; readonly frame: number} | undefined;
  /** The stream on which the server promised this one (RFC 9113 §8.4). */
  promisedOn: number | undefined;
  /** True once a HEADERS frame has been seen on the stream. */
  begun = false;

  constructor(id: number, hashed: boolean) {
    this.id = id;
    this.request = new Http2Way(hashed);
    this.response = new Http2Way(hashed);
  }

  /** The messages of DNS over HTTPS (RFC 8484), each complete and with the packet that completes it. */
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
