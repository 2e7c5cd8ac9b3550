// What can be asked of an HTTP client, what it answers, and what both roles of HTTP exchange with their host.
import type {Field} from '../../wire/http/field-lines.ts';
import type {DnsAnswer, DnsCall} from '../dns/call.ts';
import type {ProgramEffect, ProgramEvent} from '../program.ts';
import type {HttpBecause} from './cases.ts';
import type {HttpNote} from './note.ts';

export type HttpVersion = '1.0' | '1.1';

type RequestOptions = {
  readonly url: string;
  readonly headers?: readonly Field[];
  /** The value of `Cookie`, in place of what the jar has; empty: none. */
  readonly cookies?: string;
  /** @default the settings' */
  readonly version?: HttpVersion;
  /** Without the field Host, which 1.1 demands (RFC 9112 §3.2). */
  readonly omitHost?: true;
  /** What is written in place of the whole request: of a client that has the grammar wrong. */
  readonly raw?: string;
  /** Over TLS in the first flight, where the server has allowed it (RFC 8470 §3). */
  readonly earlyData?: true;
};

export type ContentOptions = {
  readonly body: string;
  /** Content-Type. @default application/x-www-form-urlencoded */
  readonly type?: string;
  /** Waits for 100 (Continue) before the content (RFC 9110 §10.1.1). */
  readonly expect?: true;
};

export type RequestCall =
  | ({readonly call: 'get'} & RequestOptions)
  | ({readonly call: 'post'} & RequestOptions & ContentOptions)
  /** Any method. */
  | ({readonly call: 'request'; readonly method: string} & RequestOptions & Partial<ContentOptions>)
  /** As typed by the user: a GET that begins a visit. */
  | {readonly call: 'open'; readonly url: string};

export type HttpCall =
  | RequestCall
  /** GET for each, all on one connection, without waiting for answers (RFC 9112 §9.3.2). */
  | {readonly call: 'pipeline'; readonly urls: readonly string[]}
  /** Connections, session cookies and requests under way are gone; cache and other cookies stay. */
  | {readonly call: 'closeBrowser'};

export type HttpResult =
  | 'ok'
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'reset'
  /** The other end closed without a word. */
  | 'closed'
  /** TLS gave the connection up. */
  | 'alert'
  /** The connection ended in the middle of the answer. */
  | 'incomplete'
  /** What came is no HTTP. */
  | 'malformed'
  | 'unresolved'
  /** Too many redirects in a row. */
  | 'redirects'
  /** The browser was closed. */
  | 'cancelled'
  /** No URL that can be asked for. */
  | 'EINVAL';

/** One final response. */
export type Exchanged = {
  readonly url: string;
  readonly status: number;
  /** Octets of content. */
  readonly bytes: number;
  readonly from: 'network' | 'cache' | 'revalidated';
};

/** `status`, `bytes` and `content` are the last response's; `exchanges` also has those that led on, or one for each URL. */
export type HttpAnswer = {
  readonly result: HttpResult;
  readonly status?: number;
  readonly bytes: number;
  readonly content: Uint8Array;
  readonly exchanges: readonly Exchanged[];
};

export type HttpEvent = ProgramEvent<HttpCall, DnsAnswer>;
export type HttpEffect = ProgramEffect<HttpNote, HttpAnswer, HttpBecause, DnsCall>;
