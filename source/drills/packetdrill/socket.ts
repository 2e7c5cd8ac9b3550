// The sockets of a packetdrill script, which connect a program's descriptor with a connection of the stack.

import type {Connection} from '../../stack/tcp/connection.ts';
import type {ConnectionId} from '../../stack/tcp/effect.ts';
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {readableBytes, urgentOffset} from '../../stack/tcp/urgent.ts';

export type SocketRole = 'idle' | 'listener' | 'connection';

export class SocketRecord {
  role: SocketRole = 'idle';
  /** The id of the socket's listener or connection in the stack; undefined before listen() or connect(). */
  id: ConnectionId | undefined;
  localPort: number | undefined;
  nonBlocking = false;
  /** The pending error that the next SO_ERROR or call reports; undefined if there is none. */
  error: string | undefined;
  /** The options that were set on this socket, by name, in the units of setsockopt(). */
  readonly options = new Map<string, number>();
  /** The Fast Open keys that TCP_FASTOPEN_KEY has set on this socket, written like those of the sysctl; undefined: the host's keys. */
  fastOpenKeys: string | undefined;
  linger: {readonly on: boolean; readonly seconds: number} = {on: false, seconds: 0};
  /** The connections of a listener that the stack has handed over and that wait for accept(), oldest first. */
  readonly backlog: SocketRecord[] = [];
  /** How many bytes the stack has given to the socket that the program has not read. */
  delivered = 0;
  /**
   * How many bytes the connection's receive buffer held after the last step; the program can still read them when the connection is over.
   */
  held = 0;
  connected = false;
  /** True if a call has told the program that the socket is connected. */
  told = false;
  /** True if connect() has returned, but the SYN leaves only with the first data (TCP_FASTOPEN_CONNECT). */
  deferred = false;
  readShut = false;
  writeShut = false;
  /** The connection as it was last in the stack; TCP_INFO reports it when the connection is over. */
  last: Connection | undefined;
  /** True if the socket's connection existed in the stack after the last step. */
  followed = false;
  /** True if the stack has removed the socket's connection or listener. */
  over = false;
  /** True if a program has a descriptor of the socket. */
  open = true;
  /** True after a write found no room in the send buffer, until the program is told that there is room. */
  noSpace = false;
  /** How many octets the last packet in the send buffer has; `tailEnded` is true if a record ends with it (MSG_EOR). */
  tailBytes = 0;
  tailEnded = false;
  /** The sizes of the socket's receive and send buffer in bytes; a connection gets them when it is made. */
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

/** The bytes that the timestamps option takes of each segment, with padding (RFC 7323 appendix A). */
export const timestampBytes = 12;

/** Returns the size of a connection's full segment in bytes: its data and, if agreed, the timestamps option. */
export const wholeSegmentBytes = ({mss, timestampsOn}: Connection): number =>
  mss + (timestampsOn ? timestampBytes : 0);

/** Returns how many connections of a listener wait for accept(2), both in the stack's queue and in the socket's. */
export const waitingForAccept = ({listeners}: Tcp, {id = '', backlog}: SocketRecord): number =>
  backlog.length + (listeners.get(id)?.ready.length ?? 0);

/** Returns how many bytes a read() of the socket could return now. */
export const unreadBytes = (tcp: Tcp, socket: SocketRecord): number => {
  const connection = connectionOf(tcp, socket);
  return socket.delivered + (connection === undefined ? 0 : readableBytes(connection));
};

/**
 * Returns the unread bytes that SIOCINQ reports for a socket; if the urgent byte is next, those still in the stack are left out (tcp_inq).
 */
export const queuedBytes = (tcp: Tcp, socket: SocketRecord): number => {
  const connection = connectionOf(tcp, socket);
  const stopped = connection !== undefined && urgentOffset(connection) === 0;
  return stopped ? socket.delivered : unreadBytes(tcp, socket);
};

/**
 * Tells whether a read() of the socket finds the end of the data: the peer has sent its FIN, reading was shut down, or the connection is
 * over.
 */
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
