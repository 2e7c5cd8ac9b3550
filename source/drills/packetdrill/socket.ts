// Sockets as programs see them: what lies between a descriptor and a connection of the stack.

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
  /** What SO_ERROR tells next. */
  error: string | undefined;
  /** Set on this socket, in the units of setsockopt. */
  readonly options = new Map<string, number>();
  /** TCP_FASTOPEN_KEY, as the host's setting writes it. */
  fastOpenKeys: string | undefined;
  linger: {readonly on: boolean; readonly seconds: number} = {on: false, seconds: 0};
  /** Connections that wait for accept(), oldest first. */
  readonly backlog: SocketRecord[] = [];
  /** Bytes handed over by the stack and not yet read. */
  delivered = 0;
  /** Bytes that the stack held for the program after the last step; they outlive the connection. */
  held = 0;
  connected = false;
  /** Its program has been told so by a call. */
  told = false;
  /** It connects with the first data (TCP_FASTOPEN_CONNECT). */
  deferred = false;
  readShut = false;
  writeShut = false;
  /** The connection as it was last seen: TCP_INFO still tells of it when it is over. */
  last: Connection | undefined;
  /** It was there after the last step. */
  followed = false;
  /** The stack has let the connection go. */
  over = false;
  /** A program holds a descriptor of it. */
  open = true;
  /** It found no room to write, and has not heard of any since. */
  noSpace = false;
  /** Octets in the packet that the writer fills, and whether a record ends with it. */
  tailBytes = 0;
  tailEnded = false;
  /** The connection's buffers, or those it will have; in bytes. */
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

/** Of a segment's size, those that its timestamps take (RFC 7323 appendix A). */
export const timestampBytes = 12;

/** The agreed size of a segment, timestamps included. */
export const wholeSegmentBytes = ({mss, timestampsOn}: Connection): number =>
  mss + (timestampsOn ? timestampBytes : 0);

/** Connections that wait for accept(2), in the stack or behind it. */
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

/** Has the peer said that nothing more comes? */
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
