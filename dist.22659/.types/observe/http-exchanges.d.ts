import type { Trace } from '../sim/trace.ts';
import { type HttpMessage } from '../wire/http/message.ts';
import type { Connection, Side } from './connections.ts';
import { type Direction } from './stream-bytes.ts';
export type SeenMessage = HttpMessage & {
    readonly side: Side;
    /** False: the header section has not come to its end, and how long the content is is not known. */
    readonly headWhole: boolean;
};
export type Exchange = {
    readonly connection: Connection;
    /** From 1, on its connection. */
    readonly number: number;
    readonly request: SeenMessage | undefined;
    /** 1xx, which come before the response (RFC 9110 §15.2). */
    readonly interim: readonly SeenMessage[];
    readonly response: SeenMessage | undefined;
};
export type Reading = {
    readonly exchanges: readonly Exchange[];
    readonly directions: readonly [Direction, Direction];
};
/** Up to event `event`, that one included. */
export declare const readingAt: (connection: Connection, event: number) => Reading;
/** The connections on which HTTP is spoken, inside TLS too where that can be opened. */
export declare const httpConnectionsIn: (trace: Trace) => readonly Connection[];
/** All exchanges that have begun by then, connection by connection. */
export declare const exchangesAt: (trace: Trace, event: number) => readonly Exchange[];
