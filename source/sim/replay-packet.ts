// Replays a packet that an attacker recorded: the same packet again, or its data on another connection.
import {connectionId} from '../wire/connection-id.ts';
import {emptyRope, type Rope} from '../wire/rope.ts';
import type {Action} from './action.ts';
import {arrivalOf, type Draft, emitCall, schedule} from './draft.ts';
import {activeOpen} from './ports.ts';
import {runTcp} from './tcp-layer.ts';
import {addressOf} from './topology.ts';

type Replay = Extract<Action, {call: 'replay'}>;

/** Sends the recorded data on the attacker's own connection; SEND waits until it is open (RFC 9293 §3.10.2). */
const sendRecorded = (
  draft: Draft,
  host: string,
  {data, to}: {readonly data: Rope; readonly to: NonNullable<Replay['to']>},
): void => {
  const open = activeOpen(draft, host, {ip: addressOf(draft.plan.topology, to.host), port: to.port});
  runTcp(draft, host, {kind: 'call', call: open});
  const connection = connectionId(open.local, open.remote);
  runTcp(draft, host, {kind: 'call', call: {call: 'SEND', connection, data}});
};

/**
 * Replays the packet kept for this cause: it arrives once more at the end of its first link. With `to`, `host` opens a connection there and
 * sends the packet's data instead.
 */
export const replayPacket = (draft: Draft, cause: number, host: string, action: Replay): void => {
  const {flight, data} = draft.world.kept[cause] ?? {};
  const {to} = action;
  const who = to ? host : (flight?.from ?? host);
  emitCall(draft, who, action, {result: flight ? 'ok' : 'ENOENT'});
  if (flight && to) sendRecorded(draft, host, {data: data ?? emptyRope, to});
  else if (flight) schedule(draft, draft.nowUs, arrivalOf(flight));
};
