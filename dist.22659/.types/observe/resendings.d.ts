import { type Seq } from '../wire/seq.ts';
import { type SeenSegment } from './seen-segment.ts';
/** The same segment, again and again. */
export type Repeated = {
    readonly seq: Seq;
    /** Those that repeat it. */
    readonly frames: number[];
    /** How long each of them came after the one before; one less than `frames` where the first sending is not known. In microseconds. */
    readonly waitsUs: number[];
};
export declare class Resendings {
    #private;
    /** Segments with data or FIN; SYNs and probes left out. */
    count: number;
    /** Of those: had nothing but FIN. */
    fins: number;
    /** Of those: the other end had said that it lacks them, by SACK or by duplicate ACKs. */
    reported: number;
    /** The first ones. */
    get frames(): readonly number[];
    /** The segment that was repeated most often; undefined: none was. */
    get longest(): Repeated | undefined;
    /** `segment` takes sequence numbers. `sacked`: behind the last octet that the other end has said to have, out of order. */
    take(segment: SeenSegment, marks: number, sacked: Seq | undefined): void;
}
