import { type Seq } from '../wire/seq.ts';
/** Sequence numbers as numbers that do not wrap, counted from the first one seen. */
export declare class SequenceRanges {
    #private;
    /** Where the number lies, counted from the first that was seen: the one nearest to the last. */
    place(number: Seq): number;
    /** Up to where all is seen from this number on; the number itself where nothing is. */
    endFrom(number: Seq): Seq;
    /** How many numbers of `start … end` are new; they are seen from now on. */
    add(start: number, end: number): number;
    /** Stretches of numbers between the first and the last that have not been seen. */
    get gaps(): number;
    overlaps(start: number, end: number): boolean;
}
