// Deduces what became of a captured TCP connection's segments after the capture point, from later acknowledgments, SACK and D-SACK (RFC
// 2018, RFC 2883) and echoed timestamps (RFC 7323 §4). An effect that only one segment can have is a proof; a retransmission is none.

import {type Seq, seqAdd, seqLe, seqLt, seqMax} from '../wire/seq.ts';
import {enoughDuplicates, mostWorkUs} from './bounds.ts';
import type {Side} from './connections.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import {tellsSameWindow, Way, withLast} from './fates-way.ts';
import type {FlightTimes} from './flight-times.ts';
import {repeatsOf, toldBy} from './idle-answers.ts';
import {probedInVain, refusedBy, unheardOf} from './in-vain.ts';
import {type Beside, type Heard, heardOf, holds, isOverdue, likeliest, missedIn} from './likeliest-copy.ts';
import {Losses, type Lost, noneLost} from './losses.ts';
import {duplicateIn, Flag, openOrClose, type SackBlock, type SeenSegment, spaceOf} from './seen-segment.ts';
import {type Copy, carriesMore, copyOf, isCovered, noteMissing, overlap, stillNeeded} from './sent-copies.ts';
import {emptyList, withOneMore} from './short-list.ts';
import {Mark} from './tcp-marks.ts';

/** The marks of keep-alive and zero-window probes, whose octet the receiver need not accept. */
const probes = Mark.keepAlive | Mark.zeroWindowProbe;

/** The highest number of unacknowledged segments of each direction that are remembered. */
const waitedFor = 4096;

/** The number of later segments whose arrival makes TCP itself consider a segment lost (RFC 6675 §4). */
const overtaking = 3;

export type Passing = {
  readonly marks: number;
  /** True if the segment is a second capture of an earlier one, equal octet for octet. */
  readonly isCopy: boolean;
  readonly times: FlightTimes;
};

/** An acknowledgment that answers retransmissions; `others` are segments that it may answer, too. */
type Asked = Pick<SeenSegment, 'frame' | 'atUs' | 'ack'> & {
  readonly roundUs: number;
  readonly others: readonly Copy[];
};

export class TcpFates {
  readonly #ways: readonly [Way, Way] = [new Way(), new Way()];
  readonly #columns: FateColumns;

  constructor(columns: FateColumns) {
    this.#columns = columns;
  }

  take(side: Side, segment: SeenSegment, {marks, isCopy, times}: Passing): void {
    const own = this.#ways[side];
    const back = this.#ways[side === 0 ? 1 : 0];
    const roundUs = times.round(side);
    const {frame, flags, ack, atUs, stamp} = segment;
    if (marks & Mark.ackedLost) back.complete = false;
    if (flags & Flag.ack) this.#hear(back, own, segment, {roundUs, surelyUs: times.surely(side)});
    else if (own.acked === undefined) [own.ackedIn, own.ackedUs] = [frame, atUs];
    own.spoke = true;
    own.spokeUs = atUs;
    if (flags & Flag.syn) own.complete = true;
    if (segment.opening) own.shift = segment.opening.windowScale;
    if (segment.opening) own.reports = segment.opening.sackPermitted && (back.reports || !back.spoke);
    if (stamp !== undefined) own.stamps.note(stamp, frame);
    const isProbe = (marks & probes) !== 0;
    const space = spaceOf(segment);
    const thereUs = times.round(side === 0 ? 1 : 0);
    const vain = probedInVain(own, back, segment, {isProbe: isProbe && space === 0, roundUs: thereUs});
    if (vain > 0) this.#judge(own, vain, Verdict.unknown, frame);
    if (flags & Flag.rst) this.#refuse(back, segment, roundUs);
    if (flags & Flag.rst || (isProbe && space === 0)) return;
    if (space === 0) own.pure = withLast(own.pure, {frame, ack, atUs});
    else if (back.acked === undefined || seqLt(back.acked, seqAdd(segment.seq, space)))
      this.#send(own, back, segment, {twin: isCopy || isProbe, roundUs: thereUs});
    else if (!isCopy && !isProbe) this.#sendInVain(own, back, segment, roundUs);
  }

