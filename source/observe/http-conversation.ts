// HTTP of any version on one connection: HTTP/2 from the first octet, or HTTP/1 until both ends agree on another protocol (RFC 9110 §7.8,
// RFC 7540 §3.2).
import {fromBase64url} from '../wire/base64url.ts';
import {fieldValues} from '../wire/http/field-lines.ts';
import {readUint} from '../wire/octets.ts';
import type {Side} from './connections.ts';
import type {HttpFault} from './http-faults.ts';
import {
  type AmbiguousRequests,
  type HttpResponse,
  type HttpTransaction,
  HttpTransactions,
} from './http-transactions.ts';
import {Http2Connection, type Http2Options} from './http2-connection.ts';
import type {Settings} from './http2-limits.ts';
import type {Piece} from './reassembly.ts';
import {WebSocketFrames} from './websocket-frames.ts';

/** Decodes the payload of a SETTINGS frame from base64url (RFC 7540 §3.2.1). */
const settingsIn = (value: string): Settings => {
  const bytes = fromBase64url(value) ?? new Uint8Array(0);
  return Array.from({length: Math.floor(bytes.length / 6)}, (_, at) => [
    readUint(bytes, at * 6, 2),
    readUint(bytes, at * 6 + 2, 4),
  ]);
};

/** Findings in HTTP/1, and the WebSocket that it led to. */
export type HttpInside = Pick<HttpConversation, 'ambiguous' | 'unrequested' | 'websocket'>;

export const nothingOfHttp: HttpInside = {ambiguous: undefined, unrequested: [], websocket: undefined};

const noHttp: readonly HttpTransaction[] = [];
const noFaults: readonly HttpFault[] = [];
const noResponses: readonly HttpResponse[] = [];

export class HttpConversation {
  #http: HttpTransactions | undefined;
  #http2: Http2Connection | undefined;
  #websocket: WebSocketFrames | undefined;
  readonly #seen: Http2Options['seen'];

  /** `begins` contains the options of HTTP/2 if the connection begins with it. */
  constructor(begins: Http2Options | undefined, seen?: Http2Options['seen']) {
    this.#http2 = begins && new Http2Connection({...begins, ...(seen && {seen})});
    this.#seen = seen;
  }

  get http(): readonly HttpTransaction[] {
    return this.#http?.all ?? noHttp;
  }

  get faults(): readonly HttpFault[] {
    return this.#http?.faults ?? noFaults;
  }

  /** True once responses of HTTP/1 were seen, whether or not their requests were. */
  get answered(): boolean {
    return this.#http?.answered ?? false;
  }

  get http2(): Http2Connection | undefined {
    return this.#http2;
  }

  /** The requests of HTTP/1 that state their length in two ways. */
  get ambiguous(): AmbiguousRequests | undefined {
    return this.#http?.ambiguous;
  }

  /** The responses of HTTP/1 whose requests were not parsed. */
  get unrequested(): readonly HttpResponse[] {
    return this.#http?.unrequested ?? noResponses;
  }

  /** The frames of the WebSocket that the connection became (RFC 6455 §1.3). */
  get websocket(): WebSocketFrames | undefined {
    return this.#websocket;
  }

  /** `frame` is the frame that is being read; the piece may have waited for it. */
  take(side: Side, piece: Piece, frame: number): void {
    if (this.#http2) {
      this.#http2.take(side, piece, frame);
      return;
    }
    if (this.#websocket) {
      this.#websocket.take(side, piece, frame);
      return;
    }
    this.#http ??= new HttpTransactions();
    this.#http.take(side, piece, frame);
    const {switched} = this.#http;
    if (switched && piece.kind === 'bytes') this.#upgrade(side, piece, switched, frame);
  }

  #upgrade(
    side: Side,
    piece: Extract<Piece, {kind: 'bytes'}>,
    {to, behind}: {readonly to: string; readonly behind: number},
    frame: number,
  ): void {
    const {length} = piece.bytes;
    const rest = {
      ...piece,
      start: piece.start + length - behind,
      bytes: piece.bytes.subarray(length - behind),
    };
    const protocol = to.trim().toLowerCase();
    if (protocol === 'websocket') {
      this.#websocket = new WebSocketFrames();
      this.#websocket.take(side, rest, frame);
    }
    if (protocol !== 'h2c') return;
    const fields = this.http.at(-1)?.request.head.fields ?? [];
    const [settings = ''] = fieldValues(fields, 'HTTP2-Settings');
    this.#http2 = new Http2Connection({
      ...{start: 'upgrade', client: side === 0 ? 1 : 0, settings: settingsIn(settings)},
      ...(this.#seen && {seen: this.#seen}),
    });
    if (behind > 0) this.#http2.take(side, rest, frame);
  }
}
