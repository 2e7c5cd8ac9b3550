import type { TimerName } from './effect.ts';
import { type Turn } from './turn.ts';
/** A time-out of a timer that does not run, or runs longer, is nothing: it was cancelled or armed anew. */
export declare function timeout(turn: Turn, name: TimerName): void;
