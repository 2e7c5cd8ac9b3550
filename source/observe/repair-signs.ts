// Deduces why one TCP end retransmitted: a loss probe (RFC 8985 §7), losses reported by SACK or duplicate ACKs (RFC 8985 §6, RFC 6675, RFC
// 5681 §3.2), or the timer (RFC 6298 §5). Packets do not show which loss rule applied, nor whether a timer was a probe's.

import {type Seq, seq, seqAdd, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import {enoughDuplicates, leastTimerUs} from './bounds.ts';
import {ProportionalRate} from './proportional-rate.ts';
import {duplicateIn, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';
import {Mark} from './tcp-marks.ts';

/** The most retransmissions that are remembered until it is known whether they were needed. */
const mostRemembered = 64;

const none: readonly never[] = [];

const never = Number.NEGATIVE_INFINITY;

/** Holds what the handshake showed: the round-trip time in µs, whether both ends permit SACK, and the octets of a full segment. */
type Known = {readonly roundUs: number; readonly sack: boolean; readonly full: number};

/** Follows the retransmissions of one TCP end: their causes, and which of them were needless. */
export class RepairSigns {
  /** The number of retransmissions whose data had already arrived, as D-SACK reports (RFC 2883 §4). */
  needless = 0;
  /**
   * The number of loss recoveries in which the sender learned that nothing had been lost: by D-SACK for everything that it retransmitted,
   * by timestamps, or after a timeout by an ACK beyond it (RFC 3708, RFC 3522).
   */
  undone = 0;
  /** Recognizes recovery with a proportional rate; undefined until SACK reports something, because most senders lose nothing. */
  rate: ProportionalRate | undefined;
  /**
   * The retransmissions since the last recovery began: `open` counts those that no D-SACK has named, `end` is the number after the highest
   * one, `stamp` the TSval of the first.
   */
  #episode: {open: number; end: Seq; readonly stamp: number | undefined} | undefined;
  #repeated: readonly SackBlock[] = none;
  /** The sequence number after the highest one that this end has sent; undefined until it has sent any. */
  #end: Seq | undefined;
  #acked: Seq | undefined;
  #sacked: Seq | undefined;
  /**
   * The highest sequence number that SACK has reported. It is kept after that data was acknowledged, because the acknowledgment may not
   * have reached the sender yet.
   */
  #told: Seq | undefined;
  #duplicates = 0;
  /**
   * The time in µs of the last acknowledgment of new data; further times are those of the last duplicate ACK or SACK, the last
   * retransmission, and the last new data.
   */
  #heardUs: number | undefined;
  #askedUs: number | undefined;
  #againUs: number | undefined;
  #sentUs: number | undefined;
  /**
   * The loss recovery in progress, begun by a timeout or by reports of losses; it lasts until all data that were in flight (up to `point`)
   * are acknowledged.
   */
  #repair: {readonly by: 'timer' | 'reports'; readonly point: Seq} | undefined;

  /**
   * Takes a segment of the other end; returns a mark if it shows this end that a recovery was needless. `over` is true if both ends have
   * sent FIN; once this end's FIN is acknowledged, recoveries no longer count as needless.
   */
  heard(segment: SeenSegment, marks: number, over: boolean): number {
    if (over && this.#acked === this.#end) this.#episode = undefined;
    const {ack, atUs, sack} = segment;
    const {undone} = this;
    this.#hearEcho(segment);
    const late = this.undone > undone;
    const before = this.#acked ?? ack;
    if (this.#acked === undefined || seqLt(this.#acked, ack)) {
      this.#acked = ack;
      this.#duplicates = 0;
      this.#heardUs = atUs;
      if (this.#repair && !seqLt(ack, this.#repair.point)) this.#repair = undefined;
      if (this.#sacked && !seqLt(ack, this.#sacked)) this.#sacked = undefined;
    } else if (marks & Mark.duplicateAck || sack.length > 0) {
      this.#duplicates += 1;
      this.#askedUs = atUs;
    }
    if (sack.length > 0) {
      this.#hearBlocks(segment);
      this.rate ??= new ProportionalRate();
    }
    const una = seqMax(before, ack);
    this.rate?.heard(segment, before, {una, nxt: this.#end ?? una});
    if (late) return Mark.cameLate;
    return this.undone > undone ? Mark.cameTwice : 0;
  }

  #hearBlocks(segment: SeenSegment): void {
    const twice = duplicateIn(segment);
    if (twice) this.#cameTwice(twice);
    // A SACK block that reports a duplicate lies below the acknowledgment number or inside the next block, so it does not raise the highest
    // number.
    for (const {right} of segment.sack)
      if (
        this.#acked !== undefined &&
        seqLt(this.#acked, right) &&
        (!this.#sacked || seqLt(this.#sacked, right))
      )
        [this.#sacked, this.#told] = [right, right];
  }

  /**
   * Counts a recovery as needless if an ACK for all that was retransmitted echoes an older timestamp than the first retransmission's. After
   * a timeout, an ACK for a part is enough, or without timestamps one beyond the retransmission (F-RTO, RFC 5682).
   */
  #hearEcho({ack, echo}: SeenSegment): void {
    const episode = this.#episode;
    if (!episode || this.#acked === undefined || !seqLt(this.#acked, ack)) return;
    const isTimer = this.#repair?.by === 'timer';
    const {stamp, end, open} = episode;
    const isOnce = isTimer && open === 1 && this.#sacked === undefined;
    const isBeyond = isOnce && seqLt(end, ack);
    const isTold = stamp !== undefined && echo !== undefined && (isTimer || !seqLt(ack, end));
    if (!isBeyond && !isTold) return;
    if (isBeyond || (isTold && seqLt(seq(echo), seq(stamp)))) this.#undo();
    else this.#episode = {...episode, stamp: undefined};
  }

  #undo(): void {
    this.undone += 1;
    this.#episode = undefined;
  }

  #cameTwice(block: SackBlock): void {
    const known = this.#repeated.find(
      ({left, right}) => seqLe(left, block.left) && seqLe(block.right, right),
    );
    if (!known) return;
    this.needless += 1;
    this.#repeated = this.#repeated.filter((each) => each !== known);
    if (!this.#episode || seqLt(this.#episode.end, block.right)) return;
    this.#episode.open -= 1;
    if (this.#episode.open === 0) this.#undo();
  }

  /** Takes a segment with data, SYN or FIN that this end sends; `again` is true for a retransmission. Returns the marks of its cause. */
  sent(segment: SeenSegment, again: boolean, known: Known): number {
    const {atUs, seq} = segment;
    const end = seqAdd(seq, spaceOf(segment));
    const marks = again ? this.#causeOf(segment, end, known) : 0;
    if (again) this.#repeated = [...this.#repeated.slice(1 - mostRemembered), {left: seq, right: end}];
    if (again) this.#againUs = atUs;
    else this.#sentUs = atUs;
    if (this.#end === undefined || seqLt(this.#end, end)) this.#end = end;
    if (again) this.#repeats(segment, end, marks);
    const begins = (marks & Mark.reported) !== 0 && this.#repair === undefined && known.sack;
    if (marks & Mark.timedOut && !(marks & Mark.probed)) this.#repair = {by: 'timer', point: this.#end};
    else if (marks & Mark.reported) this.#repair ??= {by: 'reports', point: this.#end};
    if (marks & Mark.timedOut) this.rate?.stop();
    if (!begins) return marks | (this.rate?.sent(segment, known.full) ?? 0);
    this.rate ??= new ProportionalRate();
    this.rate.begin(segment, known.full, this.#end);
    return marks;
  }

  /** Counts a retransmission to the recovery in progress, or begins a count if it begins a recovery; a loss probe begins none. */
  #repeats({stamp}: SeenSegment, end: Seq, marks: number): void {
    const begins = marks & Mark.reported || (marks & Mark.timedOut && !(marks & Mark.probed));
    const goesOn = this.#repair !== undefined && this.#episode;
    if (goesOn) {
      goesOn.open += 1;
      if (seqLt(goesOn.end, end)) goesOn.end = end;
    } else if (this.#repair === undefined) this.#episode = begins ? {open: 1, end, stamp} : undefined;
  }

  #causeOf({atUs, seq}: SeenSegment, end: Seq, {roundUs, sack}: Known): number {
    const last = this.#end === undefined || !seqLt(end, this.#end);
    // Without SACK, duplicate ACKs after a retransmission are all alike, so they are not taken to restart the timer.
    const againUs = this.#againUs ?? never;
    const sentUs = this.#sentUs ?? never;
    const askedUs = sack || this.#againUs === undefined ? (this.#askedUs ?? never) : never;
    const newsUs = Math.max(this.#heardUs ?? never, askedUs);
    const quietUs = atUs - Math.max(newsUs, againUs, last ? sentUs : never);
    const isTold = this.#sacked !== undefined && seqLt(seq, this.#sacked);
    const first = againUs < Math.max(newsUs, sentUs) && this.#repair === undefined;
    // A loss probe waits for at least a round trip after the segment that it repeats (RFC 8985 §7.2).
    const mayProbe = sack && first && last && !isTold && quietUs >= roundUs;
    if (quietUs >= roundUs + leastTimerUs) return mayProbe ? Mark.probed | Mark.timedOut : Mark.timedOut;
    if (this.#repair?.by === 'timer' && seqLt(seq, this.#repair.point)) return Mark.afterTimeout;
    const wasTold = this.#told !== undefined && seqLt(seq, this.#told);
    if (isTold || (wasTold && !last) || this.#repair !== undefined || this.#duplicates >= enoughDuplicates)
      return Mark.reported;
    return mayProbe ? Mark.probed : 0;
  }
}
