// Answers the requests that wait on a server's connection, one after the other in their order (RFC 9112 §9.3.2).
import {expectsContinue, keepsConnection, requestHost} from '../../wire/http/connection.ts';
import type {Head} from '../../wire/http/framing.ts';
import type {HttpErrorCode} from '../../wire/http/http-error.ts';
import {isSafe} from '../../wire/http/methods.ts';
import {minorVersion, type RequestLine} from '../../wire/http/start-line.ts';
import type {StreamId} from '../program.ts';
import {
  codingReply,
  deniedReply,
  errorReply,
  missingReply,
  type Reply,
  routeReply,
  tooEarlyReply,
} from './reply.ts';
import {continueBytes, needsClose, writeResponse} from './response-bytes.ts';
import {type Found, findRoute, routesOf} from './route.ts';
import type {HttpRuleId} from './rules.ts';
import {admit} from './server-session.ts';
import {
  type Connection,
  change,
  forget,
  lingerTimer,
  note,
  type Request,
  startIdle,
  type Turn,
  type Waiting,
  workTimer,
} from './server-state.ts';

/** The time for which the server waits for the client to close after its last answer (RFC 9112 §9.6). */
const lingerUs = 5_000_000;

/**
 * Begins to close a connection: the server closes its own direction first, so that a client that is still sending gets the answer rather
 * than an RST (RFC 9112 §9.6).
 */
export const beginClosing = (turn: Turn, id: StreamId, because: HttpRuleId): void => {
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  note(turn, {kind: 'http-connection', op: 'closing', stream: id, nth: connection.served}, because);
  if (connection.eof) {
    turn.effects.push({kind: 'close', stream: id});
    forget(turn, id);
    return;
  }
  turn.effects.push({kind: 'finish', stream: id});
  change(turn, id, {phase: 'closing', waiting: []});
  const dueUs = turn.env.nowUs + lingerUs;
  turn.effects.push({kind: 'timer', timer: lingerTimer(id), op: 'arm', dueUs, because: '9112:9.6/linger'});
};

const found = ({state}: Turn, head: Head<RequestLine>): Found | HttpErrorCode => {
  const host = requestHost(head);
  return host.ok ? findRoute(routesOf(state.settings, host.value), head) : host.error.code;
};

/** Returns an HTTP server's reply to a request, and updates the server's sessions. */
const replyTo = (turn: Turn, {head, content, codings, early}: Request): Reply => {
  if (codings) return codingReply;
  const target = found(turn, head);
  if (typeof target === 'string') return errorReply(target);
  if (target.kind !== 'route') return missingReply(target);
  const {route} = target;
  // A request in TLS early data may be a replay, which could do harm here (RFC 8470 §3).
  if (early && (route.notEarly || !isSafe(head.start.method))) return tooEarlyReply;
  if (!route.session) return routeReply(route, head, turn.env.nowUs);
  const {settings, sessions: before} = turn.state;
  const secure = settings.secure !== undefined;
  const access = {rule: route.session, settings: settings.sessions, secure, env: turn.env};
  const {sessions, notes, setCookie, denied} = admit(before, {head, content}, access);
  turn.state = {...turn.state, sessions};
  for (const told of notes) note(turn, told.note, told.because);
  const otherwise = route.session.kind === 'need' ? route.session.otherwise : undefined;
  const reply = denied ? deniedReply(denied, otherwise) : routeReply(route, head, turn.env.nowUs);
  if (setCookie === undefined) return reply;
  return {...reply, fields: [...reply.fields, {name: 'Set-Cookie', value: setCookie}]};
};

type Asked = {
  readonly method: string;
  readonly target: string;
  readonly minor: 0 | 1;
  readonly keep: boolean;
};

export const unreadable: Asked = {method: 'GET', target: '', minor: 1, keep: false};

/** Tells whether an HTTP connection stays open after this reply. */
const goesOn = ({state}: Turn, {served, eof}: Connection, reply: Reply, asked: Asked): boolean =>
  asked.keep &&
  !eof &&
  state.settings.keepAliveUs > 0 &&
  served + 1 < state.settings.maxRequests &&
  !needsClose({reply, method: asked.method, minor: asked.minor});

