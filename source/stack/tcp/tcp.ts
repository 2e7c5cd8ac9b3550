// The TCP of one host as a pure function: (listeners and connections, event) → (new listeners and connections, effects) (RFC 9293 §3.10).

import {connectionId, listenerId} from '../../wire/connection-id.ts';
import {Table} from '../../wire/table.ts';
import {hasFlag, TcpFlag, type TcpOption} from '../../wire/tcp.ts';
import {refused} from '../refusal.ts';
import {accept} from './accept.ts';
import type {TcpBecause} from './cases.ts';
import type {Connection, Listener, Tcp} from './connection.ts';
import {idleTimeSet, watchTimers} from './connection-timers.ts';
import {childFromCookie, sendCookie} from './cookie-handshake.ts';
import type {ConnectionId, SocketOptions, TcpCall, TcpEffect, TcpEnv, TcpEvent} from './effect.ts';
import {pauseAfter} from './fast-open-pause.ts';
import {earlyQueue} from './fast-open-server.ts';
import {icmpArrives} from './icmp.ts';
import {
  admission,
  dials,
  forgotten,
  halfOpenChildren,
  halfOpenLimit,
  oldestHalfOpen,
  overflows,
  recount,
} from './listen-queue.ts';
import {quickAckSet} from './paced-receiving.ts';
import type {RuleId} from './rules.ts';
import {endsOf, segmentArrives} from './segment-arrives.ts';
import {holdOn} from './segmentise.ts';
import {transmit} from './sender.ts';
import {endForReuse, issBeyond, reopens} from './time-wait.ts';
import {timeout} from './timeouts.ts';
import {leave, send, sendReset, type ToldEffect, type Turn, tell, turnOf, update} from './turn.ts';
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
  returned,
} from './user-calls.ts';

export type {Tcp} from './connection.ts';

export const emptyTcp: Tcp = {listeners: new Map(), connections: Table.empty()};

export type TcpStep = {readonly tcp: Tcp; readonly effects: readonly ToldEffect[]};

