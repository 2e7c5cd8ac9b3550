// Carries out a packetdrill script's system calls on sockets as calls to the stack (RFC 9293 §3.9.1), with the results that a program gets.

import type {Action} from '../../sim/action.ts';
import {offsetText} from '../../sim/byte-stream.ts';
import {finReceivedBy} from '../../stack/tcp/connection.ts';
import type {CallError, SocketOptions, TcpCall, TcpEffect} from '../../stack/tcp/effect.ts';
import {isClient, mayCarry} from '../../stack/tcp/fast-open.ts';
import {isPaused} from '../../stack/tcp/fast-open-pause.ts';
import type {ProfileName, TcpSettings} from '../../stack/tcp/settings.ts';
import {ropeOf} from '../../wire/rope.ts';
import type {packetdrillUnsupportedSentences} from '../../words/catalogue/drills-packetdrill.ts';
import {isHalfOpen, type StackHost} from './host.ts';
import type {Expression} from './script.ts';
import type {SendLimits} from './send-memory.ts';
import {atEnd, connectionOf, type SocketRecord, unreadBytes, waitingForAccept} from './socket.ts';
import {withSocketOptions} from './socket-options.ts';
import {type Sockets, serverPort} from './sockets.ts';

/** The features that packetdrill scripts ask for and that the stack or the runner lacks; a failure names the feature by it. */
export type Feature = keyof typeof packetdrillUnsupportedSentences;

/**
 * The outcome of a script's system call. `descriptor` and `made` mean that it made a socket, or a file, pipe or epoll instance, to which
 * the script gives a number.
 */
export type Outcome =
  | {readonly kind: 'returned'; readonly value: number; readonly errno?: string}
  | {readonly kind: 'descriptor'; readonly socket: SocketRecord}
  | {readonly kind: 'made'; readonly bind: (descriptor: number) => void}
  | {
      readonly kind: 'blocked';
      readonly retry: () => Outcome;
      /** The time at which a blocking call stops waiting, and its outcome then; absent: it waits without end. */
      readonly ends?: {readonly dueUs: number; readonly outcome: () => Outcome};
    }
  | {readonly kind: 'missing'; readonly feature: Feature; readonly detail: string}
  | {readonly kind: 'mismatch'; readonly what: string; readonly expected: string; readonly actual: string};

export type CallContext = {
  readonly host: StackHost;
  readonly sockets: Sockets;
  readonly settings: () => TcpSettings;
  readonly readMode: () => 'auto' | 'manual';
  /** Whether data that a program sends in SYN-SENT are queued (RFC 9293 §3.10.2), as in lessons; real systems let the program wait. */
  readonly queuesEarly: () => boolean;
  /** The system whose sockets the script's calls use, such as Linux or FreeBSD. */
  readonly profile: ProfileName;
  readonly announce: (action: Action) => void;
  /** Whether a socket's send buffer is measured by the memory of its packets, as in Linux, or by its octets; `limits` gives its size. */
  readonly countsMemory: boolean;
  readonly limits: () => SendLimits;
  /** Maps a descriptor of a script that is no socket to its meaning: a file, an end of a pipe, or an epoll instance. */
  readonly things: Map<number, object>;
};

export const returned = (value: number, errno?: string): Outcome =>
  errno === undefined ? {kind: 'returned', value} : {kind: 'returned', value, errno};

export const failed = (errno: string): Outcome => returned(-1, errno);

export const missing = (feature: Feature, detail: string): Outcome => ({kind: 'missing', feature, detail});

export type Arguments = readonly Expression[];

export const numberOf = (argument: Expression | undefined): number | undefined =>
  argument?.kind === 'number' ? argument.value : undefined;

export const wordsOf = (argument: Expression | undefined): readonly string[] => {
  if (argument?.kind === 'word') return [argument.value];
  return argument?.kind === 'or' ? argument.words : [];
};

