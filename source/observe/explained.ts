// Explains the segments of a captured TCP connection: why each was sent, what became of it, and what was notable about it.

import {leastMss, stampOctets} from './bounds.ts';
import {ConnectionNotes} from './connection-notes.ts';
import type {Side} from './connections.ts';
import type {FateColumns} from './fate-columns.ts';
import type {FlightTimes} from './flight-times.ts';
import {Gaps} from './gaps.ts';
import type {Half} from './observed-half.ts';
import {QuickAcks} from './quick-acks.ts';
import {RepairSigns} from './repair-signs.ts';
import {Resendings} from './resendings.ts';
import {Flag, has, type SeenSegment, spaceOf} from './seen-segment.ts';
import {StuckSizes} from './stuck-sizes.ts';
import {EchoTimes, Swelling} from './swelling.ts';
import type {TcpCourse} from './tcp-course.ts';
import {TcpFates} from './tcp-fates.ts';
import {Mark} from './tcp-marks.ts';
import {bearingOf} from './vantage.ts';

/** The observations of one TCP end that explain why it sends a segment. */
export class Reasons {
  readonly gaps = new Gaps();
  readonly sizes = new StuckSizes();
  readonly resendings = new Resendings();
  readonly signs = new RepairSigns();
  readonly quickAcks = new QuickAcks();
  /** How much longer the round trip from the capture point to the other end became, measured by that end's acknowledgments. */
  readonly swelling = new Swelling();
  /** The growth of the round trip from the capture point to this end, measured by the timestamps that it echoes. */
  readonly echoes = new EchoTimes();

  /** The time in µs by which round trips became repeatedly longer while this end sent, because its data waited in a queue. */
  get queuedUs(): number {
    return Math.max(this.swelling.sustainedUs, this.echoes.sustainedUs);
  }
}

/** The counts and times of a TCP connection that its explanations use. They include the segment that is being explained. */
type Counted = {
  readonly course: TcpCourse;
  readonly flightTimes: FlightTimes;
  readonly initialRoundTripUs: number | undefined;
  half(side: Side): Readonly<Half>;
};

type Passed = {
  readonly marks: number;
  readonly isCopy: boolean;
  /** The time in µs at which the connection's previous segment passed; undefined for the first one. */
  readonly sinceUs: number | undefined;
  /** The round-trip time in µs between a segment and this one, which acknowledges it; undefined if it times none. */
  readonly tripUs: number | undefined;
};

export class Explained {
  readonly notes = new ConnectionNotes();
  readonly reasons: readonly [Reasons, Reasons] = [new Reasons(), new Reasons()];
  readonly fates: TcpFates;
  /** The connection's counts and times. Another object of the same connection may take over. */
  counted: Counted;

  constructor(columns: FateColumns, counted: Counted) {
    this.fates = new TcpFates(columns);
    this.counted = counted;
  }

  /** Takes the next segment; what is counted of the connection includes it already. */
  take(side: Side, segment: SeenSegment, {marks, isCopy, sinceUs, tripUs}: Passed): void {
    const {course, flightTimes} = this.counted;
    const far = side === 0 ? 1 : 0;
    const own = this.reasons[side];
    const back = this.reasons[far];
    const {synFrom} = course;
    const isn = synFrom === undefined ? undefined : course.isn(synFrom === 0 ? 1 : 0);
    this.notes.take(side, segment, marks, sinceUs);
    this.notes.openingFrames.take(side, segment, marks, synFrom, isn);
    this.fates.take(side, segment, {marks, isCopy, times: flightTimes});
    if (tripUs !== undefined) back.swelling.add(tripUs);
    back.echoes.said(segment);
    own.echoes.came(segment);
    if (isCopy) return;
    own.gaps.take(segment, flightTimes.round(side) ?? 0);
    if (has(segment, Flag.ack)) back.sizes.heard(segment, segment.sack);
    if ((marks & (Mark.keepAlive | Mark.zeroWindowProbe)) === 0) own.sizes.sent(segment);
    if (spaceOf(segment) > 0) own.resendings.take(segment, marks, this.counted.half(far).sacked);
  }

  /**
   * Returns marks for the reasons of the next segment, before its round trip is measured: why data were retransmitted, and whether an ACK
   * was a quick one. SYNs and RSTs have none; probes are no retransmissions.
   */
  causes(side: Side, segment: SeenSegment, marks: number, isAgain: boolean): number {
    if (has(segment, Flag.rst | Flag.syn)) return 0;
    const {course, initialRoundTripUs = 0} = this.counted;
    const far = side === 0 ? 1 : 0;
    const own = this.reasons[side];
    const back = this.reasons[far];
    const options = this.counted.half(side).options;
    const farOptions = this.counted.half(far).options;
    const told = has(segment, Flag.ack) ? back.signs.heard(segment, marks, course.over) : 0;
    const mss = farOptions?.mss ?? leastMss;
    back.quickAcks.came(segment, mss);
    const shown = (told && this.#isExact(far) ? told : 0) | own.quickAcks.said(segment);
    if (spaceOf(segment) === 0 || marks & (Mark.keepAlive | Mark.zeroWindowProbe | Mark.copy)) return shown;
    const sack = options?.sackPermitted === true && farOptions?.sackPermitted === true;
    const full = mss - (segment.stamp === undefined ? 0 : stampOctets);
    const causes = own.signs.sent(segment, isAgain, {roundUs: initialRoundTripUs, sack, full});
    return (
      shown | (causes & Mark.proportional && !this.#isExact(side) ? causes & ~Mark.proportional : causes)
    );
  }

  #isExact(side: Side): boolean {
    return bearingOf(this.counted.flightTimes.rounds)?.exact[side] === true;
  }
}
