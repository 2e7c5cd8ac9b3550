// The calls of an HTTP client and their answers, and what both roles of HTTP exchange with their host.
import type {Field} from '../../wire/http/field-lines.ts';
import type {DnsAnswer, DnsCall} from '../dns/call.ts';
import type {ProgramEffect, ProgramEvent} from '../program.ts';
import type {HttpBecause} from './cases.ts';
import type {HttpNote} from './note.ts';

export type HttpVersion = '1.0' | '1.1';

type RequestOptions = {
  readonly url: string;
  readonly headers?: readonly Field[];
  /** The value of `Cookie` in place of the jar's; empty: no field. */
  readonly cookies?: string;
  /** The version of the request. @default that of the settings */
  readonly version?: HttpVersion;
  /** True to leave out Host, which 1.1 requires (RFC 9112 §3.2). */
  readonly omitHost?: true;
  /** Text to send in place of the whole request, for a client that gets the grammar wrong. */
  readonly raw?: string;
  /** True to send the request over TLS in the first flight, if the server has allowed that (RFC 8470 §3). */
  readonly earlyData?: true;
};

export type ContentOptions = {
  readonly body: string;
  /** The Content-Type. @default application/x-www-form-urlencoded */
  readonly type?: string;
  /** True to wait for 100 (Continue) before sending the content (RFC 9110 §10.1.1). */
  readonly expect?: true;
};

export type RequestCall =
  | ({readonly call: 'get'} & RequestOptions)
  | ({readonly call: 'post'} & RequestOptions & ContentOptions)
  /** A request with any method. */
  | ({readonly call: 'request'; readonly method: string} & RequestOptions & Partial<ContentOptions>)
  /** A URL that the user typed: a GET that begins a visit. */
  | {readonly call: 'open'; readonly url: string};

export type HttpCall =
  | RequestCall
  /** A GET for each URL, all on one connection without waiting for answers (RFC 9112 §9.3.2). */
  | {readonly call: 'pipeline'; readonly urls: readonly string[]}
  /** Closes the browser, which deletes connections, session cookies and pending requests; cache and other cookies stay. */
  | {readonly call: 'closeBrowser'};

export type HttpResult =
  | 'ok'
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'reset'
  /** The other end closed the connection without a response. */
  | 'closed'
  /** TLS ended the connection. */
  | 'alert'
  /** The connection ended in the middle of the response. */
  | 'incomplete'
  /** The octets that arrived are not HTTP. */
  | 'malformed'
  | 'unresolved'
  /** Too many redirects in a row. */
  | 'redirects'
  /** The browser was closed. */
  | 'cancelled'
  /** The URL cannot be requested. */
  | 'EINVAL';

/** One final response. */
export type Exchanged = {
  readonly url: string;
  readonly status: number;
  /** Octets of content. */
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
