// A program's socket, which outlives its connection until close() where systems have sockets: the results of calls on it (`calls`). They
// were measured on Linux (test/fixtures/kernel-calls.json); the RFC only says that there is no connection (RFC 9293 §3.10).
import type {CallError, ConnectionId, TcpCall, TcpEffect} from '../stack/tcp/effect.ts';
import type {Why} from './because.ts';
import {type Draft, hostOf} from './draft.ts';
import {changeProgram, forgetProgram} from './programs.ts';
import type {SocketRuleId} from './socket-rules.ts';

export type CallResult = {
  readonly result: 'ok' | CallError;
  readonly connection?: ConnectionId;
  /** The rule that gives this result. */
  readonly because?: Why;
};

type Signal = Extract<TcpEffect, {kind: 'signal'}>;
export type SocketCall = Exclude<TcpCall, {call: 'OPEN' | 'ACCEPT'}>;

const hasSockets = ({plan}: Draft, host: string): boolean => plan.settings.get(host)?.calls !== 'rfc';

const answer = (result: CallResult['result'], because: SocketRuleId): CallResult => ({result, because});

/**
 * Returns the result of a call after the connection is over and its error has been reported. With `ends`, a read finds the end of the data.
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

/** Returns the result that a program's socket gives for a call; undefined if TCP has to answer. */
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

/** Returns the result of any call that has no connection. */
export const withoutSocket = (draft: Draft, host: string): CallResult =>
  hasSockets(draft, host) ? answer('EBADF', 'posix:descriptor/none') : {result: 'ENOTCONN'};

/**
 * Marks the signal's connection as the program's socket, if the program gets the connection by this signal. A connection that ended
 * while it waited to be accepted is over from the start.
 */
export const take = (draft: Draft, host: string, {signal, connection}: Signal): void => {
  const {programs, tcp} = hostOf(draft, host);
  const isOwn =
    signal === 'accepted' || (signal === 'connected' && programs.get(connection)?.socket === 'opening');
  if (isOwn)
    changeProgram(draft, host, connection, {socket: tcp.connections.has(connection) ? 'open' : 'over'});
};

/** Takes the socket away from the program after close() or abort(), whether the connection continues or not. */
export const giveBack = (draft: Draft, host: string, connection: ConnectionId): void => {
  if (hostOf(draft, host).tcp.connections.has(connection))
    changeProgram(draft, host, connection, {socket: 'closed'});
  else forgetProgram(draft, host, connection);
};

/** Marks the socket after its connection has ended, and forgets what the program knew of the connection. */
export const outlive = (draft: Draft, host: string, connection: ConnectionId): void => {
  const socket = hostOf(draft, host).programs.get(connection)?.socket;
  forgetProgram(draft, host, connection);
  if (!hasSockets(draft, host) || socket === undefined || socket === 'closed') return;
  changeProgram(draft, host, connection, {socket: socket === 'opening' ? 'failed' : 'over'});
};
