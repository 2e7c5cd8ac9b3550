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

/** Decodes the value of the HTTP2-Settings field, which is the payload of a SETTINGS frame in base64url (RFC 7540 §3.2.1). */
const settingsIn = (value: string): Settings => {
  const bytes = fromBase64url(value) ?? new Uint8Array(0);
  return Array.from({length: Math.floor(bytes.length / 6)}, (_, at) => [
    readUint(bytes, at * 6, 2),
    readUint(bytes, at * 6 + 2, 4),
  ]);
};

/**
 * Holds what was found on an HTTP/1 connection beside its transactions: ambiguous requests, responses without requests, the WebSocket that
 * it became, and whether its messages come when there is news.
 */
export type HttpInside = Pick<HttpConversation, 'ambiguous' | 'unrequested' | 'websocket' | 'isSpontaneous'>;

export const nothingOfHttp: HttpInside = {
  ...{ambiguous: undefined, unrequested: [], websocket: undefined},
  isSpontaneous: false,
};

const noHttp: readonly HttpTransaction[] = [];
const noFaults: readonly HttpFault[] = [];
const noResponses: readonly HttpResponse[] = [];

/** The options with which HTTP messages of any version are read on a connection. */
export type HttpReading = Pick<Http2Options, 'seen' | 'newHash'>;

export class HttpConversation {
  #http: HttpTransactions | undefined;
  #http2: Http2Connection | undefined;
  #websocket: WebSocketFrames | undefined;
  readonly #reading: HttpReading;

  /** `begins` contains the options of HTTP/2 if the connection speaks it from its first octet; undefined for HTTP/1. */
  constructor(begins: Http2Options | undefined, reading: HttpReading = {}) {
    this.#http2 = begins && new Http2Connection({...begins, ...reading});
    this.#reading = reading;
  }

  get http(): readonly HttpTransaction[] {
    return this.#http?.all ?? noHttp;
  }

  get faults(): readonly HttpFault[] {
    return this.#http?.faults ?? noFaults;
  }

  /** True once HTTP/1 responses were seen on the connection, whether or not their requests were. */
  get answered(): boolean {
    return this.#http?.answered ?? false;
  }

  get http2(): Http2Connection | undefined {
    return this.#http2;
  }

  /** The HTTP/1 requests of the connection that state their length in two ways; undefined if there are none. */
  get ambiguous(): AmbiguousRequests | undefined {
    return this.#http?.ambiguous;
  }

  /** The HTTP/1 responses of the connection whose requests were not parsed. */
  get unrequested(): readonly HttpResponse[] {
    return this.#http?.unrequested ?? noResponses;
  }

  /** The WebSocket frames of the connection, if HTTP/1 was upgraded to that protocol (RFC 6455 §1.3); otherwise undefined. */
  get websocket(): WebSocketFrames | undefined {
    return this.#websocket;
  }

  /** True if the connection carries a WebSocket or an event stream, whose messages come when there is news. */
  get isSpontaneous(): boolean {
    return this.#websocket !== undefined || this.#http?.streamsEvents === true;
  }

  /** Takes the next piece of one side's stream. `frame` is the frame being read, which may be later than the one that carried the piece. */
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
      ...this.#reading,
    });
    if (behind > 0) this.#http2.take(side, rest, frame);
  }
}
