import type { TraceEvent } from '../../sim/trace.ts';
import { type TlsRecord } from '../../wire/tls/record.ts';
/** `name`: of a message as the RFCs write it, `Alert`, `ChangeCipherSpec`, `ApplicationData`; undefined: nobody can tell. */
export type TlsPart = {
    readonly name: string | undefined;
    readonly encrypted: boolean;
    /** Of its first octet in the stream of TCP. */
    readonly offset: number;
};
/** Octets for the program, and where they lie in the stream of TCP. */
export type TlsPlain = {
    readonly bytes: Uint8Array;
    readonly offset: number;
};
type Told = Extract<Extract<TraceEvent, {
    kind: 'tls';
}>['what'], {
    kind: 'record';
}>;
/** What senders have put into their records. */
export declare class ToldRecords {
    #private;
    learn(event: TraceEvent): void;
    about({ fragment }: TlsRecord): Told | undefined;
}
/** Does a stream that begins so carry TLS? */
export declare const beginsTls: (bytes: Uint8Array) => boolean;
export declare class TlsStream {
    #private;
    readonly parts: TlsPart[];
    constructor(told: ToldRecords);
    /** The next octets of the stream, in order; what the program gets of them. */
    feed(bytes: Uint8Array): readonly TlsPlain[];
}
export {};
