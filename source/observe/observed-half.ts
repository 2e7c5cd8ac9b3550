// What is known of one end of a captured connection, by what it sends.
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

/** What explains why it sends what it sends. */
class Reasons {
  readonly gaps = new Gaps();
  readonly sizes = new StuckSizes();
  readonly resendings = new Resendings();
  readonly signs = new RepairSigns();
  readonly quickAcks = new QuickAcks();
  /** From here to the other end and back, by what that acknowledges of it. */
  readonly swelling = new Swelling();
  /** From here to this end and back, by what it echoes. */
  readonly echoes = new EchoTimes();

  /** By how much the way there and back became longer while this end sent, and that more than once. */
  get queuedUs(): number {
    return Math.max(this.swelling.sustainedUs, this.echoes.sustainedUs);
  }
}

export class Half {
  readonly ranges = new SequenceRanges();
  payloadBytes = 0;
  /** Payload that came behind the other end's FIN. */
  afterFin = 0;
  options: OpeningOptions | undefined;
  /** Of the last segment, unscaled. */
  window: number | undefined;
  nextSeq: Seq | undefined;
  /** Before its first octet: of its SYN, or as the first segment of either end that tells it says. */
  base: Seq | undefined;
  segments = 0;
  #reasons: Reasons | undefined;
  /** Once it has sent data. */
  pace: TransferPace | undefined;
  /** What the window that it gives did. */
  readonly windows = new WindowNotes();
  /** Packets by which it told that marked ones had come (ECE, RFC 3168 §6.1.3): how many, and the first ones. */
  echoes = 0;
  echoFrames: readonly number[] = noFrames;
  /** What it has acknowledged last. */
  heard: Heard | undefined;
  /** Once the checksum of one of its segments is not right. */
  checks: CheckedSegments | undefined;
  /** The first octets that it said. */
  firstData: Uint8Array | undefined;
  /** The frame with them; 0: it has said nothing. */
  firstDataFrame = 0;
  /** Its first timestamp. */
  clock: Stamped | undefined;
  /** Behind the last octet that it has said to have out of order (RFC 2018). */
  sacked: Seq | undefined;
  /** Segments that are larger than the other end takes, and the octets of the largest: a card cuts them later. */
  giants = 0;
  largest = 0;

  /** Where segments are only counted and timed nothing is kept of it. */
  get reasons(): Reasons {
    this.#reasons ??= new Reasons();
    return this.#reasons;
  }
}
