import { type SeenSegment } from './seen-segment.ts';
import type { SequenceRanges } from './sequence-ranges.ts';
/** One bit each. */
export declare const Mark: {
    /** Something before it has not been captured. */
    readonly lostBefore: 1;
    readonly retransmission: 2;
    readonly fastRetransmission: 4;
    readonly spuriousRetransmission: 8;
    readonly outOfOrder: 16;
    readonly duplicateAck: 32;
    readonly keepAlive: 64;
    readonly keepAliveAck: 128;
    readonly zeroWindow: 256;
    readonly zeroWindowProbe: 512;
    readonly zeroWindowProbeAck: 1024;
    readonly windowUpdate: 2048;
    readonly windowFull: 4096;
    /** It acknowledges what has not been captured. */
    readonly ackedLost: 8192;
    /** No guess, and none of Wireshark's: it repeats sequence numbers that were seen before. */
    readonly resent: 16384;
};
export declare class TcpMarks {
    #private;
    /** From the first SYN to the first ACK behind it; undefined before both have been seen. */
    get initialRoundTripUs(): number | undefined;
    /** `side`: which of the two ends sends; `seenByOther`: the numbers that the other one has sent. In the order of the file. */
    take(side: 0 | 1, segment: SeenSegment, seenByOther: SequenceRanges): number;
}
/** Those that tell of something sent before: any of Wireshark's three kinds. */
export declare const retransmissionMarks: number;
