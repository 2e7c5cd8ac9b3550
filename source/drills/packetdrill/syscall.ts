// Carries out one system call of a packetdrill script: reads its arguments, makes the call, and compares its results with the script's.
import {nearest} from '../../lesson/nearest.ts';
import {unsentBytes} from '../../stack/tcp/segmentise.ts';
import {
  type Arguments,
  accept,
  type CallContext,
  change,
  close,
  connect,
  connectLater,
  disconnect,
  failed,
  fieldsOf,
  listen,
  missing,
  numberOf,
  type Outcome,
  read,
  returned,
  shutdown,
  takeError,
  unlisted,
  wordsOf,
} from './calls.ts';
import {Epoll} from './epoll.ts';
import {fastOpenErrno, mostEarly, setKeys} from './fast-open-options.ts';
import {fileCalls} from './file-calls.ts';
import {knobValue} from './knobs.ts';
import {pollingCalls} from './polling-calls.ts';
import type {Expression, Syscall} from './script.ts';
import {doubledSndBuf} from './send-memory.ts';
import {atEnd, connectionOf, queuedBytes, type SocketRecord, wholeSegmentBytes} from './socket.ts';
import {changesByOption, socketOption, withSocketOptions} from './socket-options.ts';
import {serverPort} from './sockets.ts';
import {write} from './writing.ts';

type Handler = (context: CallContext, socket: SocketRecord, args: Arguments) => Outcome;

const wordOf = (argument: Expression | undefined): string =>
  argument?.kind === 'word' ? argument.value : '';

/** Returns the file status flags that fcntl(F_GETFL) reports: O_RDWR is 2 everywhere; O_NONBLOCK has a different number on each system. */
const flagsOf = ({nonBlocking}: SocketRecord, linux: boolean): number =>
  2 | (nonBlocking ? (linux ? 0x800 : 0x4) : 0);

const fcntl: Handler = (context, socket, args) => {
  const command = wordOf(args[1]);
  if (command === 'F_GETFL') return returned(flagsOf(socket, context.profile === 'linux'));
  if (command !== 'F_SETFL') return missing('argument', `fcntl ${command}`);
  socket.nonBlocking = wordsOf(args[2]).includes('O_NONBLOCK');
  return returned(0);
};

/** Returns the value of a socket option in a script: the number N in `N` or `[N]`; undefined if the argument is anything else. */
const optionValue = (argument: Expression | undefined): number | undefined => numberOf(unlisted(argument));

/**
 * Returns a socket option's value that a script writes as a word, such as a congestion control: its index in the option's list of words.
 * Undefined for any other value.
 */
const wordValue = (name: string, argument: Expression | undefined): number | undefined => {
  const unit = socketOption(name)?.unit;
  if (argument?.kind !== 'string' || typeof unit !== 'object') return undefined;
  const place = unit.indexOf(argument.value);
  return place < 0 ? undefined : place;
};

const setLinger = (socket: SocketRecord, argument: Expression | undefined): Outcome => {
  const fields = fieldsOf(unlisted(argument));
  if (fields === undefined) return missing('argument', 'SO_LINGER');
  const on = numberOf(fields['onoff'] ?? fields['l_onoff']) ?? 0;
  const seconds = numberOf(fields['linger'] ?? fields['l_linger']) ?? 0;
  socket.linger = {on: on !== 0, seconds};
  return returned(0);
};

/** Socket options that scripts may set without effect, because they change nothing about the segments of this stack. */
const quietOptions = [
  'SO_REUSEADDR',
  'SO_REUSEPORT',
  'SO_DEBUG',
  'SO_PRIORITY',
  'SO_ZEROCOPY',
  'TCP_INQ',
  'IP_MTU_DISCOVER',
  'IP_TOS',
];

/** Socket options that are kept with the socket although they are no settings of the stack; the runner applies them. */
const ownOptions = ['TCP_FASTOPEN_CONNECT', 'TCP_NOTSENT_LOWAT'];

