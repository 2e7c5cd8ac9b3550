import type { StreamId } from '../program.ts';
import { type Reply } from './reply.ts';
import type { HttpRuleId } from './rules.ts';
import { type Turn } from './server-state.ts';
/** First only its own direction, so that a client that is still sending gets the answer and no RST (RFC 9112 §9.6). */
export declare const beginClosing: (turn: Turn, id: StreamId, because: HttpRuleId) => void;
type Asked = {
    readonly method: string;
    readonly target: string;
    readonly minor: 0 | 1;
    readonly keep: boolean;
};
export declare const unreadable: Asked;
export declare const answer: (turn: Turn, id: StreamId, reply: Reply, asked: Asked) => void;
/** Answers what can be answered, in the order of the requests (RFC 9112 §9.3.2). */
export declare const serve: (turn: Turn, id: StreamId) => void;
export {};
