// The amount that a program may write on Linux before the call waits: memory of packets, not octets (net/core/stream.c, net/ipv4/tcp.c).
import type {Connection} from '../../stack/tcp/connection.ts';
import {has, Tag, windowSegments} from '../../stack/tcp/flight.ts';
import {unsentBytes} from '../../stack/tcp/segmentise.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import type {SocketRecord} from './socket.ts';

/** The limits of sockets without settings of their own, in bytes. */
export type SendLimits = {
  /** tcp_wmem: the initial size, and the one to which it may grow. */
  readonly usualBytes: number;
  readonly mostBytes: number;
  /** tcp_notsent_lowat. */
  readonly unsentBytes: number;
};

export const linuxLimits: SendLimits = {usualBytes: 16_384, mostBytes: 4_194_304, unsentBytes: 0xffff_ffff};

/** Returns the limits with the value of a setting that changes them; unchanged for any other setting. */
export const limitsFrom = (limits: SendLimits, name: string, value: string): SendLimits => {
  if (name === 'net.ipv4.tcp_notsent_lowat') return {...limits, unsentBytes: Number(value)};
  if (name !== 'net.ipv4.tcp_wmem') return limits;
  const [, usualBytes = limits.usualBytes, mostBytes = limits.mostBytes] = value
    .trim()
    .split(/\s+/)
    .map(Number);
  return {...limits, usualBytes, mostBytes};
};

/** The bytes that a packet takes besides its data, as SO_MEMINFO shows on 6.18. */
const PACKET_BYTES = 832;
/** SOCK_MIN_SNDBUF: twice 2048 and the head of a packet. */
const LEAST_BYTES = 4608;
/** net.core.wmem_max of 6.18. */
const MOST_SET_BYTES = 4_194_304;

/** Returns SO_SNDBUF, which Linux doubles. */
export const doubledSndBuf = (bytes: number): number =>
  Math.max(2 * Math.min(bytes, MOST_SET_BYTES), LEAST_BYTES);

/** tcp_sndbuf_expand: twice the segments that cwnd allows in flight, each with its headers in memory of a power of two, and its head. */
const HEADERS_BYTES = 640;
const HEAD_BYTES = 256;

const grownBytes = (connection: Connection): number => {
  const segment = connection.mss + HEADERS_BYTES;
  const whole = 1 << (32 - Math.clz32(segment - 1));
  const segments = Math.max(10, windowSegments(connection), connection.rack.degree + 1);
  return 2 * segments * (whole + HEAD_BYTES);
};

/** Grows the buffer of a connection that has opened, or whose program waits for room. */
export const growSendBuffer = (socket: SocketRecord, connection: Connection, limits: SendLimits): void => {
  if (socket.options.has('SO_SNDBUF')) return;
  const grown = Math.min(grownBytes(connection), limits.mostBytes);
  socket.sndBufferBytes = Math.max(socket.sndBufferBytes, grown);
};

/** Returns how many bytes the writer puts into one packet, as whole segments (tcp_xmit_size_goal). */
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

/** Tells whether a program may begin another packet: the send buffer and the limit of unsent bytes have room. */
export const hasRoom = (asked: Limited): boolean =>
  queuedBytes(asked.connection, asked.settings) < asked.socket.sndBufferBytes &&
  unsentBytes(asked.connection) < lowWater(asked);

/** Tells whether the program is told to write: a third of the buffer is free, and half of what may be unsent. */
export const isWritable = (asked: Limited): boolean => {
  const queued = queuedBytes(asked.connection, asked.settings);
  return (
    asked.socket.sndBufferBytes - queued >= Math.floor(queued / 2) &&
    2 * unsentBytes(asked.connection) < lowWater(asked)
  );
};

/** Returns how many octets still fit into the last packet of the unsent data. */
export const tailRoom = ({socket, connection, settings}: Memory): number => {
  const unsent = unsentBytes(connection);
  if (unsent === 0 || socket.tailEnded) return 0;
  return packetTextBytes(connection, settings) - Math.min(unsent, socket.tailBytes);
};

/** Returns the octets in the last packet after so many more are written. */
export const tailWith = (asked: Memory, taken: number): number => {
  const text = packetTextBytes(asked.connection, asked.settings);
  const before = tailRoom(asked) > 0 ? Math.min(unsentBytes(asked.connection), asked.socket.tailBytes) : 0;
  return before + taken === 0 ? 0 : ((before + taken - 1) % text) + 1;
};

/** Tells whether a program may write so many octets at once although nothing is sent meanwhile. */
export const fitsWhole = (asked: Limited, bytes: number): boolean => {
  const room = Math.max(0, tailRoom(asked));
  if (bytes <= room) return true;
  const text = packetTextBytes(asked.connection, asked.settings);
  // The memory used before the last packet is begun.
  const packets = Math.ceil((bytes - room) / text) - 1;
  const before = room + packets * text;
  return (
    queuedBytes(asked.connection, asked.settings) + before + packets * PACKET_BYTES <
      asked.socket.sndBufferBytes && unsentBytes(asked.connection) + before < lowWater(asked)
  );
};
