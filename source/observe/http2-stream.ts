// One stream of HTTP/2 as an onlooker sees it (RFC 9113 §5.1, §8.1): a request, what answers it, and how far each has come.
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

/** Of a message: what is told of its head. There may be tens of thousands. */
export type Http2Head = {
  readonly fields: readonly TableEntry[];
  /** Where its header block ends. */
  readonly frame: number;
};

const toldFields: ReadonlySet<string> = new Set([
  ...[':method', ':scheme', ':authority', ':path', ':protocol', ':status'],
  ...['content-type', 'content-length', 'content-encoding', 'location'],
]);

const mostTrailers = 100;

/** Content that is short and read by others: messages of DNS (RFC 8484 §6). */
const keptType = 'application/dns-message';
const mostKept = 65_535;
const mostPieces = 100;

/** QPACK does not tell how a field was written. */
type BlockField = TableEntry & {readonly as?: Representation};

const none: readonly never[] = [];
const mostGuarded = 16;

/** One direction of a stream. */
export class Http2Way {
  head: Http2Head | undefined;
  readonly interim: number[] = [];
  /** What these said that the client will want (RFC 8297). */
  hinted: readonly string[] = none;
  trailers: readonly TableEntry[] | undefined;
  /** Fields that no table may ever hold (RFC 7541 §7.1.3). */
  guarded: readonly string[] = none;
  /** Octets of its header blocks. */
  headerBytes = 0;
  /** Octets of content, without padding. */
  contentBytes = 0;
  /** The packet with END_STREAM. */
  ended: number | undefined;
  /** Octets that count for flow control, padding included; and how many more than at first the other end has granted (RFC 9113 §6.9). */
  sent = 0;
  granted = 0;
  /** The content, where it is a message of DNS that is not too long. */
  #kept: Uint8Array[] | undefined;
  #hash: ReturnType<typeof sha256.create> | undefined;
  #digest: string | undefined;
  #torn = false;
  readonly #hashed: boolean;

  /** `hashed`: somebody will ask for the hash of the content; it costs more than all the rest. */
  constructor(hashed = true) {
    this.#hashed = hashed;
  }

  /** SHA-256 of the content so far, in hexadecimal; undefined: there is none, or not all of it was captured. */
  get contentHash(): string | undefined {
    return this.#digest ?? (this.#hash && hexOf(this.#hash.clone().digest()));
  }

  /** A message of DNS that is the content (RFC 8484 §4.1); undefined: it is something else, or not whole. */
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

  /** So many octets of content were not captured. */
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

  /** The first value of a field of its head. */
  value(name: string): string | undefined {
    return this.head?.fields.find((field) => field.name === name)?.value;
  }

  /** What is wrong with it. */
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

/** The question of a GET stands in its path (RFC 8484 §4.1). */
const askedIn = (path: string | undefined): Uint8Array | undefined => {
  const [, asked] = path?.match(/[?&]dns=([A-Za-z0-9_-]+)/) ?? [];
  return asked === undefined ? undefined : fromBase64url(asked);
};

/** How far it came: `reset` before both ends had ended it. */
export type Http2End = 'open' | 'half-closed' | 'closed' | 'reset';

/** `ended`: by so many of the two ends. */
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
  /** The server promised it on this one (RFC 9113 §8.4). */
  promisedOn: number | undefined;
  /** A HEADERS frame has been seen on it. */
  begun = false;

  constructor(id: number, hashed: boolean) {
    this.id = id;
    this.request = new Http2Way(hashed);
    this.response = new Http2Way(hashed);
  }

  /** What is asked and answered by DNS over HTTPS (RFC 8484): whole messages, each with the packet that completes it. */
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
