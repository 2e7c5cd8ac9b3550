// The state of an HTTP client: pending calls, connections, requests that wait for one, cookies, stored responses.
import type {IpAddress} from '../../wire/frame.ts';
import {type CookieJar, emptyJar} from '../../wire/http/cookie-jar.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import type {HttpParser} from '../../wire/http/parser.ts';
import type {StatusLine} from '../../wire/http/start-line.ts';
import type {HttpUrl} from '../../wire/http/uri.ts';
import {Table} from '../../wire/table.ts';
import type {ProgramTurn, StreamId} from '../program.ts';
import type {Exchanged, HttpEffect, HttpResult, HttpVersion} from './call.ts';
import type {HttpBecause} from './cases.ts';
import type {HttpClientSettings} from './client-settings.ts';
import type {HttpNote} from './note.ts';
import type {ResponseCache} from './response-cache.ts';
import type {HttpRuleId} from './rules.ts';

/** The hosts that an HTTP client visits over TLS only (HSTS), by name, each until a time. */
export type StrictHosts = Table<{readonly expiresUs: number; readonly includeSubDomains: boolean}>;

/** One HTTP request of a call, and the requests that take its place after redirects and retries. */
export type Exchange = {
  /** The number of the call to which this HTTP request belongs. */
  readonly token: number;
  readonly method: string;
  readonly url: HttpUrl;
  readonly version: HttpVersion;
  /** The header fields that the caller wants in the HTTP request. */
  readonly fields: readonly Field[];
  /** The value of the Cookie field to send in place of the jar's cookies; absent to use the jar. */
  readonly cookies?: string;
  readonly body?: {readonly bytes: Uint8Array; readonly type: string; readonly expect: boolean};
  readonly omitHost: boolean;
  readonly raw?: string;
  readonly redirects: number;
  /** How often this HTTP request was written onto a connection. */
  readonly attempts: number;
  /** The addresses of the server's name, once it is looked up; `address` is the index of the one in use. */
  readonly addresses?: readonly IpAddress[];
  readonly address: number;
  readonly sentUs: number;
  /** True if the HTTP request asks whether the stored response is still valid (revalidation). */
  readonly conditional: boolean;
  /** True while the content of the HTTP request waits for 100 (Continue). */
  readonly holding: boolean;
  /** True if the HTTP request may be sent as TLS early data. */
  readonly early: boolean;
  /**
   * The reason why this HTTP request is sent on another connection: a redirect, a retry, an address that did not answer; absent at first.
   */
  readonly because?: HttpBecause;
};

/** HTTP requests to one origin that go onto the same connection; several only if they are pipelined. */
export type Group = readonly [Exchange, ...Exchange[]];

/** The part of an HTTP response that has arrived so far: head and pieces of content. */
export type Incoming = {
  readonly head: Head<StatusLine>;
  readonly untilClose: boolean;
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
};

/** The address that an HTTP client's connection attempt uses; `race` is shared by attempts that run in parallel. */
export type Attempt = {
  readonly race: StreamId;
  readonly ip: IpAddress;
  /** The index of this address among those of the server's name. */
  readonly address: number;
  /** True while the timer runs after which the next address is tried in parallel. */
  readonly waits: boolean;
};

export type Connection = {
  readonly id: StreamId;
  readonly origin: string;
  readonly phase: 'connecting' | 'open';
  readonly attempt: Attempt;
  readonly parser: HttpParser;
  /** The HTTP requests whose responses are pending on this connection, in order; until it is open, none of them has been written. */
  readonly queue: readonly Exchange[];
  /** The number of HTTP requests written onto this connection. */
  readonly sent: number;
  /** The number of HTTP responses that were read completely on this connection. */
  readonly done: number;
  readonly incoming?: Incoming;
  /** The time in µs at which the HTTP client last wrote requests or received data on this connection. */
  readonly heardUs: number;
  /** True while a timer runs that ends the wait for the server's response on this HTTP connection. */
  readonly watched: boolean;
  /** True if no HTTP request may follow those in the queue on this connection. */
  readonly last: boolean;
};

/** A pending call: the number of its unfinished exchanges, and the results of the others. */
export type Task = {
  readonly left: number;
  readonly result: HttpResult;
  readonly exchanges: readonly Exchanged[];
  readonly status?: number;
  readonly content: Uint8Array;
};

export type HttpClientState = {
  readonly role: 'client';
  readonly settings: HttpClientSettings;
  readonly jar: CookieJar;
  readonly cache: ResponseCache;
  readonly strict: StrictHosts;
  readonly connections: Table<Connection>;
  /** The pending calls of the HTTP client, by the call's number. */
  readonly tasks: Table<Task>;
  /** Groups of HTTP requests that wait for a free connection, oldest first. */
  readonly waiting: readonly Group[];
  /** Groups of HTTP requests that wait for the address of their host, by the number of the DNS lookup. */
  readonly resolving: Table<Group>;
  readonly serial: number;
};

export type Turn = ProgramTurn<HttpClientState, HttpEffect>;

export const httpClientStart = (settings: HttpClientSettings): HttpClientState => ({
  role: 'client',
  settings,
  jar: emptyJar,
  cache: Table.empty(),
  strict: Table.empty(),
  connections: Table.empty(),
  tasks: Table.empty(),
  waiting: [],
  resolving: Table.empty(),
  serial: 0,
});

export const update = (turn: Turn, changes: Partial<HttpClientState>): void => {
  turn.state = {...turn.state, ...changes};
};

export const note = (turn: Turn, what: HttpNote, because: HttpRuleId): void => {
  turn.effects.push({kind: 'note', note: what, because});
};

export const nextSerial = (turn: Turn): number => {
  update(turn, {serial: turn.state.serial + 1});
  return turn.state.serial;
};

export const putConnection = (turn: Turn, connection: Connection): void =>
  update(turn, {connections: turn.state.connections.with(connection.id, connection)});

export const silenceTimer = (id: StreamId): string => `silence ${id}`;

/**
 * Starts the timer that ends an HTTP client's wait for a silent server at `dueUs`; stops it if `dueUs` is undefined, because no response is
 * pending.
 */
export const watch = (turn: Turn, id: StreamId, dueUs: number | undefined): void => {
  const connection = turn.state.connections.get(id);
  const timer = silenceTimer(id);
  if (!connection || (!connection.watched && dueUs === undefined)) return;
  if (dueUs === undefined)
    turn.effects.push({kind: 'timer', timer, op: 'cancel', because: '9112:9.5/answered'});
  else turn.effects.push({kind: 'timer', timer, op: 'arm', dueUs, because: '9112:9.5/wait'});
  putConnection(turn, {...connection, watched: dueUs !== undefined});
};

/** Returns the name of the timer after which an HTTP client tries the next address in parallel: the one in RFC 8305 §5. */
export const attemptTimer = (id: StreamId): string => `Connection Attempt Delay ${id}`;

/** Stops the timer for trying the next address, once the connection attempt has succeeded, failed or been given up. */
export const endWait = (turn: Turn, id: StreamId): void => {
  const connection = turn.state.connections.get(id);
  if (!connection?.attempt.waits) return;
  turn.effects.push({kind: 'timer', timer: attemptTimer(id), op: 'cancel', because: '8305:5/over'});
  putConnection(turn, {...connection, attempt: {...connection.attempt, waits: false}});
};

export const dropConnection = (turn: Turn, id: StreamId): void => {
  watch(turn, id, undefined);
  endWait(turn, id);
  update(turn, {connections: turn.state.connections.without(id)});
};
