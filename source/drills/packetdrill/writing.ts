// Carries out write(2) and related calls of packetdrill scripts: how much the send buffer takes, counted in data or, on Linux, in memory of
// packets (send-memory.ts).
import {offsetText} from '../../sim/byte-stream.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {CallError} from '../../stack/tcp/effect.ts';
import {ropeOf} from '../../wire/rope.ts';
import {type CallContext, connect, failed, type Outcome, perform, returned, takeError} from './calls.ts';
import {fitsWhole, hasRoom, isWritable, packetTextBytes, tailRoom, tailWith} from './send-memory.ts';
import {connectionOf, type SocketRecord} from './socket.ts';

/** A write of a script; `more`, `ends` and `dontWait` are the flags MSG_MORE, MSG_EOR and MSG_DONTWAIT, `unreadable` an invalid pointer. */
type Sending = {
  readonly bytes: number;
  readonly unreadable?: boolean;
  readonly more: boolean;
  readonly ends: boolean;
  readonly dontWait?: boolean;
};
type Writing = Sending & {readonly written: number};

/** Writes `bytes` to a socket as write(2) does; if the call blocks, it continues as acknowledgments make room. */
export const write = (context: CallContext, socket: SocketRecord, sending: Sending): Outcome =>
  writeRest(context, socket, {...sending, written: 0});

const waits = ({nonBlocking}: SocketRecord, {dontWait = false}: Sending): boolean =>
  !nonBlocking && !dontWait;

const stopped = ({written}: Writing, errno: string): Outcome =>
  written > 0 ? returned(written) : failed(errno);

const writeRest = (context: CallContext, socket: SocketRecord, writing: Writing): Outcome => {
  if (socket.deferred) {
    socket.deferred = false;
    const {bytes: dataBytes, unreadable = false} = writing;
    return connect(context, socket, {dataBytes, unreadable});
  }
  // After shutdown(), Linux reports a pending reset before EPIPE (sk_stream_error).
  if (socket.writeShut)
    return stopped(writing, (context.profile === 'linux' ? takeError(socket) : undefined) ?? 'EPIPE');
  if (socket.over) return stopped(writing, takeError(socket) ?? 'EPIPE');
  const connection = connectionOf(context.host.tcp, socket);
  if (connection === undefined)
    return stopped(writing, takeError(socket) ?? (context.profile === 'linux' ? 'EPIPE' : 'ENOTCONN'));
  const opening = !socket.connected && connection.early === undefined;
  if (opening && !context.queuesEarly()) {
    if (context.profile === 'freebsd') return stopped(writing, 'ENOTCONN');
    if (!waits(socket, writing)) return failed('EWOULDBLOCK');
    return {kind: 'blocked', retry: () => writeRest(context, socket, writing)};
  }
  if (writing.unreadable === true && writing.bytes > 0) return stopped(writing, 'EFAULT');
  return context.countsMemory
    ? writePackets(context, socket, writing)
    : writeText(context, {socket, connection}, writing);
};

/**
 * Returns the outcome of a write that the send buffer cannot take completely now: it blocks, or returns at once if the socket is
 * non-blocking.
 */
const stuck = (socket: SocketRecord, writing: Writing, retry: (rest: Writing) => Outcome): Outcome => {
  if (!waits(socket, writing)) return stopped(writing, 'EWOULDBLOCK');
  return {kind: 'blocked', retry: () => retry(writing)};
};

/** Gives the next `taken` bytes of a write to TCP, and returns the result of the SEND call. */
const send = (
  context: CallContext,
  connection: Connection,
  writing: Writing,
  taken: number,
): 'ok' | CallError => {
  const whole = writing.written + taken === writing.bytes;
  const more = writing.more || (context.countsMemory && !whole);
  const how = {...(more ? {more} : {}), ...(writing.ends && whole ? {ends: true} : {})};
  const data = ropeOf(offsetText, 0, taken);
  return perform(
    context,
    {call: 'send', bytes: taken},
    {call: 'SEND', connection: connection.id, data, ...how},
  );
};

type Open = {readonly socket: SocketRecord; readonly connection: Connection};

const writeText = (context: CallContext, {socket, connection}: Open, writing: Writing): Outcome => {
  const {bytes, written} = writing;
  const room = Math.max(0, socket.sndBufferBytes - connection.sendBuffer.length);
  const taken = Math.min(room, bytes - written);
  if (taken > 0 || bytes === 0) {
    const result = send(context, connection, writing, taken);
    if (result !== 'ok') return stopped(writing, result);
  }
  const rest = {...writing, written: written + taken};
  if (rest.written === bytes) return returned(bytes);
  return stuck(socket, rest, (again) => writeRest(context, socket, again));
};

/** Writes to a socket on Linux, one packet of the send buffer at a time, because what is sent meanwhile makes room for the next. */
const writePackets = (context: CallContext, socket: SocketRecord, begun: Writing): Outcome => {
  let writing = begun;
  do {
    const connection = connectionOf(context.host.tcp, socket);
    if (connection === undefined) return stopped(writing, takeError(socket) ?? 'EPIPE');
    const asked = {socket, connection, settings: context.settings(), limits: context.limits()};
    const left = writing.bytes - writing.written;
    const room = tailRoom(asked);
    if (left > 0 && room <= 0 && !hasRoom(asked)) return memoryFull(context, socket, writing);
    const next = room > 0 ? room : packetTextBytes(connection, asked.settings);
    const taken = fitsWhole(asked, left) ? left : Math.min(next, left);
    socket.tailBytes = tailWith(asked, taken);
    socket.tailEnded = writing.ends && taken === left;
    const result = send(context, connection, writing, taken);
    if (result !== 'ok') return stopped(writing, result);
    writing = {...writing, written: writing.written + taken};
  } while (writing.written < writing.bytes);
  return returned(writing.bytes);
};

/**
 * Blocks a write on Linux because the send buffer's memory is full, until a third of it is free again and poll() would report it as
 * writable.
 */
const memoryFull = (context: CallContext, socket: SocketRecord, writing: Writing): Outcome => {
  socket.noSpace = true;
  const again = (rest: Writing): Outcome => {
    const connection = connectionOf(context.host.tcp, socket);
    const asked = connection && {socket, connection, settings: context.settings(), limits: context.limits()};
    if (asked !== undefined && !isWritable(asked)) return {kind: 'blocked', retry: () => again(rest)};
    return writeRest(context, socket, rest);
  };
  return stuck(socket, writing, again);
};
