import type { TcpState } from '../stack/tcp/states.ts';
import { type Seq } from '../wire/seq.ts';
import type { Side } from './connections.ts';
import { type SeenSegment } from './seen-segment.ts';
export type Opening = 'complete' | 'refused' | 'unanswered' | 'half-open' | 'simultaneous' | 'not-captured';
export type Closing = 'client-first' | 'server-first' | 'simultaneous' | 'reset-by-client' | 'reset-by-server' | 'half-close-by-client' | 'half-close-by-server' | 'none';
/** undefined: nothing can be deduced. */
export type States = readonly [TcpState | undefined, TcpState | undefined];
export declare class TcpCourse {
    #private;
    get synFrom(): Side | undefined;
    isn(side: Side): Seq | undefined;
    /** When this end first said SYN. */
    openedUs(side: Side): number | undefined;
    /** A late RST has ended TIME-WAIT (RFC 1337). */
    get timeWaitEndedByReset(): boolean;
    /** In which the connection was broken off; 0: it was not. */
    get resetFrame(): number;
    get firstFin(): Side | undefined;
    finFrame(side: Side): number;
    /** Both directions are closed, or the connection is broken off: another SYN begins another one. */
    get over(): boolean;
    take(side: Side, segment: SeenSegment): void;
    /** `client`: the end that counts as it. */
    opening(client: Side): Opening;
    closing(client: Side): Closing;
    /** Of the two ends by their sides, at the last segment that was taken. */
    states(): States;
}