/** Handles `event` at this instant. Values in and out are immutable; what did not change is shared. */
export function tcpStep(tcp: Tcp, event: TcpEvent, env: TcpEnv): TcpStep {
  switch (event.kind) {
    case 'call':
      return event.call.call === 'OPEN' ? open(tcp, event.call, env) : callOn(tcp, event.call, env);
    case 'segment':
      return segmentStep(tcp, event, env);
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

type Arrival = Extract<TcpEvent, {kind: 'segment'}>;

const dropped = (tcp: Tcp, because: TcpBecause, connection?: ConnectionId): TcpStep => ({
  tcp,
  effects: [{kind: 'discard', because, ...(connection === undefined ? {} : {connection})}],
});

/** The option kind of the TCP MD5 signature (RFC 2385 §3.0). */
const SIGNATURE = 19;

const isSignature = (option: TcpOption): boolean => option.kind === 'raw' && option.type === SIGNATURE;

function segmentStep(tcp: Tcp, event: Arrival, env: TcpEnv): TcpStep {
  const {segment} = event;
  if (env.settings.dropSynFin && hasFlag(segment, 'SYN') && hasFlag(segment, 'FIN')) {
    return dropped(tcp, 'freebsd:drop_synfin');
  }
  if (env.settings.dropSigned && segment.options.some(isSignature)) return dropped(tcp, '2385:2.0/no-key');
  const {local, remote} = endsOf(event);
  const listener = tcp.listeners.get(listenerId(local));
  const tcb = tcp.connections.get(connectionId(local, remote));
  if (tcb === undefined && listener !== undefined) return listenStep(tcp, listener, {event, env});
  if (tcb !== undefined && reopens(tcb, segment, {env, listening: listener !== undefined})) {
    return reopen(tcp, {tcb, listener, event, env});
  }
  if (tcb !== undefined && overflows(listener, tcb, segment)) return overflow(tcp, tcb, env);
  return began(tcp, segmentArrives(tcb, event, env));
}

const began = (tcp: Tcp, outcome: Turn | readonly TcpEffect[]): TcpStep =>
  'tcb' in outcome ? settle(tcp, outcome) : {tcp, effects: outcome};

type ToListener = {readonly event: Arrival; readonly env: TcpEnv};

/** Handles a segment at a listener: SYNs as its queues allow, and ACKs that bring a cookie back. */
function listenStep(tcp: Tcp, listener: Listener, {event, env}: ToListener): TcpStep {
  switch (dials(event.segment, env.settings) ? admission(listener, env.settings) : 'queue') {
    case 'syn-queue-full':
      return dropped(tcp, refused('linux:syn-queue/full', 'queue'), listener.id);
    case 'accept-queue-full':
      return dropped(tcp, refused('linux:accept-queue/syn', 'acceptQueue'), listener.id);
    case 'cookie':
      return {
        tcp: withListener(tcp, {...listener, cookieUs: env.nowUs}),
        effects: sendCookie(listener, event, env),
      };
    case 'recycle':
      return recycle(tcp, listener, {event, env});
    case 'queue': {
      const child = childFromCookie(listener, event, env);
      return child === undefined
        ? began(tcp, segmentArrives(listener, event, env))
        : completeCookie(tcp, {child, listener, event, env});
    }
  }
}

/** Replaces the oldest half-open connection; a real client of it has to dial again (RFC 4987 §3.4). */
function recycle(tcp: Tcp, listener: Listener, {event, env}: ToListener): TcpStep {
  const oldest = oldestHalfOpen(tcp, listener);
  if (oldest === undefined) return dropped(tcp, refused('linux:syn-queue/full', 'queue'), listener.id);
  const turn = turnOf(oldest, env);
  leave(turn, 'LISTEN', forgotten('4987:3.4/recycle/oldest', 'room'));
  const ended = settle(tcp, turn);
  const begun = began(ended.tcp, segmentArrives(listener, event, env));
  return {tcp: begun.tcp, effects: [...ended.effects, ...begun.effects]};
}

const acceptQueueFull = refused('linux:accept-queue/full', 'acceptQueue');

type Completing = ToListener & {readonly child: Connection; readonly listener: Listener};

function completeCookie(tcp: Tcp, {child, listener, event, env}: Completing): TcpStep {
  if (overflows(listener, child, event.segment)) return dropped(tcp, acceptQueueFull, listener.id);
  const because = '4987:3.6/cookie/complete';
  const {id: connection} = child;
  const step = began(tcp, segmentArrives(child, event, env));
  const begins: TcpEffect = {kind: 'state', connection, from: 'LISTEN', to: 'SYN-RECEIVED', because};
  return {tcp: step.tcp, effects: [begins, ...step.effects]};
}

/** Handles a complete handshake for whose connection the accept queue has no room. */
function overflow(tcp: Tcp, tcb: Connection, env: TcpEnv): TcpStep {
  if (env.settings.acceptOverflow === 'ignore') return dropped(tcp, acceptQueueFull, tcb.id);
  const turn = turnOf(tcb, env);
  const because = forgotten('linux:accept-queue/reset', 'full');
  // Linux resets with the fields of the ACK that overflowed the accept queue: SEQ=SEG.ACK, without ACK (tcp_check_req).
  send(turn, {seq: turn.tcb.snd.nxt, flags: TcpFlag.RST, because});
  leave(turn, 'LISTEN', because);
  return settle(tcp, turn);
}

type Reopening = ToListener & {readonly tcb: Connection; readonly listener: Listener | undefined};

/** Ends a connection in TIME-WAIT and handles the SYN with the same addresses and ports, which begins the next one. */
function reopen(tcp: Tcp, {tcb, listener, event, env}: Reopening): TcpStep {
  const ended = settle(tcp, endForReuse(tcb, env));
  const fresh = listener && {
    ...listener,
    iss: issBeyond(listener.iss ?? env.isn(tcb.local, tcb.remote), tcb),
  };
  const begun =
    fresh === undefined
      ? began(ended.tcp, segmentArrives(undefined, event, env))
      : listenStep(ended.tcp, fresh, {event, env});
  return {tcp: begun.tcp, effects: [...ended.effects, ...begun.effects]};
}

/** Reports when a rule such as Nagle's begins to keep a connection's data back, and when it stops. */
function watchHold(turn: Turn): void {
  const {tcb, gone, env} = turn;
  const {held, id: connection} = tcb;
  const because = gone ? undefined : holdOn(tcb, env.settings);
  if (held?.because === because) return;
  if (held) tell(turn, {kind: 'held', op: 'end', connection, because: held.because});
  update(turn, {held: because && {because, sinceUs: env.nowUs}});
  if (because) tell(turn, {kind: 'held', op: 'begin', connection, because});
}

/** Puts the connection of a turn back among the others. */
function settle(tcp: Tcp, turn: Turn): TcpStep {
  const step = settled(tcp, turn);
  const {heardPeer} = turn;
  const fastOpenPause = pauseAfter(tcp, turn);
  if (heardPeer === undefined && fastOpenPause === tcp.fastOpenPause) return step;
  const {fastOpenPause: _, ...rest} = step.tcp;
  const peers = new Map(rest.fastOpenPeers);
  if (heardPeer !== undefined) peers.set(turn.tcb.remote.ip, heardPeer);
  return {
    ...step,
    tcp: {...rest, fastOpenPeers: peers, ...(fastOpenPause === undefined ? {} : {fastOpenPause})},
  };
}

function settled(tcp: Tcp, turn: Turn): TcpStep {
  const {id, local} = turn.tcb;
  const before = tcp.connections.get(id);
  if (!turn.gone) watchTimers(turn, before);
  watchHold(turn);
  const {gone, effects} = turn;
  const after = gone ? undefined : turn.tcb;
  if (before === after) return {tcp, effects};
  const connections = after === undefined ? tcp.connections.without(id) : tcp.connections.with(id, after);
  const kept = {...tcp, connections};
  const listener = turn.tcb.origin === 'passive' ? tcp.listeners.get(listenerId(local)) : undefined;
  if (listener === undefined) return {tcp: kept, effects};
  const counted = recount(listener, {before, after, distrusts: turn.distrusts, env: turn.env});
  const queued = counted === listener ? kept : withListener(kept, counted);
  if (counted.accepts === 0 || counted.ready.length === 0) return {tcp: queued, effects};
  const taken = takeReady(queued, counted, turn.env);
  return {tcp: taken.tcp, effects: [...effects, ...taken.effects]};
}

const withListener = (tcp: Tcp, listener: Listener): Tcp => ({
  ...tcp,
  listeners: new Map(tcp.listeners).set(listener.id, listener),
});

/** Takes the oldest complete connection from a listener's accept queue and gives it to the program. */
function takeReady(tcp: Tcp, listener: Listener, env: TcpEnv): TcpStep {
  const [id = '', ...ready] = listener.ready;
  const tcb = tcp.connections.get(id);
  const left = withListener(tcp, {...listener, ready, accepts: Math.max(0, listener.accepts - 1)});
  if (tcb === undefined) return {tcp: left, effects: acceptedDead(id)};
  const turn = turnOf(tcb, env);
  accept(turn, listener);
  return settle(left, turn);
}

/** Returns the effects of ACCEPT for a connection that has ended while it was in the accept queue. */
const acceptedDead = (connection: ConnectionId): readonly TcpEffect[] => [
  {kind: 'signal', connection, signal: 'accepted', because: 'linux:accept/ended'},
];

function callAccept(tcp: Tcp, listener: Listener, env: TcpEnv): TcpStep {
  if (listener.accept === 'auto')
    return {tcp, effects: [returned(listener.id, 'EINVAL', 'linux:accept/invalid')]};
  const [connection] = listener.ready;
  if (connection === undefined) {
    const waiting = withListener(tcp, {...listener, accepts: listener.accepts + 1});
    return {tcp: waiting, effects: [returned(listener.id, 'ok', 'linux:accept/wait')]};
  }
  const {tcp: after, effects} = takeReady(tcp, listener, env);
  return {tcp: after, effects: [returned(connection, 'ok', 'linux:accept/take'), ...effects]};
}

/** The errno, by profile, of a connect() from an address and port to a peer between which a connection exists already. */
const inUse = {rfc: 'EISCONN', linux: 'EADDRNOTAVAIL', bsd: 'EADDRINUSE'} as const;

const exists = (fails: 'exists' | 'listener'): TcpBecause => ({
  rule: '9293:3.10.1/open/exists',
  facts: {fails},
});

function open(tcp: Tcp, call: ActiveOpen | PassiveOpen, env: TcpEnv): TcpStep {
  if (call.mode === 'passive') return openPassive(tcp, call, env);
  const id = connectionId(call.local, call.remote);
  if (tcp.connections.has(id))
    return {tcp, effects: [returned(id, inUse[env.settings.calls], exists('exists'))]};
  return settle(tcp, openActive(call, env, tcp));
}

function openPassive(tcp: Tcp, call: PassiveOpen, {settings}: TcpEnv): TcpStep {
  const {local, read, iss, accept = 'auto'} = call;
  const backlog = Math.min(call.backlog ?? settings.acceptQueue, settings.acceptQueue);
  const id = listenerId(local);
  if (tcp.listeners.has(id)) return {tcp, effects: [returned(id, 'EADDRINUSE', exists('listener'))]};
  const because = '9293:3.10.1/open/passive';
  const empty = {halfOpen: 0, ready: [], accepts: 0, cookieUs: undefined, options: {}};
  const limits = {
    backlog,
    synLimit: halfOpenLimit(backlog, settings),
    fastOpen: earlyQueue(backlog, settings),
  };
  const listener: Listener = {state: 'LISTEN', id, local, read, iss, accept, ...limits, ...empty};
  return {
    tcp: {...tcp, listeners: new Map([...tcp.listeners, [id, listener]])},
    effects: [
      {kind: 'state', connection: id, from: 'CLOSED', to: 'LISTEN', because},
      returned(id, 'ok', because),
    ],
  };
}

const noConnection = {
  SEND: '9293:3.10.2/send/no-connection',
  RECEIVE: '9293:3.10.3/receive/no-connection',
  CLOSE: '9293:3.10.4/close/no-connection',
  ABORT: '9293:3.10.5/abort/no-connection',
  STATUS: '9293:3.10.6/status/no-connection',
  ACCEPT: 'linux:accept/invalid',
  'SET-OPTION': '9293:3.9.1/option/no-connection',
} as const satisfies Record<string, RuleId>;

function callOn(tcp: Tcp, call: Exclude<TcpCall, {call: 'OPEN'}>, env: TcpEnv): TcpStep {
  const listener = tcp.listeners.get(call.connection);
  if (listener !== undefined) return callListener(tcp, listener, {call, env});
  const tcb = tcp.connections.get(call.connection);
  if (tcb === undefined)
    return {tcp, effects: [returned(call.connection, 'ENOTCONN', noConnection[call.call])]};
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
    case 'ACCEPT':
      return {tcp, effects: [returned(tcb.id, 'EINVAL', 'linux:accept/invalid')]};
    case 'SET-OPTION':
      return callSetOption(tcp, {tcb, options: call.options, env});
  }
  return settle(tcp, turn);
}

const optionSet = (connection: ConnectionId): TcpEffect =>
  returned(connection, 'ok', '9293:3.9.1/option/set');

/** Handles SET-OPTION on a connection; the new values already apply to the rest of the same step. */
function callSetOption(
  tcp: Tcp,
  {tcb, options, env}: {tcb: Connection; options: SocketOptions; env: TcpEnv},
): TcpStep {
  const turn = turnOf({...tcb, options: {...tcb.options, ...options}}, env);
  tell(turn, optionSet(tcb.id));
  if (options.keepAliveIdleUs !== undefined) idleTimeSet(turn);
  if (options.quickAck !== undefined) quickAckSet(turn, options.quickAck);
  if (turn.tcb.pace !== undefined && (options.noDelay === true || options.cork === false))
    transmit(turn, '9293:3.10.2/send/segmentise', {corked: false});
  return settle(tcp, turn);
}

function callListener(
  tcp: Tcp,
  listener: Listener,
  {call, env}: {call: Exclude<TcpCall, {call: 'OPEN'}>; env: TcpEnv},
): TcpStep {
  if (call.call === 'ACCEPT') return callAccept(tcp, listener, env);
  if (call.call === 'SET-OPTION') {
    const options = {...listener.options, ...call.options};
    return {tcp: withListener(tcp, {...listener, options}), effects: [optionSet(listener.id)]};
  }
  const {effects, stays} = callOnListener(listener, call);
  if (stays) return {tcp, effects};
  const listeners = new Map(tcp.listeners);
  listeners.delete(listener.id);
  return endChildren({...tcp, listeners}, {listener, effects, env});
}

type Ending = {
  readonly listener: Listener;
  readonly effects: readonly ToldEffect[];
  readonly env: TcpEnv;
};

/** Ends all queued children of a listener that is gone: a complete connection is reset, a half-open one forgotten. */
function endChildren(tcp: Tcp, {listener, effects, env}: Ending): TcpStep {
  let step: TcpStep = {tcp, effects};
  const end = (tcb: Connection, because: TcpBecause, goodbye?: (turn: Turn) => void): void => {
    const turn = turnOf(tcb, env);
    goodbye?.(turn);
    leave(turn, 'CLOSED', because);
    const next = settle(step.tcp, turn);
    step = {tcp: next.tcp, effects: [...step.effects, ...next.effects]};
  };
  for (const tcb of halfOpenChildren(tcp, listener)) end(tcb, 'linux:syn-queue/listener-gone');
  for (const id of listener.ready) {
    const tcb = tcp.connections.get(id);
    const because = 'linux:accept-queue/listener-gone';
    if (tcb !== undefined) end(tcb, because, (turn) => sendReset(turn, because));
  }
  return step;
}
