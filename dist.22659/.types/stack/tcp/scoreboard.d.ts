import { type Seq } from '../../wire/seq.ts';
export type SeqRange = {
    readonly left: Seq;
    readonly right: Seq;
};
/** DupThresh: how many duplicate ACKs mean a loss (RFC 5681 §3.2, RFC 6675 §2). */
export declare const DUP_THRESHOLD = 3;
/**
 * The ranges, ascending and apart from each other, with what these blocks add. Blocks that report duplicates (RFC 2883), or what
 * was never sent, lie outside SND.UNA … SND.NXT and are left out. The same list again: nothing new.
 */
export declare function addBlocks(ranges: readonly SeqRange[], blocks: readonly SeqRange[], { una, nxt }: {
    readonly una: Seq;
    readonly nxt: Seq;
}): readonly SeqRange[];
/** SND.UNA has moved: what lies below it is acknowledged. */
export declare function cutBelow(ranges: readonly SeqRange[], una: Seq): readonly SeqRange[];
/** How many of the bytes `from` … `to` nobody has SACKed. */
export declare function unsackedBytes(ranges: readonly SeqRange[], from: Seq, to: Seq): number;
/**
 * IsLost (RFC 6675 §4): below this number all that is not SACKed is lost, because three ranges or more than two segments of bytes
 * have been SACKed above it. `una` where nothing is lost.
 */
export declare function lostEdge(ranges: readonly SeqRange[], una: Seq, mss: number): Seq;
/** The first number at or after `from` and below `to` that nobody has SACKed. */
export declare function firstHole(ranges: readonly SeqRange[], from: Seq, to: Seq): Seq | undefined;
/** The end of what has been SACKed; `una` where nothing has. */
export declare const highestSacked: (ranges: readonly SeqRange[], una: Seq) => Seq;
/** The peer has thrown away what it had SACKed: its oldest range begins where it asks for data (RFC 2018 §8). */
export declare const reneged: (ranges: readonly SeqRange[], una: Seq) => boolean;
