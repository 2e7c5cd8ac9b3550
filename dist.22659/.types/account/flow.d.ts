import type { Trace } from '../sim/trace.ts';
import type { Connection } from '../stack/tcp/connection.ts';
import type { ConnectionId } from '../stack/tcp/effect.ts';
import { type Seq } from '../wire/seq.ts';
/** ssthresh that no loss has set (RFC 5681 §3.1: arbitrarily high). */
export declare const unsetThreshold = 2147483647;
/** Numbers of sequence space count from the sender's ISN; `n` is the event at which something becomes visible. */
export type Sent = {
    readonly packet: number;
    readonly n: number;
    readonly atUs: number;
    readonly from: number;
    readonly to: number;
    readonly again: boolean;
    readonly isData: boolean;
    /** The event at which it died on its way. */
    readonly lostN: number | undefined;
};
/** An acknowledgement where it arrives. */
export type Acked = {
    readonly packet: number;
    readonly n: number;
    readonly atUs: number;
    readonly ack: number;
    readonly sacks: readonly {
        readonly from: number;
        readonly to: number;
    }[];
};
export type Phase = Connection['loss']['phase'];
/** The sender after an instant; windows in bytes. */
export type Sample = {
    readonly n: number;
    readonly atUs: number;
    readonly una: number;
    readonly flight: number;
    /** undefined: a capture does not show it. */
    readonly cwnd: number | undefined;
    /** Of a capture: the window that was told to the sender; undefined where its scale is not known. */
    readonly wnd?: number | undefined;
    /** undefined: no loss has set one yet. */
    readonly ssthresh: number | undefined;
    readonly phase: Phase;
    readonly dupAcks: number;
};
export type Flow = {
    readonly sender: string;
    readonly receiver: string;
    readonly id: ConnectionId;
    readonly peerId: ConnectionId;
    /** Of a capture: the number of the connection. */
    readonly connection: number | undefined;
    readonly iss: Seq;
    /** Of the sender's segments. */
    readonly mss: number;
    readonly sents: readonly Sent[];
    readonly acks: readonly Acked[];
    /** Of a capture those that can be deduced. */
    readonly samples: readonly Sample[];
    /** From the first byte of data to the acknowledgement of the last, and how far sequence numbers and windows go in the whole run. */
    readonly fromUs: number;
    readonly toUs: number;
    readonly mostBytes: number;
    readonly mostWindow: number;
};
/** Does any connection of the run carry data? */
export declare const hasFlow: (trace: Trace) => boolean;
/**
 * Of the connection that a packet belongs to, the direction that carries more data in the whole run; where it carries none, the
 * heaviest direction of all. `packet` 0: none was sent yet.
 */
export declare const flowOf: (trace: Trace, packet: number | undefined) => Flow | undefined;
/** The other direction of a flow, if it carries data as well. */
export declare const counterFlow: (trace: Trace, { peerId }: Flow) => Flow | undefined;
