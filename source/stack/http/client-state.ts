// What an HTTP client knows: calls under way, connections, requests that wait for one, cookies, stored responses.
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

/** By host name. */
export type StrictHosts = Table<{readonly expiresUs: number; readonly includeSubDomains: boolean}>;

/** One request and, on redirects and retries, those that take its place. */
export type Exchange = {
  /** The call that it belongs to. */
  readonly token: number;
  readonly method: string;
  readonly url: HttpUrl;
  readonly version: HttpVersion;
  /** The caller's own. */
  readonly fields: readonly Field[];
  /** In place of the jar's. */
  readonly cookies?: string;
  readonly body?: {readonly bytes: Uint8Array; readonly type: string; readonly expect: boolean};
  readonly omitHost: boolean;
  readonly raw?: string;
  readonly redirects: number;
  /** How often it has been written onto a connection. */
  readonly attempts: number;
  /** Known after its name is resolved; those before `address` could not be reached. */
  readonly addresses?: readonly IpAddress[];
  readonly address: number;
  readonly sentUs: number;
  /** Asks whether what is stored still holds. */
  readonly conditional: boolean;
  /** Waits for 100 (Continue) with its content. */
  readonly holding: boolean;
  /** May leave as early data of TLS. */
  readonly early: boolean;
  /** What has sent it to another connection: a redirect, a retry, an address that did not answer. */
  readonly because?: HttpBecause;
};

/** Exchanges with one origin that go onto one connection together: several only where they are pipelined. */
export type Group = readonly [Exchange, ...Exchange[]];

/** Its response so far. */
export type Incoming = {
  readonly head: Head<StatusLine>;
  readonly untilClose: boolean;
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
};

/** Which of a name's addresses it goes to; `race` is shared by attempts that run side by side. */
export type Attempt = {
  readonly race: StreamId;
  readonly ip: IpAddress;
  /** Its place among the addresses. */
  readonly address: number;
  /** A timer runs, after which the next address is tried as well. */
  readonly waits: boolean;
};

export type Connection = {
  readonly id: StreamId;
  readonly origin: string;
  readonly phase: 'connecting' | 'open';
  readonly attempt: Attempt;
  readonly parser: HttpParser;
  /** Exchanges whose responses are to come, in order; while connecting none has been written. */
  readonly queue: readonly Exchange[];
  /** Requests written. */
  readonly sent: number;
  /** Responses read to their end. */
  readonly done: number;
  readonly incoming?: Incoming;
  /** When something came last; of a connection that owes nothing, when that began. */
  readonly heardUs: number;
  /** A timer watches for silence. */
  readonly watched: boolean;
  /** No request follows those in the queue. */
  readonly last: boolean;
};

/** A call under way: how many of its exchanges are, and what has come of the others. */
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
  /** By the token of the call. */
  readonly tasks: Table<Task>;
  /** What waits for a connection, the oldest first. */
  readonly waiting: readonly Group[];
  /** What waits for an address, by the token of the question. */
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

/** While answers are owed a timer runs; `dueUs` undefined: none are. */
export const watch = (turn: Turn, id: StreamId, dueUs: number | undefined): void => {
  const connection = turn.state.connections.get(id);
  const timer = silenceTimer(id);
  if (!connection || (!connection.watched && dueUs === undefined)) return;
  if (dueUs === undefined)
    turn.effects.push({kind: 'timer', timer, op: 'cancel', because: '9112:9.5/answered'});
  else turn.effects.push({kind: 'timer', timer, op: 'arm', dueUs, because: '9112:9.5/wait'});
  putConnection(turn, {...connection, watched: dueUs !== undefined});
};

/** Its name in RFC 8305 §5. */
export const attemptTimer = (id: StreamId): string => `Connection Attempt Delay ${id}`;

/** The attempt has come to its end, one way or the other. */
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
