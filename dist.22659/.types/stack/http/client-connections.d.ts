import type { DnsAnswer } from '../dns/call.ts';
import type { HttpResult } from './call.ts';
import { type Connection, type Exchange, type Group, type Turn } from './client-state.ts';
export declare const continueTimer: (id: string) => string;
export declare const endAll: (turn: Turn, exchanges: readonly Exchange[], result: HttpResult) => void;
export declare const place: (turn: Turn, group: Group) => void;
export declare const onTold: (turn: Turn, token: number, told: DnsAnswer) => void;
/** What waits may go now: a connection is free, or gone. */
export declare const placeWaiting: (turn: Turn) => void;
/** Early data go before there is a connection to speak of; what comes back then is as ever. */
export declare const onConnected: (turn: Turn, id: string) => void;
/** The content that had been held back. */
export declare const sendHeld: (turn: Turn, connection: Connection) => void;