/** Returns the first element of an argument that is a list, otherwise the argument itself: N for `[N]` or `N`. */
export const unlisted = (argument: Expression | undefined): Expression | undefined =>
  argument?.kind === 'list' ? argument.items[0] : argument;

export const fieldsOf = (
  argument: Expression | undefined,
): Readonly<Record<string, Expression>> | undefined =>
  argument?.kind === 'struct' ? argument.fields : undefined;

const resultOf = (effects: readonly TcpEffect[]): 'ok' | CallError => {
  const found = effects.find((effect) => effect.kind === 'return');
  return found?.kind === 'return' ? found.result : 'ok';
};

type OnConnection = Exclude<TcpCall, {call: 'OPEN'}>;

export const perform = (context: CallContext, action: Action, call: OnConnection): 'ok' | CallError => {
  context.announce(action);
  return resultOf(context.host.step({kind: 'call', call}));
};

/** Returns the pending error of a socket and clears it, so that only the first caller gets it; undefined if there is none. */
export const takeError = (socket: SocketRecord): string | undefined => {
  const {error} = socket;
  socket.error = undefined;
  return error;
};

export const listen = (context: CallContext, socket: SocketRecord, backlog: number | undefined): Outcome => {
  const {sockets} = context;
  socket.localPort ??= sockets.ephemeralPort();
  const port = socket.localPort;
  socket.role = 'listener';
  sockets.newest = socket;
  sockets.ports = undefined;
  const read = context.readMode();
  context.announce({call: 'listen', port, read});
  const local = {ip: sockets.addresses.local, port};
  const effects = sockets.open(context.host, socket, {
    call: 'OPEN',
    mode: 'passive',
    local,
    read,
    // A program that reads data as soon as they arrive also accepts connections as soon as they are open, as in lessons.
    accept: read,
    ...(backlog === undefined ? {} : {backlog}),
  });
  socket.id = effects.find((effect) => effect.kind === 'return')?.connection;
  const result = resultOf(effects);
  return result === 'ok' ? returned(0) : failed(result);
};

const connectOutcome = (socket: SocketRecord): Outcome => {
  if (socket.connected) {
    socket.told = true;
    return returned(0);
  }
  const error = takeError(socket);
  if (error !== undefined) return failed(error);
  return socket.over ? failed('ECONNABORTED') : {kind: 'blocked', retry: () => connectOutcome(socket)};
};

/**
 * How a script's call opens a connection: the length of the data in the SYN, whether their pointer is invalid, and whether the call returns
 * at once.
 */
type Opening = {
  readonly dataBytes?: number;
  readonly unreadable?: boolean;
  readonly dontWait?: boolean;
};

/**
 * Connects a socket of a script. With sendto() and MSG_FASTOPEN, the SYN carries as much of `dataBytes` as fits. A non-blocking call
 * returns how many bytes the SYN took, or EINPROGRESS.
 */
export const connect = (context: CallContext, socket: SocketRecord, opening: Opening = {}): Outcome => {
  const {dataBytes, unreadable = false, dontWait = false} = opening;
  // On Linux, a program that did not wait for the connection gets 0 from its next connect(), once, after the connection is open.
  if (socket.connected && context.profile === 'linux' && !socket.told) return connectOutcome(socket);
  if (socket.connected) return failed('EISCONN');
  if (socket.role === 'connection') {
    const error = takeError(socket);
    if (error !== undefined) return failed(error);
    return failed(socket.over ? 'ECONNABORTED' : 'EALREADY');
  }
  const {fastOpen} = context.settings();
  if (dataBytes !== undefined && fastOpen !== 'off' && !isClient(context.settings()))
    return failed('EOPNOTSUPP');
  const {sockets} = context;
  socket.localPort ??= sockets.ephemeralPort();
  const ports = {local: socket.localPort, remote: serverPort};
  sockets.ports = ports;
  sockets.newest = socket;
  const read = context.readMode();
  const to = {host: 'remote', port: serverPort};
  const waits = !socket.nonBlocking && !dontWait;
  const fast = dataBytes !== undefined && fastOpen !== 'off';
  const bytes = dataBytes ?? 0;
  context.announce({call: 'connect', to, from: ports.local, read, ...(bytes > 0 ? {data: bytes} : {})});
  const local = {ip: sockets.addresses.local, port: ports.local};
  const remote = {ip: sockets.addresses.remote, port: ports.remote};
  const data = ropeOf(offsetText, 0, unreadable ? 0 : bytes);
  const text = bytes > 0 || fast ? {data, whole: waits, ...(unreadable ? {unreadable} : {})} : {};
  const call = {call: 'OPEN', mode: 'active', local, remote, read, ...text} as const;
  const result = resultOf(sockets.open(context.host, socket, call));
  if (result !== 'ok') return failed(result);
  if (!fast && bytes > 0) return returned(bytes);
  if (waits) return thenReturns(connectOutcome(socket), unreadable ? failed('EFAULT') : returned(bytes));
  const taken = connectionOf(context.host.tcp, socket)?.fastOpen?.dataBytes ?? 0;
  return taken > 0 ? returned(taken) : failed('EINPROGRESS');
};

