import { type Rope } from '../../wire/rope.ts';
import { type Seq } from '../../wire/seq.ts';
/** A run of bytes beyond a gap. `age` grows with each change, so that the newest block can be reported first. */
export type Block = {
    readonly seq: Seq;
    readonly data: Rope;
    readonly age: number;
};
/** Joins a block with those that touch it; where two overlap, the bytes that came first stay. */
export declare function insertBlock(blocks: readonly Block[], seq: Seq, data: Rope): readonly Block[];
/** Takes the block that has come into its turn at `nxt` out of the list; the others lie beyond a gap still. */
export declare function takeInOrder(blocks: readonly Block[], nxt: Seq): {
    data: Rope;
    rest: readonly Block[];
} | undefined;
/** The blocks of a SACK option, the most recently changed first, at most `limit` of them (RFC 2018 §4). */
export declare function sackBlocks(blocks: readonly Block[], nxt: Seq, limit: number): readonly {
    left: Seq;
    right: Seq;
}[];
