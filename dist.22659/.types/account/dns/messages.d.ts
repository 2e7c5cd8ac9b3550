import type { Trace } from '../../sim/trace.ts';
import type { DnsMessage } from '../../wire/dns/message.ts';
export type SentMessage = {
    /** Of its sending. */
    readonly event: number;
    readonly packet: number;
    readonly from: string;
    readonly to: string;
    /** Source and destination. */
    readonly ports: readonly [number, number];
    readonly message: DnsMessage;
};
export declare const messagesIn: (trace: Trace) => readonly SentMessage[];
