// An HTTP/1.x server as a program (RFC 9110, RFC 9112): routes of the lesson, persistent connections, answers in order.
import {requestHost} from '../../wire/http/connection.ts';
import {requestParser} from '../../wire/http/parser.ts';
import {type StreamId, stepBy} from '../program.ts';
import type {HttpEvent} from './call.ts';
import {readBytes} from './inbox.ts';
import {timeoutReply} from './reply.ts';
import {answer, beginClosing, serve, unreadable} from './server-answer.ts';
import {
  type Connection,
  change,
  forget,
  httpServerStart,
  lingerTimer,
  note,
  type Request,
  startIdle,
  stopIdle,
  type Turn,
  workTimer,
} from './server-state.ts';

/** The most octets of a request's content that the server keeps; further ones are only counted. Forms are shorter. */
const keptContentBytes = 65_536;

const withBytes = (request: Request, bytes: Uint8Array): Request => {
  const room = Math.max(0, keptContentBytes - request.content.length);
  const kept = new Uint8Array([...request.content, ...bytes.subarray(0, room)]);
  return {...request, content: room > 0 ? kept : request.content, bytes: request.bytes + bytes.length};
};

const received = (turn: Turn, id: StreamId, {head, bytes}: Request, nth: number): void => {
  const {method, target, version} = head.start;
  const host = requestHost(head);
  const about = {method, target, version, host: host.ok ? host.value : '', bytes, stream: id, nth};
  note(turn, {kind: 'request', op: 'received', ...about}, '9110:9.3/request');
};

function onData(turn: Turn, id: StreamId, data: Uint8Array, early: boolean): void {
  const connection = turn.state.connections.get(id);
  if (!connection || connection.phase === 'closing') return;
  const {parser, parts, error} = readBytes(connection.parser, data);
  const waiting = [...connection.waiting];
  const nth = (): number => connection.served + waiting.length;
  for (const part of parts) {
    const last = waiting.at(-1);
    if (part.kind === 'head' && part.head.start.kind === 'request') {
      const {start, fields} = part.head;
      const codings = part.framing.by === 'chunked' && part.framing.codings.length > 0;
      const none = {
        content: new Uint8Array(),
        bytes: 0,
        whole: false,
        continued: false,
        worked: false,
        early,
      };
      waiting.push({kind: 'request', head: {start, fields}, codings, ...none});
    } else if (last?.kind !== 'request') continue;
    else if (part.kind === 'bytes') waiting[waiting.length - 1] = withBytes(last, part.bytes);
    else if (part.kind === 'end') {
      waiting[waiting.length - 1] = {...last, whole: true};
      received(turn, id, last, nth());
    }
  }
  if (error) {
    const last = waiting.at(-1);
    // The rest of this request cannot be read because of the error, so the error is answered in its stead.
    if (last?.kind === 'request' && !last.whole) waiting.pop();
    waiting.push({kind: 'error', code: error.code});
  }
  if (waiting.length > 0) stopIdle(turn, id);
  change(turn, id, {parser, waiting});
  serve(turn, id);
}

function onEnded(turn: Turn, id: StreamId, how: Extract<HttpEvent, {kind: 'ended'}>['how']): void {
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  if (connection.phase === 'closing') {
    const because = {rule: '9112:9.6/linger', case: how === 'eof' ? 'closed' : 'gone'} as const;
    turn.effects.push({kind: 'timer', timer: lingerTimer(id), op: 'cancel', because});
  }
  if (how !== 'eof' || connection.phase === 'closing') {
    if (how === 'eof' || how === 'truncated') turn.effects.push({kind: 'close', stream: id});
    if (connection.phase === 'working')
      turn.effects.push({kind: 'timer', timer: workTimer(id), op: 'cancel', because: '9110:15/work'});
    forget(turn, id);
    return;
  }
  // The client has closed its direction: incomplete requests are dropped, complete ones are answered.
  const waiting = connection.waiting.filter((each) => each.kind === 'error' || each.whole);
  change(turn, id, {eof: true, waiting});
  serve(turn, id);
}

function onTimer(turn: Turn, timer: string): void {
  const [what = '', ...rest] = timer.split(' ');
  const id = rest.join(' ');
  const connection = turn.state.connections.get(id);
  if (!connection) return;
  if (what === 'work') {
    change(turn, id, {phase: 'open'});
    serve(turn, id);
  } else if (what === 'linger') {
    turn.effects.push({kind: 'close', stream: id});
    forget(turn, id);
  } else {
    change(turn, id, {idle: false});
    const {phase, pending} = connection.parser;
    // At an idle timeout, a client whose request has begun to arrive gets a 408 (RFC 9110 §15.5.9); without one the connection just closes.
    if (phase.at !== 'start' || pending.length > 0) answer(turn, id, timeoutReply, unreadable);
    else beginClosing(turn, id, '9112:9.5/idle/close');
  }
}

const fresh: Connection = {
  parser: requestParser(),
  waiting: [],
  served: 0,
  phase: 'open',
  idle: false,
  eof: false,
};

const listen = (turn: Turn): void => {
  const {port, secure} = turn.state.settings;
  const over = secure && {secure: {...secure, alpn: ['http/1.1']}};
  turn.effects.push({kind: 'listen', port, ...over});
};

function dispatch(turn: Turn, event: HttpEvent): void {
  switch (event.kind) {
    case 'start':
      // The server keeps its sessions in memory, so a reboot deletes them.
      turn.state = httpServerStart(turn.state.settings);
      listen(turn);
      return;
    case 'accepted':
      turn.state = {...turn.state, connections: turn.state.connections.with(event.stream, fresh)};
      // The end of an answer must not wait for an ACK, so Nagle's algorithm is off, as in real servers.
      turn.effects.push({kind: 'noDelay', stream: event.stream});
      startIdle(turn, event.stream);
      return;
    case 'data':
      onData(turn, event.stream, event.data, event.early ?? false);
      return;
    case 'ended':
      onEnded(turn, event.stream, event.how);
      return;
    case 'timer':
      onTimer(turn, event.timer);
      return;
    case 'call': {
      const nothing = {bytes: 0, content: new Uint8Array(), exchanges: []};
      turn.effects.push({kind: 'return', token: event.token, answer: {result: 'EINVAL', ...nothing}});
      return;
    }
    case 'connected':
    case 'datagram':
    case 'told':
    case 'unreachable':
      return;
  }
}

export const httpServerStep = stepBy(dispatch);
