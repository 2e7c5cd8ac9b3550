// The state of an HTTP server: its connections with their waiting requests, its sessions, and the timers of both.
import type {Head} from '../../wire/http/framing.ts';
import type {HttpErrorCode} from '../../wire/http/http-error.ts';
import type {HttpParser} from '../../wire/http/parser.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';
import {Table} from '../../wire/table.ts';
import {idleTimer, type ProgramTurn, type StreamId} from '../program.ts';
import type {HttpEffect} from './call.ts';
import type {HttpBecause} from './cases.ts';
import type {HttpNote} from './note.ts';
import type {HttpRuleId} from './rules.ts';
import type {HttpServerSettings} from './server-settings.ts';
import {noSessions, type Sessions} from './sessions.ts';

/** A request that waits for its answer, perhaps with content still to arrive, or something that could not be read as a request. */
export type Waiting =
  | {
      readonly kind: 'request';
      readonly head: Head<RequestLine>;
      readonly codings: boolean;
      readonly content: Uint8Array;
      readonly bytes: number;
      readonly whole: boolean;
      readonly continued: boolean;
      /** True if the delay of the request's route has begun already; if it is over, the request is answered. */
      readonly worked: boolean;
      /** True if the request arrived as TLS early data. */
      readonly early: boolean;
    }
  | {readonly kind: 'error'; readonly code: HttpErrorCode};

export type Connection = {
  readonly parser: HttpParser;
  readonly waiting: readonly Waiting[];
  readonly served: number;
  /**
   * The phase of the server's connection: while `working`, the first request of `waiting` takes its route's delay; while `closing`, nothing
   * more is read.
   */
  readonly phase: 'open' | 'working' | 'closing';
  readonly idle: boolean;
  /** True if the client has closed its direction of the connection. */
  readonly eof: boolean;
};

export type HttpServerState = {
  readonly role: 'server';
  readonly settings: HttpServerSettings;
  readonly connections: Table<Connection>;
  readonly sessions: Sessions;
};

export type Turn = ProgramTurn<HttpServerState, HttpEffect>;
export type Request = Extract<Waiting, {kind: 'request'}>;

export const httpServerStart = (settings: HttpServerSettings): HttpServerState => ({
  role: 'server',
  settings,
  connections: Table.empty(),
  sessions: noSessions,
});

export const note = (turn: Turn, what: HttpNote, because: HttpRuleId): void => {
  turn.effects.push({kind: 'note', note: what, because});
};

export const change = (turn: Turn, id: StreamId, changes: Partial<Connection>): void => {
  const before = turn.state.connections.get(id);
  if (!before) return;
  turn.state = {...turn.state, connections: turn.state.connections.with(id, {...before, ...changes})};
};

export const workTimer = (id: StreamId): string => `work ${id}`;
export const lingerTimer = (id: StreamId): string => `linger ${id}`;

export const stopIdle = (turn: Turn, id: StreamId): void => {
  if (!turn.state.connections.get(id)?.idle) return;
  turn.effects.push({kind: 'timer', timer: idleTimer(id), op: 'cancel', because: '9112:9.5/idle/stop'});
  change(turn, id, {idle: false});
};

export const startIdle = (turn: Turn, id: StreamId): void => {
  const {keepAliveUs} = turn.state.settings;
  // A server without persistent connections waits 15 s for the one request.
  const dueUs = turn.env.nowUs + (keepAliveUs > 0 ? keepAliveUs : 15_000_000);
  const rule = '9112:9.5/idle/start';
  const isNew = turn.state.connections.get(id)?.served === 0;
  const because: HttpBecause = isNew ? {rule, case: 'first'} : rule;
  turn.effects.push({kind: 'timer', timer: idleTimer(id), op: 'arm', dueUs, because});
  change(turn, id, {idle: true});
};

export const forget = (turn: Turn, id: StreamId): void => {
  stopIdle(turn, id);
  turn.state = {...turn.state, connections: turn.state.connections.without(id)};
};
