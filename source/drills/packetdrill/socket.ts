// Sockets as programs use them, between a descriptor and a connection of the stack.

import type {Connection} from '../../stack/tcp/connection.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {readableBytes, urgentOffset} from '../../stack/tcp/urgent.ts';

export type SocketRole = 'idle' | 'listener' | 'connection';

export class SocketRecord {
  role: SocketRole = 'idle';
  /** The listener's or connection's id in the stack, once it has one. */
  id: ConnectionId | undefined;
  localPort: number | undefined;
  nonBlocking = false;
  /** The next value of SO_ERROR. */
  error: string | undefined;
  /** The options of this socket, in the units of setsockopt. */
  readonly options = new Map<string, number>();
  /** TCP_FASTOPEN_KEY, written like the host's setting. */
  fastOpenKeys: string | undefined;
  linger: {readonly on: boolean; readonly seconds: number} = {on: false, seconds: 0};
  /** Connections that wait for accept(), oldest first. */
  readonly backlog: SocketRecord[] = [];
  /** Bytes that the stack has delivered and that are unread. */
  delivered = 0;
  /** Bytes that the stack held for the program after the last step; they outlive the connection. */
  held = 0;
  connected = false;
  /** True if a call has told the program that the socket is connected. */
  told = false;
  /** True if the socket connects with its first data (TCP_FASTOPEN_CONNECT). */
  deferred = false;
  readShut = false;
  writeShut = false;
  /** The last state of the connection, which TCP_INFO still reports when it is over. */
  last: Connection | undefined;
  /** True if the connection existed after the last step. */
  followed = false;
  /** True if the stack has removed the connection. */
  over = false;
  /** True if a program has a descriptor of the socket. */
  open = true;
  /** True if a writer found no room, and no program was told of any since. */
  noSpace = false;
  /** Octets in the packet that the writer fills, and whether a record ends with it. */
  tailBytes = 0;
  tailEnded = false;
  /** The connection's buffers in bytes, or those that it will have. */
  rcvBufferBytes: number;
  sndBufferBytes: number;

  constructor({rcvBufferBytes, sndBufferBytes}: Buffers) {
    this.rcvBufferBytes = rcvBufferBytes;
    this.sndBufferBytes = sndBufferBytes;
  }
}

export type Buffers = Pick<SocketRecord, 'rcvBufferBytes' | 'sndBufferBytes'>;

export const connectionOf = (tcp: Tcp, {id, over}: SocketRecord): Connection | undefined =>
  id === undefined || over ? undefined : tcp.connections.get(id);

/** The bytes that timestamps take of a segment (RFC 7323 appendix A). */
export const timestampBytes = 12;

/** Returns the agreed size of a segment, timestamps included. */
export const wholeSegmentBytes = ({mss, timestampsOn}: Connection): number =>
  mss + (timestampsOn ? timestampBytes : 0);

/** Returns the number of connections that wait for accept(2), in the stack or after it. */
export const waitingForAccept = ({listeners}: Tcp, {id = '', backlog}: SocketRecord): number =>
  backlog.length + (listeners.get(id)?.ready.length ?? 0);

/** Returns how many bytes a read returns at most. */
export const unreadBytes = (tcp: Tcp, socket: SocketRecord): number => {
  const connection = connectionOf(tcp, socket);
  return socket.delivered + (connection === undefined ? 0 : readableBytes(connection));
};

/** Returns what SIOCINQ reports, which leaves out the bytes of the connection if the urgent byte is next (tcp_inq). */
export const queuedBytes = (tcp: Tcp, socket: SocketRecord): number => {
  const connection = connectionOf(tcp, socket);
  const stopped = connection !== undefined && urgentOffset(connection) === 0;
  return stopped ? socket.delivered : unreadBytes(tcp, socket);
};

/** Tells whether the peer has announced that no more data follow. */
export const atEnd = (tcp: Tcp, socket: SocketRecord): boolean => {
  if (socket.readShut || (socket.over && socket.connected)) return true;
  switch (connectionOf(tcp, socket)?.state) {
    case 'CLOSE-WAIT':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return true;
    default:
      return false;
  }
};
