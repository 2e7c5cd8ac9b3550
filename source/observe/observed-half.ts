// What is known of one end of a captured connection, by what it sends.
import type {Seq} from '../wire/seq.ts';
import {Gaps} from './gaps.ts';
import {QuickAcks} from './quick-acks.ts';
import {RepairSigns} from './repair-signs.ts';
import {Resendings} from './resendings.ts';
import type {OpeningOptions} from './seen-segment.ts';
import {SequenceRanges} from './sequence-ranges.ts';
import {StuckSizes} from './stuck-sizes.ts';
import type {Heard, Stamped, TransferPace} from './transfer-pace.ts';

export type Half = {
  readonly ranges: SequenceRanges;
  payloadBytes: number;
  /** Payload that came behind the other end's FIN. */
  afterFin: number;
  options: OpeningOptions | undefined;
  /** Of the last segment, unscaled. */
  window: number | undefined;
  nextSeq: Seq | undefined;
  /** Before its first octet: of its SYN, or as the first segment of either end that tells it says. */
  base: Seq | undefined;
  segments: number;
  readonly gaps: Gaps;
  readonly sizes: StuckSizes;
  readonly resendings: Resendings;
  readonly signs: RepairSigns;
  readonly quickAcks: QuickAcks;
  /** Once it has sent data. */
  pace: TransferPace | undefined;
  /** What it has acknowledged last. */
  heard: Heard | undefined;
  /** Its first timestamp. */
  clock: Stamped | undefined;
  /** Behind the last octet that it has said to have out of order (RFC 2018). */
  sacked: Seq | undefined;
  /** Segments that are larger than the other end takes, and the octets of the largest: a card cuts them later. */
  giants: number;
  largest: number;
};

export const newHalf = (): Half => ({
  ranges: new SequenceRanges(),
  payloadBytes: 0,
  afterFin: 0,
  options: undefined,
  window: undefined,
  nextSeq: undefined,
  base: undefined,
  segments: 0,
  gaps: new Gaps(),
  sizes: new StuckSizes(),
  resendings: new Resendings(),
  signs: new RepairSigns(),
  quickAcks: new QuickAcks(),
  pace: undefined,
  heard: undefined,
  clock: undefined,
  sacked: undefined,
  giants: 0,
  largest: 0,
});
