import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** The program hears once that urgent data are ahead, and again when the pointer moves on. */
export declare function checkUrgent(turn: Turn, segment: TcpSegment): void;
