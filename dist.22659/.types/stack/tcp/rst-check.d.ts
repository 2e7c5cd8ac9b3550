import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** False: the segment was a reset; it counts, or it is thrown away. */
export declare function checkRst(turn: Turn, segment: TcpSegment): boolean;
