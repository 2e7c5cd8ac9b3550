import { type TcpSegment } from '../../wire/tcp.ts';
import { type Turn } from './turn.ts';
/** How long ago this end sent what the segment echoes, in µs; undefined where it echoes nothing (RFC 7323 §4.1). */
export declare function echoedUs({ env, tcb }: Turn, segment: TcpSegment): number | undefined;
/** RFC 7323 §3.2 and §5.3 R1: false where the segment is dropped. Resets pass. */
export declare function checkTimestamps(turn: Turn, segment: TcpSegment): boolean;
/** RFC 7323 §4.3: TS.Recent follows the segment that begins where the last ACK stood, or before it. */
export declare function noteTimestamp(turn: Turn, segment: TcpSegment): void;
