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

/** The hosts that require TLS, by name. */
export type StrictHosts = Table<{readonly expiresUs: number; readonly includeSubDomains: boolean}>;

/** One request, and those that replace it after redirects and retries. */
export type Exchange = {
  /** The call to which the exchange belongs. */
  readonly token: number;
  readonly method: string;
  readonly url: HttpUrl;
  readonly version: HttpVersion;
  /** The caller's own fields. */
  readonly fields: readonly Field[];
  /** The cookies to send in place of the jar's. */
  readonly cookies?: string;
  readonly body?: {readonly bytes: Uint8Array; readonly type: string; readonly expect: boolean};
  readonly omitHost: boolean;
  readonly raw?: string;
  readonly redirects: number;
  /** The number of times that the request was written onto a connection. */
  readonly attempts: number;
  /** The addresses of the server's name, once that is resolved; those before `address` could not be reached. */
  readonly addresses?: readonly IpAddress[];
  readonly address: number;
  readonly sentUs: number;
  /** True if the request asks whether the stored response is still valid. */
  readonly conditional: boolean;
  /** True while the request's content waits for 100 (Continue). */
  readonly holding: boolean;
  /** True if the request may be sent as TLS early data. */
  readonly early: boolean;
  /** The reason why the exchange moved to another connection: a redirect, a retry, an address that did not answer. */
  readonly because?: HttpBecause;
};

/** Exchanges with one origin for the same connection; several only if they are pipelined. */
export type Group = readonly [Exchange, ...Exchange[]];

/** The part of a response that has arrived so far. */
export type Incoming = {
  readonly head: Head<StatusLine>;
  readonly untilClose: boolean;
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
};

/** The address that a connection attempt uses; `race` is shared by attempts that run side by side. */
export type Attempt = {
  readonly race: StreamId;
  readonly ip: IpAddress;
  /** The index of the address among those of the host. */
  readonly address: number;
  /** True while a timer runs, after which the next address is tried as well. */
  readonly waits: boolean;
};

export type Connection = {
  readonly id: StreamId;
  readonly origin: string;
  readonly phase: 'connecting' | 'open';
  readonly attempt: Attempt;
  readonly parser: HttpParser;
  /** Exchanges whose responses are pending, in order; while the connection opens, none has been written. */
  readonly queue: readonly Exchange[];
  /** The number of requests written. */
  readonly sent: number;
  /** The number of responses that were read completely. */
  readonly done: number;
  readonly incoming?: Incoming;
  /** The time at which data last arrived, or at which the connection became idle. */
  readonly heardUs: number;
  /** True while a timer watches for silence. */
  readonly watched: boolean;
  /** True if no request follows those in the queue. */
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
  /** Pending calls by token. */
  readonly tasks: Table<Task>;
  /** Groups that wait for a connection, oldest first. */
  readonly waiting: readonly Group[];
  /** Groups that wait for an address, by the token of the lookup. */
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

/** Sets the timer that runs while responses are pending; `dueUs` is undefined if none are. */
export const watch = (turn: Turn, id: StreamId, dueUs: number | undefined): void => {
  const connection = turn.state.connections.get(id);
  const timer = silenceTimer(id);
  if (!connection || (!connection.watched && dueUs === undefined)) return;
  if (dueUs === undefined)
    turn.effects.push({kind: 'timer', timer, op: 'cancel', because: '9112:9.5/answered'});
  else turn.effects.push({kind: 'timer', timer, op: 'arm', dueUs, because: '9112:9.5/wait'});
  putConnection(turn, {...connection, watched: dueUs !== undefined});
};

/** Returns the timer's name, which is that of RFC 8305 §5. */
export const attemptTimer = (id: StreamId): string => `Connection Attempt Delay ${id}`;

/** Stops the head start of an attempt that has ended, one way or the other. */
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
