import type { Listener } from './connection.ts';
import { type Turn } from './turn.ts';
/** The connection gets its reader; with a RECEIVE always outstanding, what has come meanwhile is handed over. */
export declare function accept(turn: Turn, { read }: Listener): void;
