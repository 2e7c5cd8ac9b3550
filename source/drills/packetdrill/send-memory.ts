// Computes how much a program in a packetdrill script may write on Linux before the call blocks: Linux counts the memory of packets, not
// octets (net/core/stream.c, net/ipv4/tcp.c).
import type {Connection} from '../../stack/tcp/connection.ts';
import {has, Tag, windowSegments} from '../../stack/tcp/flight.ts';
import {unsentBytes} from '../../stack/tcp/segmentise.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import type {SocketRecord} from './socket.ts';

/** The limits of send buffers in bytes, for sockets without options of their own. */
export type SendLimits = {
  /** The initial send buffer in bytes, from net.ipv4.tcp_wmem; `mostBytes` is the size to which it may grow. */
  readonly usualBytes: number;
  readonly mostBytes: number;
  /** The limit of unsent bytes from net.ipv4.tcp_notsent_lowat; a program may write only below it. */
  readonly unsentBytes: number;
};

export const linuxLimits: SendLimits = {usualBytes: 16_384, mostBytes: 4_194_304, unsentBytes: 0xffff_ffff};

/** Returns the send limits after a sysctl setting; unchanged if it is neither tcp_wmem nor tcp_notsent_lowat. */
export const limitsFrom = (limits: SendLimits, name: string, value: string): SendLimits => {
  if (name === 'net.ipv4.tcp_notsent_lowat') return {...limits, unsentBytes: Number(value)};
  if (name !== 'net.ipv4.tcp_wmem') return limits;
  const [, usualBytes = limits.usualBytes, mostBytes = limits.mostBytes] = value
    .trim()
    .split(/\s+/)
    .map(Number);
  return {...limits, usualBytes, mostBytes};
};

/** The bytes of send memory that a packet takes besides its data, as SO_MEMINFO shows on Linux 6.18. */
const PACKET_BYTES = 832;
/** The smallest send buffer that SO_SNDBUF can set (SOCK_MIN_SNDBUF): twice 2048 and the head of a packet. */
const LEAST_BYTES = 4608;
/** The largest value that SO_SNDBUF takes: net.core.wmem_max of Linux 6.18. */
const MOST_SET_BYTES = 4_194_304;

/** Returns the send buffer in bytes that SO_SNDBUF sets on Linux: twice the value, within its bounds. */
export const doubledSndBuf = (bytes: number): number =>
  Math.max(2 * Math.min(bytes, MOST_SET_BYTES), LEAST_BYTES);

/**
 * The bytes that tcp_sndbuf_expand adds to a segment: its headers, before memory is rounded up to a power of two, and the head of its
 * packet. The buffer grows to twice the segments that cwnd allows.
 */
const HEADERS_BYTES = 640;
const HEAD_BYTES = 256;

const grownBytes = (connection: Connection): number => {
  const segment = connection.mss + HEADERS_BYTES;
  const whole = 1 << (32 - Math.clz32(segment - 1));
  const segments = Math.max(10, windowSegments(connection), connection.rack.degree + 1);
  return 2 * segments * (whole + HEAD_BYTES);
};

/** Lets the send buffer of a connection grow after it has opened, or while its program waits for room, unless SO_SNDBUF has fixed it. */
export const growSendBuffer = (socket: SocketRecord, connection: Connection, limits: SendLimits): void => {
  if (socket.options.has('SO_SNDBUF')) return;
  const grown = Math.min(grownBytes(connection), limits.mostBytes);
  socket.sndBufferBytes = Math.max(socket.sndBufferBytes, grown);
};

/** Returns how many bytes of data one packet in the send buffer takes, in whole segments (tcp_xmit_size_goal). */
export const packetTextBytes = ({mss, snd}: Connection, {push}: TcpSettings): number => {
  if (push !== 'packet') return mss;
  const half = snd.maxWnd > 536 ? Math.floor(snd.maxWnd / 2) : snd.maxWnd;
  const most = 65_536 - 1 - 320;
  return Math.max(mss, Math.floor((half > 0 ? Math.min(most, half) : most) / mss) * mss);
};

/** Returns the send memory in bytes that the unacknowledged and unsent data of a connection take. */
const queuedBytes = (connection: Connection, settings: TcpSettings): number => {
  const {retransmissionQueue: queue, sendBuffer, recordEnds} = connection;
  const sent = queue.slice().filter((entry, index) => index === 0 || !has(entry, Tag.packed)).length;
  const unsent = Math.ceil(unsentBytes(connection) / packetTextBytes(connection, settings));
  return sendBuffer.length + PACKET_BYTES * (sent + unsent + recordEnds.length);
};

type Memory = {
  readonly socket: SocketRecord;
  readonly connection: Connection;
  readonly settings: TcpSettings;
};
type Limited = Memory & {readonly limits: SendLimits};

const lowWater = ({socket, limits}: Limited): number => {
  const own = socket.options.get('TCP_NOTSENT_LOWAT') ?? 0;
  return own > 0 ? own : limits.unsentBytes;
};

/**
 * Tells whether a program on Linux may begin another packet in the send buffer: neither the buffer nor the limit of unsent bytes is
 * reached.
 */
export const hasRoom = (asked: Limited): boolean =>
  queuedBytes(asked.connection, asked.settings) < asked.socket.sndBufferBytes &&
  unsentBytes(asked.connection) < lowWater(asked);

/**
 * Tells whether poll() reports a socket on Linux as writable: a third of the send buffer is free, and less than half of the unsent bytes
 * that are allowed are waiting.
 */
export const isWritable = (asked: Limited): boolean => {
  const queued = queuedBytes(asked.connection, asked.settings);
  return (
    asked.socket.sndBufferBytes - queued >= Math.floor(queued / 2) &&
    2 * unsentBytes(asked.connection) < lowWater(asked)
  );
};

/** Returns how many octets still fit into the last unsent packet of the send buffer; 0 if there is none or a record ended with it. */
export const tailRoom = ({socket, connection, settings}: Memory): number => {
  const unsent = unsentBytes(connection);
  if (unsent === 0 || socket.tailEnded) return 0;
  return packetTextBytes(connection, settings) - Math.min(unsent, socket.tailBytes);
};

/** Returns how many octets the last packet of the send buffer has after a program has written `taken` more. */
export const tailWith = (asked: Memory, taken: number): number => {
  const text = packetTextBytes(asked.connection, asked.settings);
  const before = tailRoom(asked) > 0 ? Math.min(unsentBytes(asked.connection), asked.socket.tailBytes) : 0;
  return before + taken === 0 ? 0 : ((before + taken - 1) % text) + 1;
};

/** Tells whether a program may write `bytes` octets in one call without blocking, even if nothing is sent meanwhile. */
export const fitsWhole = (asked: Limited, bytes: number): boolean => {
  const room = Math.max(0, tailRoom(asked));
  if (bytes <= room) return true;
  const text = packetTextBytes(asked.connection, asked.settings);
  // Memory is checked only when a packet is begun, so the last packet needs no room of its own.
  const packets = Math.ceil((bytes - room) / text) - 1;
  const before = room + packets * text;
  return (
    queuedBytes(asked.connection, asked.settings) + before + packets * PACKET_BYTES <
      asked.socket.sndBufferBytes && unsentBytes(asked.connection) + before < lowWater(asked)
  );
};