const setsockopt: Handler = (context, socket, args) => {
  const name = wordOf(args[2]);
  if (name === 'SO_LINGER') return setLinger(socket, args[3]);
  if (name === 'TCP_FASTOPEN_KEY') return setKeys(socket, args[3]);
  const value = optionValue(args[3]) ?? wordValue(name, args[3]);
  if (name.startsWith('IP_') && quietOptions.includes(name)) return returned(0);
  if (value === undefined && args[3]?.kind === 'string')
    return missing('socketOption', `${name} ${args[3].value}`);
  if (value === undefined) return missing('argument', `setsockopt ${name}`);
  if (quietOptions.includes(name)) return returned(0);
  if (socketOption(name) === undefined && !ownOptions.includes(name)) return missing('socketOption', name);
  const refused = fastOpenErrno(context, socket, {name, value});
  if (refused !== undefined) return failed(refused);
  socket.options.set(name, value);
  if (name === 'SO_RCVBUF') socket.rcvBufferBytes = value;
  if (name === 'SO_SNDBUF') socket.sndBufferBytes = context.countsMemory ? doubledSndBuf(value) : value;
  change(context, socket, changesByOption(name, value, context.settings()));
  return returned(0);
};

/** The value of TCP_MAXSEG in octets before there is a connection: the segment size that RFC 9293 §3.7.1 assumes for an unknown peer. */
const defaultSegmentBytes = 536;

/** Returns the value of TCP_MAXSEG in octets; Linux subtracts the size of the timestamps option from it, BSD does not. */
const segmentSize = ({host, profile}: CallContext, socket: SocketRecord): number => {
  const connection = connectionOf(host.tcp, socket);
  if (connection === undefined) return socket.options.get('TCP_MAXSEG') ?? defaultSegmentBytes;
  return profile === 'freebsd' ? wholeSegmentBytes(connection) : connection.mss;
};

const ownOption = (context: CallContext, socket: SocketRecord, name: string): number | undefined => {
  if (name === 'SO_RCVBUF' || name === 'SO_SNDBUF') {
    const bytes = name === 'SO_RCVBUF' ? socket.rcvBufferBytes : socket.sndBufferBytes;
    if (name === 'SO_SNDBUF' && context.countsMemory) return bytes;
    // Linux reports twice the SO_RCVBUF or SO_SNDBUF that was set, because it counts its own overhead (socket(7)).
    return context.profile === 'linux' && socket.options.has(name) ? 2 * bytes : bytes;
  }
  if (name === 'SO_REUSEADDR') return 1;
  if (name === 'TCP_NOTSENT_LOWAT') return socket.options.get(name) ?? 0;
  if (name === 'TCP_MAXSEG') return segmentSize(context, socket);
  if (name === 'TCP_FASTOPEN') return mostEarly(context, socket);
  if (name === 'TCP_FASTOPEN_CONNECT') return socket.options.get(name) ?? 0;
  const option = socketOption(name);
  return option && knobValue(withSocketOptions(context.settings(), socket), option);
};

const expectedText = (expression: Expression | undefined): string => {
  if (expression?.kind === 'number') return `${expression.value}`;
  return expression?.kind === 'word' ? expression.value : '…';
};

const compared = (what: string, wanted: Expression | undefined, actual: number | string): Outcome => {
  if (wanted === undefined || wanted.kind === 'wildcard') return returned(0);
  const expected = expectedText(wanted);
  return expected === `${actual}` ? returned(0) : {kind: 'mismatch', what, expected, actual: `${actual}`};
};

/** The size in bytes of the socket options that getsockopt() reads here; all have the type int. */
const intBytes = 4;

const getsockopt: Handler = (context, socket, args) => {
  const name = wordOf(args[2]);
  const wanted = unlisted(args[3]);
  const length = optionValue(args[4]);
  if (length !== undefined && length !== intBytes)
    return {kind: 'mismatch', what: `${name} length`, expected: `${length}`, actual: `${intBytes}`};
  if (name === 'SO_ERROR') return compared(name, wanted, takeError(socket) ?? 0);
  const actual = ownOption(context, socket, name);
  return actual === undefined ? missing('socketOption', name) : compared(name, wanted, actual);
};

