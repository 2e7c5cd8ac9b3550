import { type Tcp } from './connection.ts';
import type { TcpEffect, TcpEnv, TcpEvent } from './effect.ts';
export type { Tcp } from './connection.ts';
export declare const emptyTcp: Tcp;
export type TcpStep = {
    readonly tcp: Tcp;
    readonly effects: readonly TcpEffect[];
};
/** What `event` does at this instant. Values in and out are immutable; what did not change is shared. */
export declare function tcpStep(tcp: Tcp, event: TcpEvent, env: TcpEnv): TcpStep;
