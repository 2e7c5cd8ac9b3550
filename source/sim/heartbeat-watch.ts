// Handles arriving data on connections with a heartbeat: the other end is alive, and each whole request gets an answer.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {type Draft, hostOf, schedule} from './draft.ts';
import {changeProgram, programOf} from './programs.ts';
import type {Heartbeat} from './world.ts';

/**
 * Returns the heartbeat of a connection that this host's program began, or that the program on the connection's port answers; undefined if
 * there is neither.
 */
export const heartbeatOf = (draft: Draft, host: string, connection: ConnectionId): Heartbeat | undefined => {
  const {answers, tcp} = hostOf(draft, host);
  const port = tcp.connections.get(connection)?.local.port;
  return programOf(draft, host, connection).heartbeat ?? (port === undefined ? undefined : answers[port]);
};

export const hearAgain = (draft: Draft, host: string, connection: ConnectionId, limitUs: number): void => {
  changeProgram(draft, host, connection, {heardUs: draft.nowUs});
  schedule(draft, draft.nowUs + limitUs, {kind: 'heartbeat', what: 'silence', host, connection});
};

export const noteHeard = (
  draft: Draft,
  host: string,
  connection: ConnectionId,
  [before, after]: readonly [number, number],
): void => {
  const heartbeat = heartbeatOf(draft, host, connection);
  if (!heartbeat) return;
  const {bytes, limitUs} = heartbeat;
  hearAgain(draft, host, connection, limitUs);
  if (programOf(draft, host, connection).heartbeat) return;
  const requests = Math.floor(after / bytes) - Math.floor(before / bytes);
  for (let n = 0; n < requests; n++)
    schedule(draft, draft.nowUs, {kind: 'heartbeat', what: 'send', host, connection});
};
