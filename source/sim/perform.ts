// Passes a program's call to its host's TCP, and records the result for the program (RFC 9293 §3.9.1).
import type {ConnectionId, TcpCall} from '../stack/tcp/effect.ts';
import {fromBase64url} from '../wire/base64url.ts';
import {ropeFromBytes, ropeOf} from '../wire/rope.ts';
import type {Action} from './action.ts';
import type {AppCall} from './apps.ts';
import {offsetText} from './byte-stream.ts';
import {changeHost, type Draft, emitCall, hostOf} from './draft.ts';
import {changeProgram, programOf} from './programs.ts';
import {type CallResult, giveBack, socketAnswer, withoutSocket} from './socket.ts';
import {runTcp} from './tcp-layer.ts';

type WorldCall =
  | 'crash'
  | 'reboot'
  | 'spoofSyn'
  | 'forgeAnswer'
  | 'replay'
  | 'setLink'
  | 'heartbeat'
  | 'leakKey';
export type ProgramCall = Exclude<Action, {call: WorldCall | AppCall['call']}>;
export type OnConnection = Exclude<ProgramCall, {call: 'listen' | 'accept' | 'connect'}>;

export const connectionCall = (
  draft: Draft,
  host: string,
  action: OnConnection,
  connection: ConnectionId,
): TcpCall => {
  switch (action.call) {
    case 'send': {
      const {sentBytes} = programOf(draft, host, connection);
      const {bytes, octets = '', urgent = false, more = false} = action;
      const said = fromBase64url(octets);
      const data = said?.length === bytes ? ropeFromBytes(said) : ropeOf(offsetText, sentBytes, bytes);
      return {call: 'SEND', connection, data, urgent, ...(more ? {more} : {})};
    }
    case 'receive':
      return {call: 'RECEIVE', connection, maxBytes: action.bytes, whole: action.whole ?? false};
    case 'shutdown':
      return {call: 'CLOSE', connection, reader: 'stays'};
    case 'close':
      return {call: 'CLOSE', connection, reader: 'gone'};
    case 'abort':
      return {call: 'ABORT', connection};
    case 'status':
      return {call: 'STATUS', connection};
    case 'setOption':
      return {call: 'SET-OPTION', connection, options: action.options};
  }
};

const remember = (
  draft: Draft,
  host: string,
  action: ProgramCall,
  {result, connection}: CallResult,
): void => {
  if (result !== 'ok' || connection === undefined) return;
  if (action.call === 'connect') {
    const {names} = hostOf(draft, host);
    changeHost(draft, host, {
      newest: connection,
      ...(action.as ? {names: names.with(action.as, connection)} : {}),
    });
    changeProgram(draft, host, connection, {
      ...{sentBytes: action.data ?? 0, receivedBytes: 0, socket: 'opening'},
    });
  }
  if (action.call === 'close' || action.call === 'abort') giveBack(draft, host, connection);
  if (action.call === 'send') {
    const {sentBytes} = programOf(draft, host, connection);
    changeProgram(draft, host, connection, {sentBytes: sentBytes + action.bytes});
  }
};

export const perform = (draft: Draft, host: string, action: ProgramCall, call: TcpCall | undefined): void => {
  const announce = (outcome: CallResult): void => {
    emitCall(draft, host, action, outcome);
    remember(draft, host, action, outcome);
  };
  const answer = answered(draft, host, call);
  if (answer) announce(answer);
  else if (call) runTcp(draft, host, {kind: 'call', call}, {announce});
};

/**
 * Answers a call that needs no TCP, because the socket's connection is over or there is no socket; returns undefined if TCP has to
 * answer.
 */
const answered = (draft: Draft, host: string, call: TcpCall | undefined): CallResult | undefined => {
  if (call === undefined) return withoutSocket(draft, host);
  return call.call === 'OPEN' || call.call === 'ACCEPT' ? undefined : socketAnswer(draft, host, call);
};
