import type { TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** Notes the duplicate part for the next acknowledgement, which reports it once. */
export declare function noteDuplicate(turn: Turn, segment: TcpSegment): void;
