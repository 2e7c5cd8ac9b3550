// Reads and changes the facts that programs remember of the connections they use.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {changeHost, type Draft, hostOf} from './draft.ts';
import type {Program} from './world.ts';

const noBytes: Program = {sentBytes: 0, receivedBytes: 0};

export const programOf = (draft: Draft, host: string, connection: ConnectionId): Program =>
  hostOf(draft, host).programs.get(connection) ?? noBytes;

export const changeProgram = (
  draft: Draft,
  host: string,
  connection: ConnectionId,
  change: Partial<Program>,
): void => {
  const program = {...programOf(draft, host, connection), ...change};
  changeHost(draft, host, {programs: hostOf(draft, host).programs.with(connection, program)});
};

export const forgetProgram = (draft: Draft, host: string, connection: ConnectionId): void => {
  changeHost(draft, host, {programs: hostOf(draft, host).programs.without(connection)});
};