const ioctl: Handler = (context, socket, args) => {
  const request = wordOf(args[1]);
  const wanted = unlisted(args[2]);
  const {tcp} = context.host;
  if (request === 'SIOCINQ' || request === 'FIONREAD')
    return compared(request, wanted, queuedBytes(tcp, socket));
  if (request === 'SIOCOUTQ')
    return compared(request, wanted, connectionOf(tcp, socket)?.sendBuffer.length ?? 0);
  if (request === 'SIOCOUTQNSD') {
    const connection = connectionOf(tcp, socket);
    return compared(request, wanted, connection === undefined ? 0 : unsentBytes(connection));
  }
  if (request === 'FIONBIO') {
    socket.nonBlocking = (numberOf(wanted) ?? 0) !== 0;
    return returned(0);
  }
  return missing('argument', `ioctl ${request}`);
};

const sized =
  (call: Handler): Handler =>
  (context, socket, args) =>
    numberOf(args[2]) === undefined ? missing('argument', 'a length') : call(context, socket, args);

const recv: Handler = (context, socket, args) => {
  const flags = wordsOf(args[3]);
  const odd = flags.find((flag) => flag !== 'MSG_PEEK' && flag !== 'MSG_DONTWAIT');
  if (odd !== undefined && odd !== '0') return missing('argument', odd);
  const options = {
    bytes: numberOf(args[2]) ?? 0,
    peek: flags.includes('MSG_PEEK'),
    dontWait: flags.includes('MSG_DONTWAIT'),
  };
  return read(context, socket, options);
};

/** Returns the lengths in an iovec of a script, such as 1000 and 500 in `[{..., 1000}, {..., 500}]`; undefined if it is no list. */
const vectorLengths = (vector: Expression | undefined): readonly number[] | undefined =>
  vector?.kind === 'list' ? vector.items.map((item) => numberOf(fieldsOf(item)?.['0']) ?? 0) : undefined;

const lengthsIn = (message: Expression | undefined): readonly number[] =>
  vectorLengths(fieldsOf(message)?.['msg_iov']) ?? [];

const vectored =
  (call: Handler): Handler =>
  (context, socket, [descriptor = asLength(0), vector]) => {
    const lengths = vectorLengths(vector);
    if (lengths === undefined) return missing('argument', 'iovec');
    const bytes = sumOf(lengths);
    return call(context, socket, [descriptor, asLength(bytes), asLength(bytes), asLength(0)]);
  };

const sumOf = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

const asLength = (bytes: number): Expression => ({kind: 'number', value: bytes});

const sendmsg: Handler = (context, socket, [descriptor = asLength(0), message, flags = asLength(0)]) => {
  const bytes = asLength(sumOf(lengthsIn(message)));
  return sendto(context, socket, [descriptor, bytes, bytes, flags]);
};

/**
 * Returns the number of unread bytes that a script expects recvmsg() to report in the control message TCP_CM_INQ; undefined if it expects
 * none.
 */
const controlData = (message: Expression | undefined): Expression | undefined => {
  const list = fieldsOf(message)?.['msg_control'];
  return list?.kind === 'list' ? fieldsOf(list.items[0])?.['cmsg_data'] : undefined;
};

const recvmsg: Handler = (context, socket, [descriptor = asLength(0), message, flags = asLength(0)]) => {
  const bytes = asLength(sumOf(lengthsIn(message)));
  const outcome = recv(context, socket, [descriptor, bytes, bytes, flags]);
  const wanted = controlData(message);
  if (wanted === undefined || outcome.kind !== 'returned' || outcome.value < 0) return outcome;
  const {tcp} = context.host;
  const told = compared('TCP_CM_INQ', wanted, queuedBytes(tcp, socket) || (atEnd(tcp, socket) ? 1 : 0));
  return told.kind === 'mismatch' ? told : outcome;
};

const sendFlags = ['MSG_DONTWAIT', 'MSG_NOSIGNAL', 'MSG_MORE', 'MSG_EOR', 'MSG_ZEROCOPY'];

const send: Handler = (context, socket, args) => {
  const flags = wordsOf(args[3]);
  const odd = flags.find((flag) => flag !== '0' && !sendFlags.includes(flag));
  if (odd !== undefined) return missing('argument', odd);
  return write(context, socket, {
    bytes: numberOf(args[2]) ?? 0,
    unreadable: isNowhere(args[1]),
    more: flags.includes('MSG_MORE'),
    ends: flags.includes('MSG_EOR'),
    dontWait: flags.includes('MSG_DONTWAIT'),
  });
};

