// Defines the calls of an HTTP client and their answers, and the events and effects that HTTP clients and servers exchange with their host.
import type {Field} from '../../wire/http/field-lines.ts';
import type {DnsAnswer, DnsCall} from '../dns/call.ts';
import type {ProgramEffect, ProgramEvent} from '../program.ts';
import type {HttpBecause} from './cases.ts';
import type {HttpNote} from './note.ts';

export type HttpVersion = '1.0' | '1.1';

type RequestOptions = {
  readonly url: string;
  readonly headers?: readonly Field[];
  /** The value of the `Cookie` field to send in place of the jar's cookies; if empty, no such field is sent. */
  readonly cookies?: string;
  /** The HTTP version of the request. @default that of the client's settings */
  readonly version?: HttpVersion;
  /** True to leave out the Host field, which HTTP/1.1 requires (RFC 9112 §3.2). */
  readonly omitHost?: true;
  /** Text to send in place of the whole HTTP request, to imitate a client that gets the grammar wrong. */
  readonly raw?: string;
  /** True to send the HTTP request as TLS early data, in the client's first flight, if the server has allowed that (RFC 8470 §3). */
  readonly earlyData?: true;
};

export type ContentOptions = {
  readonly body: string;
  /** The Content-Type of the request's body. @default application/x-www-form-urlencoded */
  readonly type?: string;
  /** True to send `Expect: 100-continue` and wait for 100 (Continue) before the content (RFC 9110 §10.1.1). */
  readonly expect?: true;
};

export type RequestCall =
  | ({readonly call: 'get'} & RequestOptions)
  | ({readonly call: 'post'} & RequestOptions & ContentOptions)
  /** An HTTP request with any method. */
  | ({readonly call: 'request'; readonly method: string} & RequestOptions & Partial<ContentOptions>)
  /** The user types a URL into the browser: a GET request that begins a visit. */
  | {readonly call: 'open'; readonly url: string};

export type HttpCall =
  | RequestCall
  /** An HTTP GET for each URL, all on one connection without waiting for responses (pipelining, RFC 9112 §9.3.2). */
  | {readonly call: 'pipeline'; readonly urls: readonly string[]}
  /** Closes the browser, which ends connections, session cookies and pending requests; stored responses and other cookies stay. */
  | {readonly call: 'closeBrowser'};

export type HttpResult =
  | 'ok'
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'reset'
  /** The server closed the connection without an HTTP response. */
  | 'closed'
  /** TLS ended the connection of the HTTP request. */
  | 'alert'
  /** The connection ended in the middle of the response. */
  | 'incomplete'
  /** The octets that arrived instead of a response are not HTTP. */
  | 'malformed'
  | 'unresolved'
  /** The HTTP request was redirected too many times in a row. */
  | 'redirects'
  /** The browser was closed while the HTTP request was pending. */
  | 'cancelled'
  /** The URL cannot be requested, or a header field of the request is not allowed. */
  | 'EINVAL';

/** One response of an HTTP call: final for its request, though a redirect may lead to another request. */
export type Exchanged = {
  readonly url: string;
  readonly status: number;
  /** The number of octets of the HTTP response's content. */
  readonly bytes: number;
  readonly from: 'network' | 'cache' | 'revalidated';
};

/**
 * The answer to a call. `status`, `bytes` and `content` are those of the last response; `exchanges` also has the responses that led to it,
 * or one for each URL.
 */
export type HttpAnswer = {
  readonly result: HttpResult;
  readonly status?: number;
  readonly bytes: number;
  readonly content: Uint8Array;
  readonly exchanges: readonly Exchanged[];
};

export type HttpEvent = ProgramEvent<HttpCall, DnsAnswer>;
export type HttpEffect = ProgramEffect<HttpNote, HttpAnswer, HttpBecause, DnsCall>;
