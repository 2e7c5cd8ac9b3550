// An HTTP/1.x client as a program: a browser's network side (RFC 9110, 9111, 9112, 6265).
import {keepsConnection} from '../../wire/http/connection.ts';
import {afterSession} from '../../wire/http/cookie-jar.ts';
import type {Head} from '../../wire/http/framing.ts';
import {finish as endStream} from '../../wire/http/parser.ts';
import type {StatusLine} from '../../wire/http/start-line.ts';
import {type HttpUrl, originForm, readHttpUrl} from '../../wire/http/uri.ts';
import {Table} from '../../wire/table.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import type {ProgramEnv, ProgramStep} from '../program.ts';
import type {HttpCall, HttpEffect, HttpEvent, HttpResult, RequestCall} from './call.ts';
import {
  continueTimer,
  endAll,
  onConnected,
  onTold,
  place,
  placeWaiting,
  sendHeld,
} from './client-connections.ts';
import {cookieNote} from './client-request.ts';
import {begin, conclude, keepCookies} from './client-response.ts';
import {
  type Connection,
  dropConnection,
  type Exchange,
  type Group,
  type HttpClientState,
  httpClientStart,
  nextSerial,
  note,
  putConnection,
  type Turn,
  update,
} from './client-state.ts';
import {beginTask, emptyAnswer, endExchange, giveBack, noteExchanged} from './client-tasks.ts';
import {type InPart, joinBytes, readBytes} from './inbox.ts';
import {isIdempotent} from './methods.ts';

/** First sending and one repetition: what has failed twice is not tried a third time (RFC 9110 §9.2.2). */
const mostAttempts = 2;

type Ended = Extract<HttpEvent, {kind: 'ended'}>['how'];

const exchangeOf = (
  turn: Turn,
  token: number,
  {url, call}: {readonly url: HttpUrl; readonly call: RequestCall},
): Exchange => {
  const {version} = turn.state.settings;
  const plain: Exchange = {
    serial: nextSerial(turn),
    token,
    method: call.call === 'post' ? 'POST' : call.call === 'request' ? call.method : 'GET',
    url,
    version,
    fields: [],
    omitHost: false,
    redirects: 0,
    attempts: 0,
    address: 0,
    sentUs: 0,
    conditional: false,
    holding: false,
  };
  if (call.call === 'open') return plain;
  const content =
    'body' in call && call.body !== undefined
      ? {
          bytes: encodeUtf8(call.body),
          type: call.type ?? 'application/x-www-form-urlencoded',
          expect: call.expect ?? false,
        }
      : undefined;
  return {
    ...plain,
    version: call.version ?? version,
    fields: call.headers ?? [],
    omitHost: call.omitHost ?? false,
    ...(call.cookies === undefined ? {} : {cookies: call.cookies}),
    ...(content ? {body: content, holding: content.expect} : {}),
  };
};

/** https needs TLS below it, which this client has not. */
const plainUrl = (text: string): HttpUrl | undefined => {
  const url = readHttpUrl(text);
  return url?.scheme === 'http' ? url : undefined;
};

function pipeline(turn: Turn, token: number, urls: readonly string[]): void {
  const read = urls.map(plainUrl).filter((url) => url !== undefined);
  const [first, ...rest] = read.map((url) => exchangeOf(turn, token, {url, call: {call: 'open', url: ''}}));
  const sameOrigin = read.every(({host, port}) => host === first?.url.host && port === first.url.port);
  if (!first || read.length < urls.length || !sameOrigin) {
    giveBack(turn, token, {result: 'EINVAL', ...emptyAnswer});
    return;
  }
  beginTask(turn, token, urls.length);
  place(turn, [first, ...rest]);
}

function closeBrowser(turn: Turn, token: number): void {
  const {connections, tasks, jar} = turn.state;
  for (const {id, queue} of connections.values()) {
    if (queue.some(({holding}) => holding))
      turn.effects.push({kind: 'timer', timer: continueTimer(id), op: 'cancel', because: '9110:10.1.1/wait'});
    turn.effects.push({kind: 'close', stream: id});
  }
  const left = afterSession(jar);
  for (const cookie of jar.cookies)
    if (!left.cookies.includes(cookie)) note(turn, cookieNote('dropped', cookie), '6265:5.3/session-end');
  for (const pending of tasks.keys()) giveBack(turn, Number(pending), {result: 'cancelled', ...emptyAnswer});
  const none = {connections: Table.empty<Connection>(), tasks: Table.empty<never>()};
  update(turn, {...none, jar: left, waiting: [], resolving: Table.empty<Group>()});
  giveBack(turn, token, {result: 'ok', ...emptyAnswer});
}

