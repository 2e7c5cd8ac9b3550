import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** Receiver: CWR ends the echo, a mark (CE) begins it. `marked` is what stood in the IP header. */
export declare function noteMark(turn: Turn, segment: TcpSegment, marked: boolean): void;
/** Sender: an echo halves the window, once for all that was in flight (§6.1.2). Says whether the segment carries an echo. */
export declare function heedEcho(turn: Turn, segment: TcpSegment): boolean;
