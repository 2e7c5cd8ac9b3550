import type { RuleId } from './rules.ts';
import { type Turn } from './turn.ts';
export declare const isKnown: ({ env }: Turn) => boolean;
/** For something in order that has come; `alone`: why one segment is acknowledged. */
export declare function oweAsKnown(turn: Turn, alone: RuleId): void;
/** How long an ACK waits that is not sent at once, in µs. */
export declare const knownWaitUs: (turn: Turn) => number;
