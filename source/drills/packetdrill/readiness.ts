// Computes the events that poll(2) and epoll(7) report for a socket of a script (net/ipv4/tcp.c, tcp_poll).
import {urgentOffset} from '../../stack/tcp/urgent.ts';
import type {CallContext} from './calls.ts';
import {isWritable} from './send-memory.ts';
import {atEnd, connectionOf, type SocketRecord, unreadBytes, waitingForAccept} from './socket.ts';

/** The bits of the events of poll.h, which are the same in sys/epoll.h. */
export const Ready = {
  IN: 0x1,
  PRI: 0x2,
  OUT: 0x4,
  ERR: 0x8,
  HUP: 0x10,
  RDNORM: 0x40,
  RDBAND: 0x80,
  WRNORM: 0x100,
  WRBAND: 0x200,
  RDHUP: 0x2000,
} as const;

const readable = Ready.IN | Ready.RDNORM;
const writable = Ready.OUT | Ready.WRNORM;

/** Tells whether a program has room to write to a socket. If not, this is noted, so that the program is woken once there is room. */
const canWrite = (context: CallContext, socket: SocketRecord): boolean => {
  const connection = connectionOf(context.host.tcp, socket);
  if (connection === undefined) return true;
  const settings = context.settings();
  const free = context.countsMemory
    ? isWritable({socket, connection, settings, limits: context.limits()})
    : socket.sndBufferBytes > connection.sendBuffer.length;
  if (!free) socket.noSpace = true;
  return free;
};

const flowing = (context: CallContext, socket: SocketRecord): number => {
  const {tcp} = context.host;
  const connection = connectionOf(tcp, socket);
  const kept = connection?.urgentByte !== undefined && urgentOffset(connection) === undefined;
  const urgent = connection?.rcvUp === undefined || kept ? 0 : Ready.PRI;
  const inward = unreadBytes(tcp, socket) > 0 || atEnd(tcp, socket) ? readable : 0;
  return inward | (socket.writeShut || canWrite(context, socket) ? writable : 0) | urgent;
};

export const readinessOf = (context: CallContext, socket: SocketRecord): number => {
  const {tcp} = context.host;
  if (socket.role === 'listener') return waitingForAccept(tcp, socket) > 0 ? readable : 0;
  // A socket with TCP_FASTOPEN_CONNECT has no connection before its first write, so it is writable.
  if (socket.deferred) return writable;
  const state = connectionOf(tcp, socket)?.state;
  const closed = socket.over || socket.id === undefined;
  const ended = atEnd(tcp, socket) || (socket.over && socket.error !== undefined);
  const opening = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  return (
    (closed || (ended && socket.writeShut) ? Ready.HUP : 0) |
    (ended ? readable | Ready.RDHUP : 0) |
    (opening ? 0 : flowing(context, socket)) |
    (socket.error === undefined ? 0 : Ready.ERR)
  );
};