  /**
   * Sets the verdict on the fate of a frame of direction `way` and counts the losses. A frame that was proved delivered keeps that verdict.
   */
  #judge(way: Way, frame: number, verdict: Verdict, first = 0, second = 0): void {
    const before = this.#columns.verdict(frame);
    if (before === Verdict.delivered) return;
    this.#columns.set(frame, verdict, first, second);
    const after = this.#columns.verdict(frame);
    if (Math.max(before, after) <= Verdict.delivered) return;
    way.losses ??= new Losses();
    way.losses.change(frame, before, after);
  }

  /** Returns the losses among this end's segments that are deduced to have happened after the capture point. */
  lost(side: Side): Lost {
    return this.#ways[side].losses?.told(this.#columns) ?? noneLost;
  }

  /**
   * Notes a fate that an ICMP message reports for this end's data from `seq` on: it is that of the first transmission without this verdict.
   */
  told(side: Side, seq: Seq, {verdict, frame}: Told): void {
    const own = this.#ways[side];
    const copy = own.copies.find((each) => each.seq === seq && this.#columns.verdict(each.frame) !== verdict);
    if (copy) this.#judge(own, copy.frame, verdict, frame);
  }

  /**
   * Notes that a challenge ACK answered this end's only unacknowledged segment, so that this segment has arrived; nothing is noted if there
   * are several.
   */
  challenged(side: Side, frame: number): void {
    const own = this.#ways[side];
    const [only, ...more] = own.copies;
    if (!only || more.length > 0) return;
    this.#judge(own, only.frame, Verdict.presumed, frame);
    own.copies = [];
  }

  #refuse(back: Way, segment: SeenSegment, roundUs = 0): void {
    const copy = segment.flags & Flag.ack ? undefined : refusedBy(back, segment, roundUs);
    if (!copy) return;
    copy.refused = true;
    this.#judge(back, copy.frame, Verdict.presumed, segment.frame);
  }

  #send(
    own: Way,
    back: Way,
    segment: SeenSegment,
    {twin, roundUs = Infinity}: {readonly twin: boolean; readonly roundUs: number | undefined},
  ): void {
    const {frame, flags, seq} = segment;
    const isNew = own.sent === undefined || seqLe(own.sent, seq);
    const copy = copyOf(segment, {twin, isNew});
    own.sent = own.sent === undefined ? copy.end : seqMax(own.sent, copy.end);
    if (!isNew) {
      own.inOrder = false;
      for (const each of own.copies) if (overlap(each, copy)) this.#repeat(own, each, copy);
      if (!twin)
        for (const each of unheardOf(own, back, copy, roundUs))
          this.#judge(own, each.frame, Verdict.unknown, frame);
    }
    if (flags & Flag.syn && !back.spoke) this.#judge(own, frame, Verdict.unknown);
    own.copies = withOneMore(own.copies, copy);
    if (own.copies.length <= waitedFor) return;
    own.copies.splice(0, waitedFor / 2);
    own.complete = false;
  }

  /** Notes that the sequence numbers of `copy` are sent again while nothing shows that it arrived. */
  #repeat(own: Way, copy: Copy, again: Copy): void {
    if (again.twin) copy.twin = true;
    if (again.twin || copy.covered || copy.refused) return;
    copy.again ||= again.frame;
    const verdict = copy.missedIn > 0 ? Verdict.presumedLost : Verdict.unknown;
    this.#judge(own, copy.frame, verdict, copy.missedIn || again.frame);
    // The fate of a retransmission without an answer is unknown: it is in flight, or lost as the transmission before it.
    this.#judge(own, again.frame, Verdict.unknown, copy.frame);
  }

  /**
   * Notes a segment whose numbers its receiver had already acknowledged. Nobody knows whether that ACK reached the sender in time, nor
   * whether this segment arrives.
   */
  #sendInVain(own: Way, back: Way, segment: SeenSegment, roundUs: number | undefined): void {
    const copy = copyOf(segment, {twin: false, isNew: false});
    own.settled = withLast(own.settled, copy);
    const last = own.repeats?.copies.at(-1);
    if (!own.repeats || (last && isOverdue(copy.atUs - last.atUs, roundUs ?? 0)))
      own.repeats = repeatsOf([], 0);
    own.repeats.copies.push(copy);
    this.#judge(own, copy.frame, Verdict.unknown);
    // If data after it were acknowledged since, or it has no ACK, a SYN may begin another connection between the same ports.
    const isAnew =
      (segment.flags & Flag.syn) > 0 && (copy.calls || !back.acked || seqLt(copy.end, back.acked));
    if (roundUs === undefined || isAnew) return;
    for (const {frame, ack, atUs} of back.pure)
      if (seqLe(copy.end, ack) && copy.atUs - atUs > roundUs + mostWorkUs)
        if (this.#columns.verdict(frame) !== Verdict.delivered)
          this.#columns.set(frame, Verdict.unknown, copy.frame);
  }

  /** Takes what a segment of the end `own` shows about the fates of the other end's segments, `back`. */
  #hear(back: Way, own: Way, segment: SeenSegment, rounds: Omit<Beside, 'blocks'>): void {
    const {roundUs} = rounds;
    const {frame, ack, echo, atUs, flags} = segment;
    const named = echo === undefined || echo === own.newestEcho ? undefined : back.stamps.only(echo);
    own.newestEcho = echo ?? own.newestEcho;
    if (named !== undefined) this.#judge(back, named, Verdict.delivered, frame);
    const twice = duplicateIn(segment);
    const blocks = twice ? segment.sack.slice(1) : segment.sack;
    const isNews = own.acked === undefined || seqLt(own.acked, ack);
    if (blocks.length > 0) own.reports = true;
    const tells =
      (isNews || blocks.length > 0) &&
      this.#cover(back, own, segment, {roundUs, surelyUs: rounds.surelyUs, blocks});
    own.asked = isNews || segment.length > 0 || flags & openOrClose ? 0 : own.asked + 1;
    if (!own.reports && own.asked >= enoughDuplicates) this.#askedFor(back, segment, roundUs);
    if (twice) own.silentOnTwice = false;
    if (twice) this.#hearTwice(back, twice, {frame, named});
    else if (!isNews && !tells && segment.length === 0)
      if (!this.#answersRepeats(back, own, segment, roundUs)) this.#doubt(back, own, segment, roundUs);
    own.window = segment.window;
    own.unscaled = (flags & Flag.syn) !== 0;
    if (isNews) own.acked = own.acked === undefined ? ack : seqMax(own.acked, ack);
    if (own.acked !== ack) return;
    own.ackedIn = frame;
    own.ackedUs = atUs;
  }

  /**
   * Notes duplicate ACKs for the same number: later segments have arrived, the one that is asked for has not (RFC 5681 §3.2). A
   * transmission too recent to be answered is not meant.
   */
  #askedFor(back: Way, {frame, ack, atUs}: SeenSegment, roundUs = Infinity): void {
    for (const copy of back.copies)
      if (holds(copy, ack) && atUs - copy.atUs >= roundUs + (copy.isNew ? 0 : mostWorkUs))
        copy.missedIn ||= frame;
  }

  /** Tells whether an ACK without news answers retransmissions; together with earlier such ACKs it may tell which copies had arrived. */
  #answersRepeats(back: Way, own: Way, segment: SeenSegment, roundUs: number | undefined): boolean {
    const {repeats} = back;
    const {flags, ack, atUs} = segment;
    if (!repeats || own.reports || ack !== own.acked || flags & openOrClose) return false;
    if (roundUs === undefined) return false;
    const last = repeats.copies.findLast((copy) => atUs - copy.atUs >= roundUs);
    if (!last || isOverdue(atUs - last.atUs, roundUs)) return false;
    if (tellsSameWindow(own, back, segment)) repeats.answers += 1;
    else repeats.reading = true;
    return this.#tellRepeats(back, {...segment, roundUs, others: back.copies});
  }

  /** `others` are segments that may have been answered, too. A segment that begins with the awaited number would have advanced it. */
  #tellRepeats(back: Way, {frame, atUs, ack, roundUs, others}: Asked): boolean {
    const first = back.repeats?.copies[0];
    if (!back.repeats || !first) return false;
    const isDue = (copy: Copy): boolean => atUs - copy.atUs >= roundUs;
    const later = others.filter((copy) => seqLt(ack, copy.seq) && copy.frame > first.frame);
    const told = toldBy(back.repeats, {isDue, beyond: later.filter(isDue).length});
    for (const copy of told.came) this.#judge(back, copy.frame, Verdict.presumed, frame);
    for (const copy of told.idle) this.#cameBefore(back, copy, frame);
    return told.idle.length > 0;
  }

  /** Takes an acknowledgment number that advances: data below it may have arrived before, data above it were not answered until then. */
  #moveOn(back: Way, own: Way, {frame, ack, atUs}: SeenSegment, roundUs: number | undefined): void {
    if (!back.repeats?.answers || own.acked === undefined || roundUs === undefined) return;
    const others = back.copies.filter(({end}) => seqLe(end, ack));
    this.#tellRepeats(back, {frame, atUs, ack: own.acked, roundUs, others});
  }

  /** Notes that the data of `copy` had arrived before it: if only one earlier transmission of them is possible, that one arrived. */
  #cameBefore(back: Way, copy: Copy, frame: number): void {
    const earlier = new Set([...back.settled, ...back.copies]);
    const open = [...earlier].filter(
      (each) => each.frame < copy.frame && each.missedIn === 0 && overlap(each, copy),
    );
    const [only] = open;
    if (only && open.length === 1) this.#judge(back, only.frame, Verdict.presumed, frame);
  }

  /** An ACK that can answer nothing new answers something old, which arrived after all (RFC 9293 §3.10.7.4, first check). */
  #doubt(back: Way, own: Way, segment: SeenSegment, roundUs = Infinity): void {
    const {frame, flags, atUs} = segment;
    const opensAgain = (flags & openOrClose) === Flag.syn;
    if (flags & openOrClose && !opensAgain) return;
    for (const copy of back.copies) copy.doubted = true;
    // True if the ACK answers old data: nothing is in flight that it could answer, and it does not change the window.
    const answersOld = opensAgain || (back.copies.length === 0 && tellsSameWindow(own, back, segment));
    const meant = back.settled.filter(
      (copy) =>
        this.#columns.verdict(copy.frame) === Verdict.unknown && !isOverdue(atUs - copy.atUs, roundUs),
    );
    const [only] = meant;
    if (only && meant.length === 1 && answersOld && !opensAgain)
      this.#judge(back, only.frame, Verdict.presumed, frame);
    if (answersOld && !opensAgain && own.reports) own.silentOnTwice = true;
    for (const copy of back.settled) {
      const verdict = this.#columns.verdict(copy.frame);
      if (verdict === Verdict.lost) this.#judge(back, copy.frame, Verdict.presumedLost, copy.missedIn, frame);
      else if (answersOld && verdict === Verdict.presumedLost && (!opensAgain || copy.calls))
        this.#judge(back, copy.frame, Verdict.unknown, frame);
    }
  }

  /** Tells whether the segment acknowledges anything that was not known to have arrived. */
  #cover(back: Way, own: Way, segment: SeenSegment, beside: Beside): boolean {
    const {frame, ack, flags} = segment;
    const {blocks, roundUs} = beside;
    const certain = back.complete && !(flags & Flag.rst) ? Verdict.delivered : Verdict.presumed;
    if (blocks.length === 0) this.#moveOn(back, own, segment, roundUs);
    if (!back.inOrder || blocks.length > 0)
      return this.#coverSome(back, heardOf(own, segment, beside), certain);
    let count = 0;
    for (const copy of back.copies) {
      if (seqLt(ack, copy.end)) break;
      if (!copy.covered) this.#judge(back, copy.frame, certain, frame);
      count += 1;
    }
    // An emptied array would keep its places in memory, so it is replaced.
    if (count === back.copies.length) back.copies = emptyList;
    else back.copies.splice(0, count);
    back.repeats = undefined;
    return true;
  }

  /** Takes an acknowledgment of a direction with retransmitted or missing data; tells whether it acknowledges anything new. */
  #coverSome(back: Way, heard: Heard, certain: Verdict): boolean {
    const {frame, ack, blocks} = heard;
    const news = back.copies.filter((copy) => !copy.covered && isCovered(copy, ack, blocks));
    const now = new Set(news);
    for (const copy of news) copy.covered = true;
    for (const copy of news) {
      const rivals = back.copies.filter((each) => each !== copy && overlap(each, copy));
      if (rivals.length === 0 || carriesMore(copy, rivals)) this.#judge(back, copy.frame, certain, frame);
      else {
        // A transmission that was known to have arrived before did not cause this acknowledgment, so it is not considered.
        const open = rivals.filter((each) => !each.covered || now.has(each));
        const all = [...open, copy].sort((a, b) => a.frame - b.frame);
        // If the acknowledgment also covers other segments that left just before, one of those can have caused it.
        const leastUs = heard.roundUs ?? Infinity;
        const isLate = (each: Copy): boolean => isOverdue(heard.atUs - each.atUs, leastUs);
        const answers = heard.answers && news.every((each) => all.includes(each) || isLate(each));
        this.#settle(back, all, {...heard, answers});
      }
    }
    if (blocks.length > 0) noteMissing(back.copies, frame);
    const roundUs = heard.roundUs ?? 0;
    const again = news.filter((copy) => !copy.isNew && !isOverdue(heard.atUs - copy.atUs, roundUs));
    back.repeats = repeatsOf(again, again.filter(({atUs}) => heard.atUs - atUs >= roundUs).length);
    back.copies = stillNeeded(back.copies, ack);
    if (back.copies.length === 0) back.inOrder = true;
    return news.length > 0;
  }

  /** Decides which of several transmissions of the same data arrived, of which at least one did, and sets the verdicts on the others. */
  #settle(back: Way, copies: readonly Copy[], heard: Heard): void {
    const {frame} = heard;
    if (copies.some(({twin}) => twin)) {
      for (const copy of copies) this.#judge(back, copy.frame, Verdict.presumed, frame);
      return;
    }
    const named = heard.echo === undefined ? undefined : back.stamps.only(heard.echo);
    const known = copies.findIndex((copy) => copy.frame === named);
    // True if everything that the only remaining transmission contains was known to have arrived before it.
    const isIdle = copies.length === 1;
    const came = known >= 0 || isIdle ? known : likeliest(copies, heard);
    for (const [index, copy] of copies.entries()) {
      const others = copies.filter((each) => each !== copy);
      const isOther = heard.isSyn && !copy.calls;
      if (index === came || isOther || (copy.covered && !isIdle && carriesMore(copy, others)))
        this.#judge(back, copy.frame, Verdict.presumed, frame);
      else {
        const missed = isIdle || index > came ? 0 : missedIn(copy, heard);
        const isProved = known >= 0 && !copy.doubted && copy.overtakenBy >= overtaking && copy.missedIn > 0;
        // A receiver with SACK reports a duplicate (RFC 2883, in all present kernels), and an unanswered SYN,ACK is sent again. A segment
        // that says more than that may be a retransmission, after the answer that reported the duplicate was lost.
        const tellsTwice = heard.reports && heard.answers && !heard.hasSaidMore;
        const isFirst = index < known && (copy.calls || tellsTwice);
        const presumed = missed > 0 || isFirst ? Verdict.presumedLost : Verdict.unknown;
        this.#judge(back, copy.frame, isProved ? Verdict.lost : presumed, missed || copy.again, frame);
      }
      if (!back.settled.includes(copy)) back.settled = withLast(back.settled, copy);
    }
  }

  /**
   * Takes a D-SACK (RFC 2883 §4). The path may have doubled the last transmission, so it proves nothing about the others (RFC 3708). If its
   * echoed timestamp is the first to name one of the transmissions, and another had arrived, it is about that one.
   */
  #hearTwice(
    back: Way,
    {left, right}: SackBlock,
    {frame, named}: {readonly frame: number; readonly named: number | undefined},
  ): void {
    const meant = back.settled.filter(({seq, end}) => seqLt(seq, right) && seqLt(left, end));
    // If single transmissions contain the whole D-SACK block, only these are meant.
    const whole = meant.filter(({seq, end}) => seqLe(seq, left) && seqLe(right, end));
    const twice = (whole.length > 0 ? whole : meant).toSorted((a, b) => a.frame - b.frame);
    const hasCome = ({frame: passed}: Copy): boolean => {
      const verdict = this.#columns.verdict(passed);
      return verdict === Verdict.delivered || verdict === Verdict.presumed;
    };
    const answered = twice.find((copy) => copy.frame === named);
    const isExplained = answered && twice.some((copy) => copy !== answered && hasCome(copy));
    const last = isExplained ? answered : twice.findLast((copy) => !hasCome(copy));
    for (const copy of twice) {
      if (this.#columns.verdict(copy.frame) !== Verdict.lost && copy !== last) continue;
      this.#judge(back, copy.frame, copy === last ? Verdict.presumed : Verdict.presumedLost, frame);
    }
    this.#cameIdle(back, last ?? twice.findLast(({idle}) => !idle), frame);
  }

  /** Notes that the data of `copy` had arrived before: if only one segment can have brought a part of them, that one arrived. */
  #cameIdle(back: Way, copy: Copy | undefined, frame: number): void {
    if (!copy) return;
    copy.idle = true;
    const open = back.settled.filter((each) => !each.idle && each.missedIn === 0 && overlap(each, copy));
    for (const each of open)
      if (open.every((other) => other === each || !overlap(other, each)))
        this.#judge(back, each.frame, Verdict.presumed, frame);
  }
}
