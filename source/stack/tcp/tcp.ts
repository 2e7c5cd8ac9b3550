// One host's TCP as a pure machine: (listeners and connections, event) → (the same afterwards, effects) (RFC 9293 §3.10).
import {type Connection, connectionId, type Listener, listenerId} from './connection.ts';
import {watchTimers} from './connection-timers.ts';
import type {CallError, ConnectionId, TcpCall, TcpEffect, TcpEnv, TcpEvent} from './effect.ts';
import {icmpArrives} from './icmp.ts';
import type {RuleId} from './rules.ts';
import {endsOf, segmentArrives} from './segment-arrives.ts';
import {endForReuse, issBeyond, reopens} from './time-wait.ts';
import {timeout} from './timeouts.ts';
import {type Turn, turnOf} from './turn.ts';
import {
  type ActiveOpen,
  callAbort,
  callClose,
  callOnListener,
  callReceive,
  callSend,
  callStatus,
  openActive,
  type PassiveOpen,
} from './user-calls.ts';

export type Tcp = {
  readonly listeners: ReadonlyMap<ConnectionId, Listener>;
  readonly connections: ReadonlyMap<ConnectionId, Connection>;
};

export const emptyTcp: Tcp = {listeners: new Map(), connections: new Map()};

export type TcpStep = {readonly tcp: Tcp; readonly effects: readonly TcpEffect[]};

/** What `event` does at this instant. Values in and out are immutable; what did not change is shared. */
export function tcpStep(tcp: Tcp, event: TcpEvent, env: TcpEnv): TcpStep {
  switch (event.kind) {
    case 'call':
      return event.call.call === 'OPEN' ? open(tcp, event.call, env) : callOn(tcp, event.call, env);
    case 'segment': {
      const {local, remote} = endsOf(event);
      const listener = tcp.listeners.get(listenerId(local));
      const tcb = tcp.connections.get(connectionId(local, remote));
      if (tcb !== undefined && reopens(tcb, event.segment, {env, listening: listener !== undefined})) {
        return reopen(tcp, {tcb, listener, event, env});
      }
      const outcome = segmentArrives(tcb ?? listener, event, env);
      return 'tcb' in outcome ? settle(tcp, outcome) : {tcp, effects: outcome};
    }
    case 'icmp': {
      const tcb = tcp.connections.get(connectionId(event.local, event.remote));
      if (tcb === undefined)
        return {tcp, effects: [{kind: 'discard', because: '1122:4.2.3.9/no-connection'}]};
      const turn = turnOf(tcb, env);
      icmpArrives(turn, event);
      return settle(tcp, turn);
    }
    case 'timeout': {
      const tcb = tcp.connections.get(event.connection);
      if (tcb === undefined) return {tcp, effects: []};
      const turn = turnOf(tcb, env);
      timeout(turn, event.name);
      return settle(tcp, turn);
    }
  }
}

type Reopening = {
  readonly tcb: Connection;
  readonly listener: Listener | undefined;
  readonly event: Extract<TcpEvent, {kind: 'segment'}>;
  readonly env: TcpEnv;
};

/** A SYN to a connection in TIME-WAIT is the first segment of the next one. */
function reopen(tcp: Tcp, {tcb, listener, event, env}: Reopening): TcpStep {
  const ended = settle(tcp, endForReuse(tcb, env));
  const fresh = listener && {
    ...listener,
    iss: issBeyond(listener.iss ?? env.isn(tcb.local, tcb.remote), tcb),
  };
  const outcome = segmentArrives(fresh, event, env);
  const begun = 'tcb' in outcome ? settle(ended.tcp, outcome) : {tcp: ended.tcp, effects: outcome};
  return {tcp: begun.tcp, effects: [...ended.effects, ...begun.effects]};
}

/** Puts the connection of a turn back among the others. */
function settle(tcp: Tcp, turn: Turn): TcpStep {
  if (!turn.gone) watchTimers(turn, tcp.connections.get(turn.tcb.id));
  const {tcb, gone, effects} = turn;
  if (gone ? !tcp.connections.has(tcb.id) : tcp.connections.get(tcb.id) === tcb) return {tcp, effects};
  const connections = new Map<ConnectionId, Connection>(tcp.connections);
  if (gone) connections.delete(tcb.id);
  else connections.set(tcb.id, tcb);
  return {tcp: {...tcp, connections}, effects};
}

const refused = (connection: ConnectionId, result: CallError, because: RuleId): readonly TcpEffect[] => [
  {kind: 'return', connection, result, because},
];

function open(tcp: Tcp, call: ActiveOpen | PassiveOpen, env: TcpEnv): TcpStep {
  if (call.mode === 'passive') return openPassive(tcp, call);
  const id = connectionId(call.local, call.remote);
  if (tcp.connections.has(id)) return {tcp, effects: refused(id, 'EISCONN', '9293:3.10.1/open/exists')};
  return settle(tcp, openActive(call, env));
}

function openPassive(tcp: Tcp, {local, read, iss}: PassiveOpen): TcpStep {
  const id = listenerId(local);
  if (tcp.listeners.has(id)) return {tcp, effects: refused(id, 'EADDRINUSE', '9293:3.10.1/open/exists')};
  const because = '9293:3.10.1/open/passive';
  const listener: Listener = {state: 'LISTEN', id, local, read, iss};
  return {
    tcp: {...tcp, listeners: new Map([...tcp.listeners, [id, listener]])},
    effects: [
      {kind: 'state', connection: id, from: 'CLOSED', to: 'LISTEN', because},
      {kind: 'return', connection: id, result: 'ok', because},
    ],
  };
}

const noConnection = {
  SEND: '9293:3.10.2/send/no-connection',
  RECEIVE: '9293:3.10.3/receive/no-connection',
  CLOSE: '9293:3.10.4/close/no-connection',
  ABORT: '9293:3.10.5/abort/no-connection',
  STATUS: '9293:3.10.6/status/no-connection',
} as const satisfies Record<string, RuleId>;

function callOn(tcp: Tcp, call: Exclude<TcpCall, {call: 'OPEN'}>, env: TcpEnv): TcpStep {
  const listener = tcp.listeners.get(call.connection);
  if (listener !== undefined) return callListener(tcp, listener, call);
  const tcb = tcp.connections.get(call.connection);
  if (tcb === undefined) return {tcp, effects: refused(call.connection, 'ENOTCONN', noConnection[call.call])};
  const turn = turnOf(tcb, env);
  switch (call.call) {
    case 'SEND':
      callSend(turn, call);
      break;
    case 'RECEIVE':
      callReceive(turn, call);
      break;
    case 'CLOSE':
      callClose(turn, call);
      break;
    case 'ABORT':
      callAbort(turn);
      break;
    case 'STATUS':
      callStatus(turn);
      break;
  }
  return settle(tcp, turn);
}

function callListener(tcp: Tcp, listener: Listener, call: TcpCall): TcpStep {
  const {effects, stays} = callOnListener(listener, call);
  if (stays) return {tcp, effects};
  const listeners = new Map(tcp.listeners);
  listeners.delete(listener.id);
  return {tcp: {...tcp, listeners}, effects};
}
