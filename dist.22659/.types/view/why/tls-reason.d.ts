import type { Trace, TraceEvent } from '../../sim/trace.ts';
export type TlsReason = {
    /** The message that leaves; absent: data of a program, or an alert. */
    readonly message: string | undefined;
    readonly because: NonNullable<TraceEvent['because']>;
};
/** Of what the same host's TLS handed to TCP just before event `n`, the first message, else the last record. */
export declare const tlsReasonOf: (trace: Trace, n: number) => TlsReason | undefined;
