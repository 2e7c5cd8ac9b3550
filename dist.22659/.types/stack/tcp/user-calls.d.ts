import { type Listener } from './connection.ts';
import type { TcpCall, TcpEffect, TcpEnv } from './effect.ts';
import { type Turn } from './turn.ts';
type Call<Name extends TcpCall['call']> = Extract<TcpCall, {
    call: Name;
}>;
export type ActiveOpen = Extract<TcpCall, {
    mode: 'active';
}>;
export type PassiveOpen = Extract<TcpCall, {
    mode: 'passive';
}>;
/** §3.10.1, CLOSED → SYN-SENT. Data go along on the SYN as far as the default MSS allows; the peer holds them. */
export declare function openActive(call: ActiveOpen, env: TcpEnv): Turn;
/** §3.10.2. */
export declare function callSend(turn: Turn, { data, urgent, more }: Call<'SEND'>): void;
/** §3.10.3. With nothing to read the call waits; after the peer's FIN it tells end of file. */
export declare function callReceive(turn: Turn, { maxBytes, whole }: Call<'RECEIVE'>): void;
/** §3.10.4: no more data from this end. `reader: 'gone'` is BSD close(). */
export declare function callClose(turn: Turn, { reader }: Call<'CLOSE'>): void;
/** §3.10.5. Before the peer has answered, and after both FINs, there is nobody to reset. */
export declare function callAbort(turn: Turn): void;
/** §3.10.6. */
export declare const callStatus: (turn: Turn) => void;
/** The calls on a listener: only the ones that end it succeed. False: it is gone. */
export declare function callOnListener(listener: Listener, call: TcpCall): {
    effects: readonly TcpEffect[];
    stays: boolean;
};
export {};
