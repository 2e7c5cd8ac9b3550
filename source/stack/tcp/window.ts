// The receive window: how much is offered, and how the 16-bit field says it (RFC 9293 §3.8.6, RFC 7323 §2.2).
import {TcpFlag} from '../../wire/tcp.ts';
import type {Connection} from './connection.ts';
import type {TcpSettings} from './settings.ts';

const FIELD_MAX = 0xffff;

/** The window of a SYN is never scaled, whatever the buffer. */
export const initialWindow = (settings: TcpSettings): number => Math.min(settings.rcvBufferBytes, FIELD_MAX);

/** Whole units of the scale, rounded up, so that the right edge never moves left (RFC 9293 §3.8.6). */
const inUnits = (bytes: number, shift: number): number =>
  Math.min(Math.ceil(bytes / (1 << shift)), FIELD_MAX);

/**
 * RCV.WND for the next acknowledgement, in bytes. While unread data wait, the right edge stays until it can move by a full
 * segment or half the buffer (RFC 9293 §3.8.6.2.2).
 */
export function offeredWindow(tcb: Connection, settings: TcpSettings): number {
  if (tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED') return tcb.rcv.wnd;
  const freeBytes = Math.max(0, settings.rcvBufferBytes - tcb.receiveBuffer.length);
  const wnd = inUnits(freeBytes, tcb.scale.rcv) * (1 << tcb.scale.rcv);
  const worthwhile = Math.min(settings.mss, settings.rcvBufferBytes / 2);
  const moves = tcb.receiveBuffer.length === 0 || wnd - tcb.rcv.wnd >= worthwhile;
  return moves ? Math.max(wnd, tcb.rcv.wnd) : tcb.rcv.wnd;
}

/** The window field of a segment with these flags: unscaled on SYN, 0 on RST. */
export function windowField(tcb: Connection, flags: number): number {
  if (flags & TcpFlag.RST) return 0;
  return inUnits(tcb.rcv.wnd, flags & TcpFlag.SYN ? 0 : tcb.scale.rcv);
}
