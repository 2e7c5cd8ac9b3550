import type { Connection, ReceiveVariables } from './connection.ts';
import type { TcpSettings } from './settings.ts';
/** The window of a SYN is never scaled, whatever the buffer. */
export declare const initialWindow: (settings: TcpSettings) => number;
/**
 * RCV.WND for the next acknowledgement, in bytes. The right edge never moves left; while unread data wait, and the profile says so,
 * it stays until it can move by a full segment or half the buffer (RFC 9293 §3.8.6.2.2).
 */
export declare function offeredWindow(tcb: Connection, settings: TcpSettings): number;
/** Is the room that a RECEIVE has made worth a segment of its own? */
export declare function isWorthTelling(tcb: Connection, settings: TcpSettings): boolean;
/** Which numbers are taken: those that were offered, or all that the buffer has room for. */
export declare function acceptedNumbers(tcb: Connection, settings: TcpSettings): ReceiveVariables;
/** The window field of a segment with these flags: unscaled on SYN, 0 on RST. */
export declare function windowField(tcb: Connection, flags: number): number;
