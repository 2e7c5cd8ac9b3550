// What the network has kept of a packet comes once more: as it was, or its data on another connection.
import {connectionId} from '../wire/connection-id.ts';
import {emptyRope, type Rope} from '../wire/rope.ts';
import type {Action} from './action.ts';
import {byProgram} from './because.ts';
import {type Draft, emit, schedule} from './draft.ts';
import {ephemeralPort, sourceFor} from './ports.ts';
import {runTcp} from './tcp-layer.ts';
import {addressOf} from './topology.ts';

type Replay = Extract<Action, {call: 'replay'}>;

/** The attacker has a connection of its own: SEND waits for it (RFC 9293 §3.10.2). */
const sendRecorded = (
  draft: Draft,
  host: string,
  {data, to}: {readonly data: Rope; readonly to: NonNullable<Replay['to']>},
): void => {
  const remote = {ip: addressOf(draft.plan.topology, to.host), port: to.port};
  const local = {ip: sourceFor(draft, host, remote.ip), port: ephemeralPort(draft, host)};
  const open = {call: 'OPEN', mode: 'active', local, remote, read: 'auto'} as const;
  const iss = draft.plan.topology.hosts.get(host)?.iss;
  runTcp(draft, host, {kind: 'call', call: {...open, ...(iss === undefined ? {} : {iss})}});
  runTcp(draft, host, {kind: 'call', call: {call: 'SEND', connection: connectionId(local, remote), data}});
};

/** It comes off its first link now; with `to` its data go there from `host`. */
export const replayPacket = (draft: Draft, cause: number, host: string, action: Replay): void => {
  const {flight, data} = draft.world.kept[cause] ?? {};
  const {to} = action;
  const who = to ? host : (flight?.from ?? host);
  emit(draft, {
    kind: 'call',
    host: who,
    call: 'replay',
    action,
    result: flight ? 'ok' : 'ENOENT',
    because: byProgram,
  });
  if (flight && to) sendRecorded(draft, host, {data: data ?? emptyRope, to});
  else if (flight) schedule(draft, draft.nowUs, {kind: 'arrival', flight});
};
