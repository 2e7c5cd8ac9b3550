// Heartbeats of programs above TCP: a small request at a fixed interval, an answer to each, and a limit of silence after which an end takes
// the other for gone (RFC 6455 §5.5.2 and §5.5.3 are one such protocol).
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {emptyRope} from '../wire/rope.ts';
import type {Action} from './action.ts';
import {changeHost, type Draft, emitCall, hostOf, schedule} from './draft.ts';
import {hearAgain, heartbeatOf} from './heartbeat-watch.ts';
import {connectionCall, type OnConnection, perform} from './perform.ts';
import {changeProgram, programOf} from './programs.ts';
import {type CallResult, socketAnswer, withoutSocket} from './socket.ts';
import type {Pending} from './world.ts';

type Start = Extract<Action, {call: 'heartbeat'}>;

/** Makes the program at the other end of a connection answer heartbeat requests from now on. */
const letAnswer = (
  draft: Draft,
  host: string,
  connection: ConnectionId,
  {everyUs, bytes, limitUs}: Start,
) => {
  const remote = hostOf(draft, host).tcp.connections.get(connection)?.remote;
  const peer = remote && draft.plan.topology.ownerOf.get(remote.ip);
  if (!remote || peer === undefined) return;
  const {answers} = hostOf(draft, peer);
  changeHost(draft, peer, {answers: {...answers, [remote.port]: {everyUs, bytes, limitUs}}});
};

const taken: CallResult = {result: 'ok'};

/** Returns the result of the call that starts a heartbeat if its connection is over or does not exist: the error that send() would give. */
const withoutConnection = (draft: Draft, host: string, connection: ConnectionId | undefined): CallResult =>
  (connection === undefined
    ? undefined
    : socketAnswer(draft, host, {call: 'SEND', connection, data: emptyRope})) ?? withoutSocket(draft, host);

export const startHeartbeat = (
  draft: Draft,
  host: string,
  action: Start,
  connection: ConnectionId | undefined,
): void => {
  const {everyUs, bytes, limitUs} = action;
  const known = connection !== undefined && hostOf(draft, host).tcp.connections.has(connection);
  const outcome = known ? taken : withoutConnection(draft, host, connection);
  emitCall(draft, host, action, {...outcome, ...(connection ? {connection} : {})});
  if (!known) return;
  changeProgram(draft, host, connection, {heartbeat: {everyUs, bytes, limitUs}});
  letAnswer(draft, host, connection, action);
  hearAgain(draft, host, connection, limitUs);
  schedule(draft, draft.nowUs + everyUs, {kind: 'heartbeat', what: 'beat', host, connection});
};

const act = (draft: Draft, host: string, connection: ConnectionId, action: OnConnection): void =>
  perform(draft, host, action, connectionCall(draft, host, action, connection));

/**
 * Handles a heartbeat's timer: sends the request or answer that is due, or aborts the connection if nothing came for `limitUs`. Does
 * nothing if the connection no longer exists.
 */
export const heartbeatDue = (draft: Draft, pending: Extract<Pending, {kind: 'heartbeat'}>): void => {
  const {host, connection, what} = pending;
  const heartbeat = heartbeatOf(draft, host, connection);
  if (!heartbeat || !hostOf(draft, host).tcp.connections.has(connection)) return;
  const {everyUs, bytes, limitUs} = heartbeat;
  if (what === 'silence') {
    const {heardUs} = programOf(draft, host, connection);
    if (heardUs !== undefined && draft.nowUs - heardUs >= limitUs)
      act(draft, host, connection, {call: 'abort'});
    return;
  }
  act(draft, host, connection, {call: 'send', bytes});
  if (what === 'beat') schedule(draft, draft.nowUs + everyUs, pending);
};