function onCall(turn: Turn, token: number, call: HttpCall): void {
  if (call.call === 'closeBrowser') closeBrowser(turn, token);
  else if (call.call === 'pipeline') pipeline(turn, token, call.urls);
  else {
    const url = plainUrl(call.url);
    if (!url) {
      giveBack(turn, token, {result: 'EINVAL', ...emptyAnswer});
      return;
    }
    beginTask(turn, token, 1);
    begin(turn, exchangeOf(turn, token, {url, call}));
  }
}

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

/** Once more on another connection, if that can do no harm. */
function again(turn: Turn, exchange: Exchange, result: HttpResult): void {
  const {method, url, attempts} = exchange;
  const allowed = isIdempotent(method) && attempts < mostAttempts;
  const because = allowed ? '9110:9.2.2/retry' : '9110:9.2.2/no-retry';
  note(turn, {kind: 'retry', method, target: originForm(url), allowed}, because);
  if (allowed) place(turn, [{...exchange, holding: exchange.body?.expect ?? false}]);
  else endExchange(turn, exchange, result);
}

/** The connection serves no more: what it has not answered goes elsewhere. */
function leave(turn: Turn, connection: Connection, result: HttpResult): void {
  dropConnection(turn, connection.id);
  for (const exchange of connection.queue) again(turn, exchange, result);
  placeWaiting(turn);
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
  conclude(turn, exchange, {status, fields: head.fields, content: joinBytes(pieces)});
}

function onHead(turn: Turn, connection: Connection, part: Extract<InPart, {kind: 'head'}>): void {
  const {start, fields} = part.head;
  const [exchange] = connection.queue;
  if (start.kind !== 'response' || !exchange) return;
  noteResponse(turn, connection, 'started', {status: start.status, bytes: 0});
  if (exchange.holding) {
    const timer = continueTimer(connection.id);
    turn.effects.push({kind: 'timer', timer, op: 'cancel', because: '9110:10.1.1/wait'});
  }
  if (start.status < 200) {
    if (start.status === 100) sendHeld(turn, connection);
    return;
  }
  keepCookies(turn, exchange, fields);
  const head: Head<StatusLine> = {start, fields};
  const incoming = {head, untilClose: part.framing.by === 'close', pieces: [], bytes: 0};
  // Content that was promised and is not sent now would be taken for the next request.
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

function onData(turn: Turn, id: string, data: Uint8Array): void {
  const before = turn.state.connections.get(id);
  if (!before) return;
  const {parser, parts, error} = readBytes(before.parser, data);
  putConnection(turn, {...before, parser});
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
  placeWaiting(turn);
}

const resultOf = (how: Ended): HttpResult => (how === 'eof' ? 'closed' : how);

/** While connecting: the next address of the name, if there is one. */
function unreached(turn: Turn, {id, queue}: Connection, how: Ended): void {
  dropConnection(turn, id);
  const [first, ...rest] = queue.map((each) => ({...each, address: each.address + 1}));
  const other = first?.addresses?.[first.address];
  if (first && other !== undefined) place(turn, [first, ...rest]);
  else endAll(turn, queue, resultOf(how));
  placeWaiting(turn);
}

function onEnded(turn: Turn, id: string, how: Ended): void {
  const before = turn.state.connections.get(id);
  if (!before) return;
  if (before.phase === 'connecting') {
    unreached(turn, before, how);
    return;
  }
  if (how === 'eof') turn.effects.push({kind: 'close', stream: id});
  const [first] = before.queue;
  if (first?.holding)
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
  noteExchanged(turn, cut, {status, content: joinBytes(incoming.pieces), from: 'network'});
  endExchange(turn, cut, 'incomplete');
  leave(turn, {...connection, queue: rest}, resultOf(how));
}

function onTimer(turn: Turn, timer: string): void {
  const connection = turn.state.connections.first(({id}) => continueTimer(id) === timer);
  if (connection) sendHeld(turn, connection);
}

function dispatch(turn: Turn, event: HttpEvent): void {
  switch (event.kind) {
    case 'start': {
      // Cookies that outlive the session and stored responses are files.
      const {settings, jar, cache, serial} = turn.state;
      turn.state = {...httpClientStart(settings), jar: afterSession(jar), cache, serial};
      return;
    }
    case 'call':
      onCall(turn, event.token, event.call);
      return;
    case 'told':
      onTold(turn, event.token, event.told);
      return;
    case 'connected':
      onConnected(turn, event.stream);
      return;
    case 'data':
      onData(turn, event.stream, event.data);
      return;
    case 'ended':
      onEnded(turn, event.stream, event.how);
      return;
    case 'timer':
      onTimer(turn, event.timer);
      return;
    case 'accepted':
    case 'datagram':
    case 'unreachable':
      return;
  }
}

export const httpClientStep = (
  state: HttpClientState,
  event: HttpEvent,
  env: ProgramEnv,
): ProgramStep<HttpClientState, HttpEffect> => {
  const turn: Turn = {env, effects: [], state};
  dispatch(turn, event);
  return {state: turn.state, effects: turn.effects};
};
