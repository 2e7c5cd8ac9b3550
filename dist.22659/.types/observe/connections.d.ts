import type { Trace } from '../sim/trace.ts';
import { type Piece } from './reassembly.ts';
/** 0: from the end that opened the connection, or that was seen to speak first; 1: from the other. */
export type Side = 0 | 1;
/** A piece of a stream and the event from which on it can be read. `frame` of the piece is the packet. */
export type Told = {
    readonly side: Side;
    readonly piece: Piece;
    readonly event: number;
};
export type End = {
    readonly host: string;
    readonly port: number;
};
export type Connection = {
    /** From 1, in the order in which they are seen. */
    readonly id: number;
    readonly ends: readonly [End, End];
    /** In the order of events. */
    readonly sent: readonly Told[];
    readonly arrived: readonly Told[];
};
/** What each direction carried, whoever the ends are. */
export type Streams = Pick<Connection, 'sent' | 'arrived'>;
/** Where a packet belongs, and where its data lie in the stream of their direction; `start` is `end` where it has none. */
export type Carried = {
    readonly connection: Connection;
    readonly side: Side;
    readonly start: number;
    readonly end: number;
};
export type Connections = {
    readonly all: readonly Connection[];
    readonly carriedBy: (packet: number) => Carried | undefined;
    /** Packets that were looked at: of a very long trace not all. */
    readonly packetsRead: number;
};
/** Of a run that is over, or of a capture; read once. */
export declare const connectionsIn: (trace: Trace) => Connections;