export const answer = (turn: Turn, id: StreamId, reply: Reply, asked: Asked): void => {
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  const {server} = turn.state.settings;
  const keep = goesOn(turn, connection, reply, asked);
  const {method, minor, target} = asked;
  const sending = {method, minor, keep, nowUs: turn.env.nowUs, ...(server === undefined ? {} : {server})};
  const written = writeResponse({...sending, reply});
  // The reply could not be written, because the lesson gave it a field that no message may contain.
  const failed: Reply = {
    status: 500,
    fields: [],
    content: new Uint8Array(),
    because: '9110:15/answer',
    close: false,
  };
  const sent = written.ok ? written : writeResponse({...sending, reply: failed});
  if (!sent.ok) return;
  const nth = connection.served + 1;
  const status = written.ok ? reply.status : failed.status;
  const {bytes, content} = sent.value;
  note(
    turn,
    {kind: 'response', op: 'started', by: 'server', status, method, target, bytes: content, stream: id, nth},
    reply.because,
  );
  turn.effects.push({
    kind: 'write',
    stream: id,
    data: bytes,
    because: {rule: reply.because, facts: {status}},
  });
  change(turn, id, {served: nth, waiting: connection.waiting.slice(1), phase: 'open'});
  if (!keep) beginClosing(turn, id, '9112:9.6/close');
};

const askedBy = ({head}: Request, keep = keepsConnection(head)): Asked => ({
  method: head.start.method,
  target: head.start.target,
  minor: minorVersion(head.start.version),
  keep,
});

/**
 * Handles a request with `Expect: 100-continue`: if its head has no route, it is answered at once; otherwise the client is told to continue
 * (RFC 9110 §10.1.1).
 */
const beforeContent = (turn: Turn, id: StreamId, request: Request, rest: readonly Waiting[]): void => {
  if (request.continued || !expectsContinue(request.head)) return;
  const target = found(turn, request.head);
  if (typeof target === 'string' || target.kind !== 'route') {
    // After this answer the client may or may not send the content, so the server cannot read further requests and closes.
    answer(turn, id, replyTo(turn, request), askedBy(request, false));
    return;
  }
  const {method, target: path} = request.head.start;
  const nth = (turn.state.connections.get(id)?.served ?? 0) + 1;
  const about = {by: 'server', status: 100, method, target: path, bytes: 0, stream: id, nth} as const;
  const because = '9110:10.1.1/continue';
  note(turn, {kind: 'response', op: 'started', ...about}, because);
  turn.effects.push({kind: 'write', stream: id, data: continueBytes, because});
  change(turn, id, {waiting: [{...request, continued: true}, ...rest]});
};

/** Starts the time that the server takes for a request, if its route has a delay; returns true if the answer has to wait for that. */
const work = (turn: Turn, id: StreamId, request: Request, rest: readonly Waiting[]): boolean => {
  if (request.worked) return false;
  const target = found(turn, request.head);
  const delayUs = typeof target === 'string' || target.kind !== 'route' ? 0 : (target.route.delayUs ?? 0);
  if (delayUs === 0) return false;
  const dueUs = turn.env.nowUs + delayUs;
  turn.effects.push({kind: 'timer', timer: workTimer(id), op: 'arm', dueUs, because: '9110:15/work'});
  change(turn, id, {phase: 'working', waiting: [{...request, worked: true}, ...rest]});
  return true;
};

/** Answers all requests of a connection that can be answered now, in the order in which they arrived (RFC 9112 §9.3.2). */
export const serve = (turn: Turn, id: StreamId): void => {
  for (;;) {
    const connection = turn.state.connections.get(id);
    if (connection?.phase !== 'open') return;
    const [first, ...rest] = connection.waiting;
    if (!first) {
      if (connection.eof) beginClosing(turn, id, '9112:9.6/close');
      else if (!connection.idle) startIdle(turn, id);
      return;
    }
    if (first.kind === 'error') answer(turn, id, errorReply(first.code), unreadable);
    else if (!first.whole) {
      beforeContent(turn, id, first, rest);
      return;
    } else if (work(turn, id, first, rest)) return;
    else answer(turn, id, replyTo(turn, first), askedBy(first));
  }
};
