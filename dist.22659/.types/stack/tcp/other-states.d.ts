import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
export declare function segmentArrivesInOtherStates(turn: Turn, segment: TcpSegment): void;
