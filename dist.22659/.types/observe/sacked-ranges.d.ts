import { type Seq } from '../wire/seq.ts';
import type { SackBlock } from './seen-segment.ts';
/**
 * In rising order, with what these blocks add, without what lies below SND.UNA. Blocks outside SND.UNA … SND.NXT tell of duplicates
 * (RFC 2883) or of nothing that was sent.
 */
export declare const withBlocks: (ranges: readonly SackBlock[], blocks: readonly SackBlock[], { una, nxt }: {
    readonly una: Seq;
    readonly nxt: Seq;
}) => readonly SackBlock[];
