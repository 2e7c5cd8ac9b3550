// Handles what a client receives: responses piece by piece, and connections that end before, between or after them.

import {keepsConnection} from '../../wire/http/connection.ts';
import type {Head} from '../../wire/http/framing.ts';
import {isIdempotent} from '../../wire/http/methods.ts';
import {finish as endStream} from '../../wire/http/parser.ts';
import type {StatusLine} from '../../wire/http/start-line.ts';
import {originForm} from '../../wire/http/uri.ts';
import {joinedOctets} from '../../wire/octets.ts';
import type {HttpEvent, HttpResult} from './call.ts';
import {afterFailure, leftToRivals} from './client-attempts.ts';
import {continueTimer, endAll, place, sendHeld} from './client-connections.ts';
import {conclude, keepCookies} from './client-response.ts';
import {
  type Connection,
  dropConnection,
  type Exchange,
  note,
  putConnection,
  type Turn,
  watch,
} from './client-state.ts';
import {endExchange, noteExchanged} from './client-tasks.ts';
import {type InPart, readBytes} from './inbox.ts';
import {keepStrictTransport} from './strict-transport.ts';

/** How often an HTTP client sends a request at most: it repeats one that failed once, not one that has failed twice (RFC 9110 §9.2.2). */
const mostAttempts = 2;

type Ended = Extract<HttpEvent, {kind: 'ended'}>['how'];

type ResponseOp = 'started' | 'finished' | 'incomplete';

function noteResponse(
  turn: Turn,
  {id, queue, done}: Connection,
  op: ResponseOp,
  about: {status: number; bytes: number},
): void {
  const [exchange] = queue;
  if (!exchange) return;
  const {method, url} = exchange;
  note(
    turn,
    {
      kind: 'response',
      op,
      by: 'client',
      ...about,
      method,
      target: originForm(url),
      stream: id,
      nth: done + 1,
    },
    op === 'incomplete' ? '9112:8/incomplete' : op === 'finished' ? '9112:6.3/complete' : '9110:15/answer',
  );
}

/**
 * Sends an HTTP request again on another connection if its method is idempotent and it was not repeated before; otherwise, and after a
 * failure of TLS, ends it with `result`.
 */
function again(turn: Turn, exchange: Exchange, result: HttpResult): void {
  if (result === 'alert') {
    endExchange(turn, exchange, result);
    return;
  }
  const {method, url, attempts} = exchange;
  const allowed = isIdempotent(method) && attempts < mostAttempts;
  const because = allowed ? '9110:9.2.2/retry' : '9110:9.2.2/no-retry';
  note(turn, {kind: 'retry', method, target: originForm(url), allowed}, because);
  if (allowed) place(turn, [{...exchange, holding: exchange.body?.expect ?? false, because}]);
  else endExchange(turn, exchange, result);
}

/** Abandons an HTTP connection and sends its unanswered requests again elsewhere, where that is allowed. */
function leave(turn: Turn, connection: Connection, result: HttpResult): void {
  dropConnection(turn, connection.id);
  for (const exchange of connection.queue) again(turn, exchange, result);
}

function completed(turn: Turn, connection: Connection): void {
  const [exchange, ...queue] = connection.queue;
  const {incoming} = connection;
  if (!exchange || !incoming) return;
  const {head, pieces, bytes, untilClose} = incoming;
  const {status} = head.start;
  noteResponse(turn, connection, 'finished', {status, bytes});
  const {incoming: _, ...rest} = connection;
  const last = rest.last || untilClose || !keepsConnection(head);
  putConnection(turn, {...rest, queue, done: rest.done + 1, last});
  if (queue.length === 0) watch(turn, rest.id, undefined);
  // The server has answered after the head alone and may still wait for the content, so the client closes the connection. One whose
  // response ends with the connection has ended already.
  if (exchange.holding && !untilClose) {
    turn.effects.push({kind: 'close', stream: rest.id});
    dropConnection(turn, rest.id);
  }
  conclude(turn, exchange, {status, fields: head.fields, content: joinedOctets(pieces)});
}

