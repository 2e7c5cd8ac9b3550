import type { Connection, Listener } from './connection.ts';
import type { TcpEffect, TcpEnv, TcpEvent } from './effect.ts';
type Arrived = Extract<TcpEvent, {
    kind: 'segment';
}>;
/** The SYN,ACK to a SYN that gets no TCB; it is never repeated. */
export declare function sendCookie(listener: Listener, arrived: Arrived, hostEnv: TcpEnv): readonly TcpEffect[];
/** The connection in SYN-RECEIVED that this ACK completes; undefined if it brings no cookie of this host's. */
export declare function childFromCookie(listener: Listener, arrived: Arrived, env: TcpEnv): Connection | undefined;
export {};
