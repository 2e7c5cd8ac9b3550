import { type Seq } from '../wire/seq.ts';
import type { Side, Told } from './connections.ts';
import { type Spoken } from './first-octets.ts';
import { type HttpTransaction } from './http-transactions.ts';
import type { OctetStore } from './octet-store.ts';
import { type SeenSegment } from './seen-segment.ts';
/** Octets of TLS that are kept until the secrets are known, over all connections. */
export declare const mostTlsOctets: number;
export type DnsHeard = {
    readonly side: Side;
    readonly bytes: Uint8Array;
    /** The frame that completes it, and its time. */
    readonly frame: number;
    readonly atUs: number;
};
export declare class ApplicationStreams {
    #private;
    /** `isns`: of those ends whose SYN was captured, so that their streams have a beginning. */
    constructor(store: OctetStore, ports: readonly number[], isns: readonly [Seq | undefined, Seq | undefined]);
    /** Something was said where only HTTP is, whether or not it could be read. */
    get expectsHttp(): boolean;
    /** On TLS's port, and neither TLS from its beginning nor text: what readers call continuation data. */
    get unclearTls(): boolean;
    get http(): readonly HttpTransaction[];
    /** Responses were seen, whether or not their requests were. */
    get httpAnswered(): boolean;
    get spoken(): Spoken | undefined;
    /** The DNS messages that the segment completes. */
    take(side: Side, segment: SeenSegment): readonly DnsHeard[];
    /** Nothing comes any more. */
    finish(frame: number): readonly DnsHeard[];
    /** In the order in which they could be read; only of TLS. */
    get told(): readonly Told[];
}
