import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** False: the segment is dropped or the connection is gone. */
export declare function checkAck(turn: Turn, segment: TcpSegment): boolean;
