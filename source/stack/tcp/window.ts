// The receive window: what is offered, how the 16-bit field encodes it, what is accepted (RFC 9293 §3.8.6, RFC 7323 §2.2).
import {mostWindow, TcpFlag} from '../../wire/tcp.ts';
import type {Connection, ReceiveVariables} from './connection.ts';
import {segmentBytes} from './options.ts';
import {firstWindow, memoryWindow} from './receive-memory.ts';
import type {TcpSettings} from './settings.ts';

/** Returns the window in a SYN, whose field is never scaled. `timestampBytes` are the bytes that timestamps take of each segment. */
export const initialWindow = (
  {rcvMemoryBytes, rcvBufferBytes, mss}: TcpSettings,
  timestampBytes = 0,
): number =>
  rcvMemoryBytes === 'off'
    ? Math.min(rcvBufferBytes, mostWindow)
    : firstWindow(rcvMemoryBytes, mss - timestampBytes);

/**
 * Returns a window in whole units of the window scale, at most 65,535. It is rounded up, so that the right edge never moves left
 * (RFC 9293 §3.8.6).
 */
const inUnits = (bytes: number, shift: number): number =>
  Math.min(Math.ceil(bytes / (1 << shift)), mostWindow);

/** Returns the size of a connection's receive buffer in bytes, in whole segments if the profile says so. */
function bufferBytes(tcb: Connection, {rcvBufferBytes, rcvBufferWholeSegments}: TcpSettings): number {
  if (!rcvBufferWholeSegments) return rcvBufferBytes;
  const segment = segmentBytes(tcb);
  return Math.ceil(rcvBufferBytes / segment) * segment;
}

const freeBytes = (tcb: Connection, settings: TcpSettings): number =>
  Math.max(0, bufferBytes(tcb, settings) - tcb.receiveBuffer.length);

/**
 * Returns RCV.WND for the next acknowledgment in bytes. The right edge never moves left; while unread data wait, and the profile says so,
 * it stays until it can move by a full segment or half the buffer (RFC 9293 §3.8.6.2.2).
 */
export function offeredWindow(tcb: Connection, settings: TcpSettings): number {
  if (tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED') return tcb.rcv.wnd;
  if (tcb.memory !== undefined) return memoryWindow(tcb, tcb.memory);
  const free = freeBytes(tcb, settings);
  const wnd = inUnits(free, tcb.scale.rcv) * (1 << tcb.scale.rcv);
  const buffer = bufferBytes(tcb, settings);
  const moves =
    settings.windowGrowth === 'every-byte'
      ? free >= Math.min(tcb.mss, buffer / 4)
      : tcb.receiveBuffer.length === 0 || wnd - tcb.rcv.wnd >= Math.min(tcb.mss, buffer / 2);
  const told = moves ? Math.max(wnd, tcb.rcv.wnd) : tcb.rcv.wnd;
  // The offered window is the value in the scaled field, because an edge between two units would move left with the next segment
  // (RFC 7323 §2.4).
  return inUnits(told, tcb.scale.rcv) * (1 << tcb.scale.rcv);
}

const isDoubled = (wnd: number, grows: number, buffer: number): boolean =>
  grows > 0 && grows >= wnd && 2 * wnd <= buffer;

/** Tells whether the room that a RECEIVE has freed is worth a window update of its own. */
export function isWorthTelling(tcb: Connection, settings: TcpSettings): boolean {
  const grows = offeredWindow(tcb, settings) - tcb.rcv.wnd;
  const buffer = bufferBytes(tcb, settings);
  if (settings.windowUpdate === 'doubled') return isDoubled(tcb.rcv.wnd, grows, buffer);
  if (2 * grows >= buffer || (tcb.rcv.wnd === 0 && grows > 0)) return true;
  if (grows < 2 * tcb.mss) return false;
  const almostFull = freeBytes(tcb, settings) <= buffer / 8;
  return settings.windowUpdate === 'two-segments' || almostFull || 4 * grows >= buffer;
}

/**
 * Returns RCV.NXT and the window of sequence numbers that the receiver accepts: those that were offered, or all that the buffer has room
 * for.
 */
export function acceptedNumbers(tcb: Connection, settings: TcpSettings): ReceiveVariables {
  const child = tcb.state === 'SYN-RECEIVED' && tcb.origin === 'passive';
  if (settings.acceptWindow !== 'buffer' || child) return tcb.rcv;
  return {...tcb.rcv, wnd: Math.max(tcb.rcv.wnd, freeBytes(tcb, settings))};
}

/** Returns the window field of a TCP segment with these flags: unscaled with SYN, 0 with RST. */
export function windowField(tcb: Connection, flags: number): number {
  if (flags & TcpFlag.RST) return 0;
  // Each retransmission of a SYN,ACK has the same window, even after data were read early (Fast Open).
  if (flags & TcpFlag.SYN && tcb.early !== undefined) return inUnits(tcb.early.wnd, 0);
  return inUnits(tcb.rcv.wnd, flags & TcpFlag.SYN ? 0 : tcb.scale.rcv);
}
