// Everything known of one end of a captured connection from the segments that it sends.
import type {Seq} from '../wire/seq.ts';
import type {CheckedSegments} from './checked-segments.ts';
import {Gaps} from './gaps.ts';
import {QuickAcks} from './quick-acks.ts';
import {RepairSigns} from './repair-signs.ts';
import {Resendings} from './resendings.ts';
import type {OpeningOptions} from './seen-segment.ts';
import {SequenceRanges} from './sequence-ranges.ts';
import {StuckSizes} from './stuck-sizes.ts';
import {EchoTimes, Swelling} from './swelling.ts';
import type {Heard, Stamped, TransferPace} from './transfer-pace.ts';
import {WindowNotes} from './window-notes.ts';

const noFrames: readonly number[] = [];

/** The observations that explain why the end sends a segment. */
class Reasons {
  readonly gaps = new Gaps();
  readonly sizes = new StuckSizes();
  readonly resendings = new Resendings();
  readonly signs = new RepairSigns();
  readonly quickAcks = new QuickAcks();
  /** The growth of the round trip from the capture point to the other end, measured by its acknowledgments. */
  readonly swelling = new Swelling();
  /** The growth of the round trip from the capture point to this end, measured by the timestamps that it echoes. */
  readonly echoes = new EchoTimes();

  /** The time in µs by which the round trip became repeatedly longer while this end sent. */
  get queuedUs(): number {
    return Math.max(this.swelling.sustainedUs, this.echoes.sustainedUs);
  }
}

export class Half {
  readonly ranges = new SequenceRanges();
  payloadBytes = 0;
  /** The octets of payload that came after the other end's FIN. */
  afterFin = 0;
  options: OpeningOptions | undefined;
  /** The window field of the last segment, unscaled. */
  window: number | undefined;
  nextSeq: Seq | undefined;
  /** The sequence number before the end's first octet: that of its SYN, or what the first segment of either end implies. */
  base: Seq | undefined;
  segments = 0;
  #reasons: Reasons | undefined;
  /** undefined until the end has sent data. */
  pace: TransferPace | undefined;
  /** Notes about the windows that the end gave. */
  readonly windows = new WindowNotes();
  /** The packets with ECE, which report that marked packets had arrived (RFC 3168 §6.1.3): their number, and the first of them. */
  echoes = 0;
  echoFrames: readonly number[] = noFrames;
  /** The last acknowledgment that the end has sent. */
  heard: Heard | undefined;
  /** undefined until the checksum of one of its segments is not right. */
  checks: CheckedSegments | undefined;
  /** The first octets of data that the end sent. */
  firstData: Uint8Array | undefined;
  /** The frame with `firstData`; 0 if the end has sent no data. */
  firstDataFrame = 0;
  /** The end's first timestamp. */
  clock: Stamped | undefined;
  /** The number after the last octet that the end has reported as received out of order (RFC 2018). */
  sacked: Seq | undefined;
  /** The number of segments that exceed the other end's MSS, and the octets of the largest: a network card cuts them later. */
  giants = 0;
  largest = 0;

  /** The reasons are created when they are used, so that they take no memory if segments are only counted and timed. */
  get reasons(): Reasons {
    this.#reasons ??= new Reasons();
    return this.#reasons;
  }
}