const isNowhere = (pointer: Expression | undefined): boolean => wordOf(pointer) === 'NULL';

/** The number of the flag MSG_FASTOPEN in linux/socket.h. */
const fastOpenFlag = 0x2000_0000;

const sendto: Handler = (context, socket, args) => {
  const flags = wordsOf(args[3]);
  const fast = flags.includes('MSG_FASTOPEN') || numberOf(args[3]) === fastOpenFlag;
  if (!fast) return send(context, socket, args);
  if (wordOf(args[4]) === 'AF_UNSPEC') return failed('EOPNOTSUPP');
  if (socket.connected) {
    const told = connect(context, socket);
    const stands = told.kind === 'returned' && told.value === 0;
    return stands ? send(context, socket, args.with(3, asLength(0))) : told;
  }
  return connect(context, socket, {
    dataBytes: numberOf(args[2]) ?? 0,
    unreadable: isNowhere(args[1]),
    dontWait: flags.includes('MSG_DONTWAIT'),
  });
};

const bind: Handler = (context, socket) => {
  socket.localPort = serverPort;
  context.sockets.newest = socket;
  context.sockets.ports = undefined;
  return returned(0);
};

const handlers: Readonly<Record<string, Handler>> = {
  bind,
  fcntl,
  setsockopt,
  getsockopt,
  ioctl,
  recv: sized(recv),
  read: sized(recv),
  send: sized(send),
  sendto: sized(sendto),
  readv: vectored(recv),
  writev: vectored(send),
  recvfrom: sized(recv),
  sendmsg,
  recvmsg,
  write: sized(send),
  listen: (context, socket, args) => listen(context, socket, numberOf(args[1])),
  connect: (context, socket, args) =>
    wordOf(args[1]) === 'AF_UNSPEC' ? disconnect(context, socket) : connectLater(context, socket),
  accept,
  shutdown: (context, socket, args) => shutdown(context, socket, wordOf(args[1])),
};

const makeSocket = (context: CallContext, args: Arguments): Outcome => {
  const type = wordsOf(args[1]);
  const protocol = args[2];
  if (wordOf(args[0]) === 'AF_INET6') return missing('ipv6', 'AF_INET6');
  const tcp = protocol?.kind === 'wildcard' || numberOf(protocol) === 0 || wordOf(protocol) === 'IPPROTO_TCP';
  if (!type.includes('SOCK_STREAM') || !tcp) return missing('socketType', type.join('|'));
  const settings = context.settings();
  const sndBufferBytes = context.countsMemory ? context.limits().usualBytes : settings.sndBufferBytes;
  const socket = context.sockets.create({...settings, sndBufferBytes});
  socket.nonBlocking = type.includes('SOCK_NONBLOCK');
  return {kind: 'descriptor', socket};
};

const closeDescriptor = (context: CallContext, [argument]: Arguments): Outcome => {
  const descriptor = numberOf(argument) ?? -1;
  if (context.things.delete(descriptor)) return returned(0);
  const socket = context.sockets.get(descriptor);
  if (socket === undefined) return failed('EBADF');
  for (const thing of context.things.values()) if (thing instanceof Epoll) thing.forget(socket);
  const outcome = close(context, socket);
  context.sockets.release(descriptor);
  return outcome;
};

const others = {socket: makeSocket, close: closeDescriptor, ...pollingCalls, ...fileCalls};
const knownCalls = [...new Set(['socket', 'close', ...Object.keys(handlers), ...Object.keys(others)])];

const named = <Call>(calls: Readonly<Record<string, Call>>, name: string): Call | undefined =>
  Object.hasOwn(calls, name) ? calls[name] : undefined;

export const performCall = (context: CallContext, {name, args}: Syscall): Outcome => {
  const other = named(others, name);
  if (other !== undefined) return other(context, args);
  const handler = named(handlers, name);
  if (handler === undefined) {
    const near = nearest(name, knownCalls);
    return missing('call', near === undefined ? name : `${name} (${near}?)`);
  }
  const socket = context.sockets.get(numberOf(args[0]) ?? -1);
  return socket === undefined ? failed('EBADF') : handler(context, socket, args);
};