/** Returns the result of a call that connects and sends: `sent` once connecting has succeeded, otherwise the error of connecting. */
const thenReturns = (outcome: Outcome, sent: Outcome): Outcome => {
  if (outcome.kind === 'blocked') return {kind: 'blocked', retry: () => thenReturns(outcome.retry(), sent)};
  return outcome.kind === 'returned' && outcome.value === 0 ? sent : outcome;
};

/** connect() of a socket with TCP_FASTOPEN_CONNECT: returns 0 and sends the SYN only with the first data, if the SYN may carry data. */
export const connectLater = (context: CallContext, socket: SocketRecord): Outcome => {
  const settings = withSocketOptions(context.settings(), socket);
  const later = socket.options.get('TCP_FASTOPEN_CONNECT') === 1 && isClient(settings);
  if (socket.deferred) return failed('EISCONN');
  if (!later || socket.role !== 'idle') return connect(context, socket);
  const {tcp, nowUs} = context.host;
  const peer = tcp.fastOpenPeers?.get(context.sockets.addresses.remote);
  if (!mayCarry(peer, settings) || isPaused(tcp.fastOpenPause, {nowUs, settings}))
    return connect(context, socket, {dataBytes: 0});
  socket.deferred = true;
  return returned(0);
};

/** connect() to AF_UNSPEC: ends the connection by a reset, after which the socket may be used again (Linux, tcp_disconnect). */
export const disconnect = (context: CallContext, socket: SocketRecord): Outcome => {
  const connection = connectionOf(context.host.tcp, socket)?.id;
  if (connection !== undefined) {
    perform(context, {call: 'abort'}, {call: 'ABORT', connection});
    socket.error = 'ECONNRESET';
  }
  socket.role = 'idle';
  socket.id = undefined;
  socket.over = false;
  socket.deferred = false;
  socket.connected = false;
  return returned(0);
};

export const accept = (context: CallContext, socket: SocketRecord): Outcome => {
  const {host} = context;
  if (socket.id !== undefined && socket.backlog.length === 0 && waitingForAccept(host.tcp, socket) > 0)
    host.step({kind: 'call', call: {call: 'ACCEPT', connection: socket.id}});
  const child = socket.backlog.shift();
  if (child !== undefined) {
    child.open = true;
    child.told = true;
    // A socket from BSD's accept(2) is non-blocking if its listener is; one from Linux's is not.
    child.nonBlocking = context.profile === 'freebsd' && socket.nonBlocking;
    context.sockets.newest = child;
    return {kind: 'descriptor', socket: child};
  }
  if (socket.role !== 'listener') return failed('EINVAL');
  if (socket.nonBlocking) return failed('EWOULDBLOCK');
  return {kind: 'blocked', retry: () => accept(context, socket)};
};

export type ReadOptions = {readonly bytes: number; readonly peek: boolean; readonly dontWait: boolean};