function onHead(turn: Turn, connection: Connection, part: Extract<InPart, {kind: 'head'}>): void {
  const {start, fields} = part.head;
  const [exchange] = connection.queue;
  if (start.kind !== 'response' || !exchange) return;
  noteResponse(turn, connection, 'started', {status: start.status, bytes: 0});
  // Interim responses other than 100 (Continue) say nothing about the content, which the client sends after the timer anyway.
  if (start.status < 200 && start.status !== 100) return;
  if (exchange.holding) {
    const timer = continueTimer(connection.id);
    turn.effects.push({kind: 'timer', timer, op: 'cancel', because: '9110:10.1.1/wait'});
  }
  if (start.status === 100) {
    sendHeld(turn, connection);
    return;
  }
  keepCookies(turn, exchange, fields);
  keepStrictTransport(turn, exchange, fields);
  const head: Head<StatusLine> = {start, fields};
  const incoming = {head, untilClose: part.framing.by === 'close', pieces: [], bytes: 0};
  // After a final response the client does not send content that it held back, so that the connection is not used for another request: the
  // server would read that as the content.
  putConnection(turn, {...connection, incoming, last: connection.last || exchange.holding});
}

function onPart(turn: Turn, id: string, part: InPart): void {
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  const {incoming} = connection;
  if (part.kind === 'head') onHead(turn, connection, part);
  else if (part.kind === 'bytes' && incoming) {
    const pieces = [...incoming.pieces, part.bytes];
    putConnection(turn, {
      ...connection,
      incoming: {...incoming, pieces, bytes: incoming.bytes + part.bytes.length},
    });
  } else if (part.kind === 'end' && incoming) completed(turn, connection);
}

export function onData(turn: Turn, id: string, data: Uint8Array): void {
  const before = turn.state.connections.get(id);
  if (!before) return;
  const {parser, parts, error} = readBytes(before.parser, data);
  putConnection(turn, {...before, parser, heardUs: turn.env.nowUs});
  for (const part of parts) onPart(turn, id, part);
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  if (error) {
    turn.effects.push({kind: 'abort', stream: id});
    dropConnection(turn, id);
    const [first, ...rest] = connection.queue;
    if (first) endExchange(turn, first, 'malformed');
    for (const exchange of rest) again(turn, exchange, 'malformed');
  }
}

const resultOf = (how: Ended): HttpResult => (how === 'eof' || how === 'truncated' ? 'closed' : how);

/** Handles a failed connection attempt of an HTTP client: tries the next address of the name, or ends the requests if there is none. */
function unreached(turn: Turn, connection: Connection, how: Ended): void {
  const {id, queue} = connection;
  dropConnection(turn, id);
  const next = afterFailure(connection, 'alone');
  if (leftToRivals(turn, connection)) return;
  if (next) place(turn, next.group);
  else endAll(turn, queue, resultOf(how));
}

/**
 * Handles an HTTP server that owes a response and has been silent too long: the client aborts the connection and does not ask again,
 * because that might do harm.
 */
export function onSilence(turn: Turn, connection: Connection): void {
  const {id, heardUs, queue, incoming} = connection;
  const dueUs = heardUs + turn.state.settings.timeoutUs;
  if (turn.env.nowUs < dueUs) {
    watch(turn, id, dueUs);
    return;
  }
  putConnection(turn, {...connection, watched: false});
  dropConnection(turn, id);
  turn.effects.push({kind: 'abort', stream: id});
  if (incoming)
    noteResponse(turn, connection, 'incomplete', {status: incoming.head.start.status, bytes: incoming.bytes});
  endAll(turn, queue, 'timedOut');
}

export function onEnded(turn: Turn, id: string, how: Ended): void {
  const before = turn.state.connections.get(id);
  if (!before) return;
  if (before.phase === 'connecting') {
    unreached(turn, before, how);
    return;
  }
  if (how === 'eof' || how === 'truncated') turn.effects.push({kind: 'close', stream: id});
  const [first] = before.queue;
  if (first?.holding && !before.incoming)
    turn.effects.push({kind: 'timer', timer: continueTimer(id), op: 'cancel', because: '9110:10.1.1/wait'});
  if (how === 'eof' && before.incoming?.untilClose && endStream(before.parser).error === undefined)
    completed(turn, before);
  const connection = turn.state.connections.get(id) ?? before;
  const [cut, ...rest] = connection.queue;
  const {incoming} = connection;
  if (!cut || !incoming) {
    leave(turn, connection, resultOf(how));
    return;
  }
  const {status} = incoming.head.start;
  noteResponse(turn, connection, 'incomplete', {status, bytes: incoming.bytes});
  noteExchanged(turn, cut, {status, content: joinedOctets(incoming.pieces), from: 'network'});
  endExchange(turn, cut, 'incomplete');
  leave(turn, {...connection, queue: rest}, resultOf(how));
}
