import { type Rope } from '../../wire/rope.ts';
import type { Seq } from '../../wire/seq.ts';
import { type TcpOption } from '../../wire/tcp.ts';
import type { Connection, ConnectionState } from './connection.ts';
import type { TcpEffect, TcpEnv, TcpSignal, TimerName } from './effect.ts';
import type { RuleId } from './rules.ts';
import type { TcpState } from './states.ts';
export type Turn = {
    readonly env: TcpEnv;
    readonly effects: TcpEffect[];
    tcb: Connection;
    /** The TCB has been deleted in this step. */
    gone: boolean;
    /** An acknowledgement that this step owes, unless a segment carries it first. */
    owed: {
        readonly when: 'now' | 'delayed';
        readonly because: RuleId;
    } | undefined;
    /** The segment at SND.UNA is to be sent again when the step comes to sending. */
    repeat: RuleId | undefined;
    /** How long ago this end sent what the segment at hand echoes (RFC 7323 §4.1). */
    echoedUs: number | undefined;
    /** The packet at hand came with CE in its IP header. */
    marked: boolean;
};
export declare const turnOf: (tcb: Connection, env: TcpEnv) => Turn;
export declare function update(turn: Turn, changes: Partial<Omit<Connection, 'state'>>): void;
export declare function enter(turn: Turn, to: ConnectionState, because: RuleId): void;
/** Deletes the TCB; a child of a listener that never got further goes back to LISTEN (RFC 9293 §3.10.7.4). */
export declare function leave(turn: Turn, to: Extract<TcpState, 'CLOSED' | 'LISTEN'>, because: RuleId): void;
export declare function arm(turn: Turn, name: TimerName, { waitUs, because }: {
    waitUs: number;
    because: RuleId;
}): void;
export declare function cancel(turn: Turn, name: TimerName, because: RuleId): void;
/** A timer that has run out is no longer armed; that needs no effect. */
export declare function expire(turn: Turn, name: TimerName): void;
export declare function signal(turn: Turn, what: TcpSignal, because: RuleId): void;
export declare function discard(turn: Turn, because: RuleId): void;
type Outgoing = {
    readonly seq: Seq;
    readonly flags: number;
    readonly payload?: Rope;
    readonly options?: readonly TcpOption[];
    readonly retransmission?: boolean;
    readonly ecn?: 2;
    readonly because: RuleId;
};
/** Sends a segment. With ACK it carries RCV.NXT and the window, and pays what acknowledgement is owed. */
export declare function send(turn: Turn, out: Outgoing): void;
/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>. */
export declare function sendAck(turn: Turn, because: RuleId): void;
/** <SEQ=SND.NXT><CTL=RST>, with ACK where the profile sets it (RFC 9293 §3.10.5). */
export declare function sendReset(turn: Turn, because: RuleId): void;
/** Notes an acknowledgement to be sent when the step ends; `now` wins over `delayed`. */
export declare function owe(turn: Turn, when: 'now' | 'delayed', because: RuleId): void;
export {};
