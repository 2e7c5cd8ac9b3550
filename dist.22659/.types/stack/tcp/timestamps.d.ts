import type { TcpOption, TcpSegment } from '../../wire/tcp.ts';
import type { Connection, Timestamps } from './connection.ts';
import type { TcpEnv } from './effect.ts';
export declare const TICK_US = 1000;
type Stamp = Extract<TcpOption, {
    kind: 'timestamps';
}>;
export declare const stampOf: ({ options }: TcpSegment) => Stamp | undefined;
/** What both SYNs agree on: `offered` says whether this end's carried the option. */
export declare function agreedTimestamps(syn: TcpSegment, offered: boolean, nowUs: number): Timestamps;
/** A tick is 1 ms; each pair of hosts has a beginning of its own, which tells nothing about the host (RFC 7323 §5.4). */
export declare const clock: ({ nowUs, timestampOffset }: TcpEnv, { local, remote }: Connection) => number;
/** Ticks from `earlier` to `later`, as the clocks go round. */
export declare const elapsed: (later: number, earlier: number) => number;
/** This instant's value and the peer's latest one in every timestamps option of the list. */
export declare function stamped({ env, tcb }: {
    readonly env: TcpEnv;
    readonly tcb: Connection;
}, options: readonly TcpOption[]): readonly TcpOption[];
export {};