export const read = (context: CallContext, socket: SocketRecord, options: ReadOptions): Outcome => {
  const {host} = context;
  const count = Math.min(options.bytes, unreadBytes(host.tcp, socket));
  if (count > 0) {
    if (!options.peek) take(context, socket, count);
    return returned(count);
  }
  // After the peer's FIN, a read on Linux returns 0 (end of data) even if the connection has failed since (SOCK_DONE).
  if (context.profile === 'linux' && socket.last !== undefined && finReceivedBy(socket.last))
    return returned(0);
  const error = takeError(socket);
  if (error !== undefined) return failed(error);
  if (atEnd(host.tcp, socket)) return returned(0);
  if (socket.role !== 'connection' && !socket.deferred) return failed('ENOTCONN');
  if (socket.over) return returned(0);
  if (socket.nonBlocking || options.dontWait) return failed('EWOULDBLOCK');
  return {kind: 'blocked', retry: () => read(context, socket, options)};
};

const take = (context: CallContext, socket: SocketRecord, count: number): void => {
  const fromStack = count - socket.delivered;
  if (fromStack > 0 && socket.id !== undefined) {
    const connection = socket.id;
    perform(context, {call: 'receive', bytes: fromStack}, {call: 'RECEIVE', connection, maxBytes: fromStack});
  }
  socket.delivered -= count;
};

/** Changes socket options of an open connection from now on; on Linux only. */
export const change = (context: CallContext, socket: SocketRecord, options: SocketOptions): void => {
  const connection = connectionOf(context.host.tcp, socket)?.id;
  if (connection === undefined || context.profile !== 'linux' || Object.keys(options).length === 0) return;
  perform(context, {call: 'setOption', options}, {call: 'SET-OPTION', connection, options});
};

/**
 * Tells whether arriving data are refused: after shutdown() of both directions, Linux refuses them as after close() (tcp_input.c,
 * tcp_rcv_state_process).
 */
const refusesData = ({host, profile}: CallContext, socket: SocketRecord): boolean =>
  profile === 'linux' && socket.readShut && unreadBytes(host.tcp, socket) === 0;

export const shutdown = (context: CallContext, socket: SocketRecord, how: string): Outcome => {
  const connection = socket.id;
  if (socket.role !== 'connection' || socket.over || connection === undefined) return failed('ENOTCONN');
  const sent = socket.writeShut;
  if (how !== 'SHUT_WR') socket.readShut = true;
  if (how !== 'SHUT_RD') socket.writeShut = true;
  const reader = refusesData(context, socket) ? 'gone' : 'stays';
  if (socket.writeShut && (!sent || reader === 'gone'))
    perform(context, {call: 'shutdown'}, {call: 'CLOSE', connection, reader, shuts: true});
  return returned(0);
};

/** Before a listener is closed: resets the connections that nobody has accepted, and forgets those whose handshake is incomplete. */
const closeListener = (context: CallContext, socket: SocketRecord): void => {
  for (const child of socket.backlog)
    if (child.id !== undefined && !child.over)
      perform(context, {call: 'abort'}, {call: 'ABORT', connection: child.id});
  const half = [...context.host.tcp.connections.values()].filter(
    (connection) => isHalfOpen(connection) && connection.local.port === socket.localPort,
  );
  context.host.forget(half.map(({id}) => id));
};

export const close = (context: CallContext, socket: SocketRecord): Outcome => {
  const connection = socket.id;
  if (connection === undefined || socket.over) return returned(0);
  if (socket.role === 'listener') closeListener(context, socket);
  const abort = socket.linger.on && socket.linger.seconds === 0 && socket.role === 'connection';
  if (abort) perform(context, {call: 'abort'}, {call: 'ABORT', connection});
  else perform(context, {call: 'close'}, {call: 'CLOSE', connection, reader: 'gone'});
  if (socket.role === 'listener') socket.over = true;
  return returned(0);
};
