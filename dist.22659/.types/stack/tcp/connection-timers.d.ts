import type { Connection } from './connection.ts';
import { type Turn } from './turn.ts';
/** At the end of a step; `before` is the connection as it was, undefined if the step made it. */
export declare function watchTimers(turn: Turn, before: Connection | undefined): void;
/** The attempt has lasted as long as it may. */
export declare function connectTimeout(turn: Turn): void;
export declare const userTimeout: (turn: Turn) => void;
/**
 * Nothing heard for so long? A segment that came meanwhile was no event for the timer: it only waits for what is left then.
 * With data in flight the retransmission timer asks already (RFC 9293 §3.8.4, MUST-24).
 */
export declare function keepAliveTimeout(turn: Turn): void;
