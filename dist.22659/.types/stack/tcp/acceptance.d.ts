import { type TcpSegment } from '../../wire/tcp.ts';
import type { ReceiveVariables } from './connection.ts';
import type { Text } from './receiver.ts';
/**
 * The table of §3.4: does any of SEG.SEQ … SEG.SEQ+SEG.LEN−1 lie in the window? An empty segment may also stand on the
 * right edge, where the pure ACKs of a sender that has filled the window stand.
 */
export declare function acceptable({ nxt, wnd }: ReceiveVariables, segment: TcpSegment): boolean;
/** The text and the FIN that lie in the window; what lies outside is cut off. */
export declare function insideWindow({ nxt, wnd }: ReceiveVariables, segment: TcpSegment): Text;
