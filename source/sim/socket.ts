// The results of a program's calls on a socket after its connection has ended; the socket exists until close(), except with the setting
// `calls: rfc`. They were measured on Linux (test/fixtures/kernel-calls.json); RFC 9293 §3.10 only says that there is no connection.
import type {CallError, ConnectionId, TcpCall, TcpEffect} from '../stack/tcp/effect.ts';
import type {Why} from './because.ts';
import {type Draft, hostOf} from './draft.ts';
import {changeProgram, forgetProgram} from './programs.ts';
import type {SocketRuleId} from './socket-rules.ts';

export type CallResult = {
  readonly result: 'ok' | CallError;
  readonly connection?: ConnectionId;
  /** The rule that explains the result of the call; absent if no rule does. */
  readonly because?: Why;
};

type Signal = Extract<TcpEffect, {kind: 'signal'}>;
export type SocketCall = Exclude<TcpCall, {call: 'OPEN' | 'ACCEPT'}>;

const hasSockets = ({plan}: Draft, host: string): boolean => plan.settings.get(host)?.calls !== 'rfc';

const answer = (result: CallResult['result'], because: SocketRuleId): CallResult => ({result, because});

/**
 * Returns the result of a socket call after the connection is over and its error was reported. If `ends` is true, a read returns the end of
 * the data, otherwise ENOTCONN.
 */
const answerOver = (call: SocketCall, ends: boolean): CallResult => {
  switch (call.call) {
    case 'SEND':
      return answer('EPIPE', 'posix:send/over');
    case 'RECEIVE':
      return ends ? answer('ok', 'posix:receive/end') : answer('ENOTCONN', 'posix:receive/never');
    case 'CLOSE':
      if (call.reader === 'stays') return answer('ENOTCONN', 'posix:shutdown/over');
      return answer('ok', 'posix:socket/left');
    case 'ABORT':
    case 'STATUS':
    case 'SET-OPTION':
      return answer('ok', 'posix:socket/left');
  }
};

/** Returns the result of a call on a socket whose connection is over or that was closed; undefined if TCP has to answer. */
export const socketAnswer = (draft: Draft, host: string, call: SocketCall): CallResult | undefined => {
  const {connection} = call;
  const {programs, tcp} = hostOf(draft, host);
  if (!hasSockets(draft, host) || tcp.listeners.has(connection)) return undefined;
  const socket = programs.get(connection)?.socket;
  const outcome = ((): CallResult | undefined => {
    switch (socket) {
      case 'opening':
      case 'open':
        return undefined;
      case 'failed':
        return answerOver(call, draft.plan.settings.get(host)?.calls === 'bsd');
      case 'over':
        return answerOver(call, true);
      default:
        return answer('EBADF', 'posix:descriptor/none');
    }
  })();
  return outcome && {...outcome, connection};
};

/** Returns the result of a call for which the program has no socket: EBADF, or ENOTCONN on a host without sockets. */
export const withoutSocket = (draft: Draft, host: string): CallResult =>
  hasSockets(draft, host) ? answer('EBADF', 'posix:descriptor/none') : {result: 'ENOTCONN'};

/**
 * Gives the program the socket of a connection that its listener accepted or that it has opened. The socket is over from the start if the
 * connection ended while it waited to be accepted.
 */
export const take = (draft: Draft, host: string, {signal, connection}: Signal): void => {
  const {programs, tcp} = hostOf(draft, host);
  const isOwn =
    signal === 'accepted' || (signal === 'connected' && programs.get(connection)?.socket === 'opening');
  if (isOwn)
    changeProgram(draft, host, connection, {socket: tcp.connections.has(connection) ? 'open' : 'over'});
};

/**
 * Takes the socket from the program after close() or abort(): it is marked as closed while the connection exists, and otherwise forgotten.
 */
export const giveBack = (draft: Draft, host: string, connection: ConnectionId): void => {
  if (hostOf(draft, host).tcp.connections.has(connection))
    changeProgram(draft, host, connection, {socket: 'closed'});
  else forgetProgram(draft, host, connection);
};

/** Marks the socket of a connection that has ended as failed (it never opened) or over, and forgets the program's byte counts. */
export const outlive = (draft: Draft, host: string, connection: ConnectionId): void => {
  const socket = hostOf(draft, host).programs.get(connection)?.socket;
  forgetProgram(draft, host, connection);
  if (!hasSockets(draft, host) || socket === undefined || socket === 'closed') return;
  changeProgram(draft, host, connection, {socket: socket === 'opening' ? 'failed' : 'over'});
};
