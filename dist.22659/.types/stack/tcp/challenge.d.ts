import { type TcpSegment } from '../../wire/tcp.ts';
import type { RuleId } from './rules.ts';
import { type Turn } from './turn.ts';
/** Drops the segment and tells the peer where this end stands, unless it was told so a moment ago. */
export declare function challenge(turn: Turn, because: RuleId): void;
/** As `challenge`; but data never take part in a loop of answers, so they are always answered. */
export declare function answerUnacceptable(turn: Turn, segment: TcpSegment, because: RuleId): void;
