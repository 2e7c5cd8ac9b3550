// Finds the first place where a simulation differs from its capture, and the likely reason. An end near the capture point received what the
// capture has; what the far end had received, and when, no packet tells.
import type {Trace} from '../../sim/trace.ts';
import {lateUs} from '../../stack/tcp/timer-wheel.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {Agreement, Pair} from './agreement.ts';
import {hasFlags, type Seen, spaceOf, transmissionOf} from './seen.ts';
import {isFar, type Vantage} from './vantage.ts';

type Reason =
  /** The simulation's path has a guessed length, because no end answered in the capture. */
  | 'unmeasured'
  /**
   * A timer of the near end expired just before the segment that would have stopped it arrived, within the tick in which Linux fires
   * timers; no packet shows where ticks begin.
   */
  | 'tick'
  /** The near end sent new data, a FIN or a RST at another time: because of its program, Nagle's algorithm or its windows. */
  | 'program'
  /** The near end acknowledged other segments, or at another time. */
  | 'answer'
  /** The near end acknowledged differently because segments of the far end passed at other times or in another order. */
  | 'answersFar'
  /**
   * The near end repeated an ACK with a larger window (RFC 9293 §3.8.6.2.2), which the simulation does not, because its window is at its
   * largest all the time.
   */
  | 'window'
  /** The near end retransmitted, and no timer's tick explains why only one of the two did. */
  | 'rule'
  /** The far end repeated an ACK without news, because the path duplicated or reordered a segment after the capture point. */
  | 'copy'
  | 'farTimer'
  | 'farReports'
  | 'farProgram'
  | 'farAnswer';

export type Departure = {
  readonly first: Seen;
  readonly in: 'capture' | 'simulation';
  readonly reason: Reason;
  readonly awayUs: number;
};

type Parting = {
  readonly pairs: readonly Pair[];
  readonly at: number;
  readonly first: Seen;
  readonly trace: Trace;
};

const earlier = ({pairs, at}: Parting, of: 'capture' | 'simulated'): readonly Seen[] =>
  pairs.slice(0, at).flatMap((pair) => pair[of] ?? []);

const isAgain = (parting: Parting): boolean => {
  const {first, pairs, at} = parting;
  const own = earlier(parting, pairs[at]?.capture ? 'capture' : 'simulated');
  return spaceOf(first) > 0 && own.some((each) => transmissionOf(each) === transmissionOf(first));
};

/** Within this many µs after an arrival, a segment counts as an answer to it. */
const atOnceUs = 1000;

/**
 * Tells whether a timer made its sender send the segment where simulation and capture differ: in the simulation the log says so; in the
 * capture, nothing had arrived from the other end within the last millisecond.
 */
const isTimed = (parting: Parting): boolean => {
  const {first, pairs, at, trace} = parting;
  if (pairs[at]?.capture) {
    const heard = earlier(parting, 'capture').findLast(({side}) => side !== first.side);
    return heard === undefined || first.atUs - heard.atUs > atOnceUs;
  }
  const {sendEvent} = trace.packet(first.packet);
  const {instant} = trace.event(sendEvent);
  for (let n = sendEvent; n > 0 && trace.event(n).instant === instant; n--) {
    const event = trace.event(n);
    if (event.kind === 'timer' && event.op === 'fire') return true;
  }
  return false;
};

/**
 * Tells whether the next arrival in the capture is so close after the differing segment that a timer's tick decides which of the two comes
 * first.
 */
const isWithinTick = ({pairs, at, first}: Parting): boolean => {
  const own = pairs.slice(0, at).findLast(({capture}) => capture?.side === first.side)?.capture;
  const next = pairs.slice(at).find(({capture}) => capture !== undefined && capture.side !== first.side);
  if (!own || !next?.capture) return false;
  return next.capture.atUs - first.atUs <= lateUs(first.atUs - own.atUs);
};

/**
 * If only the capture has the differing segment, returns the sender's previous segment if it acknowledges the same; otherwise undefined.
 */
const saidBefore = (parting: Parting): Seen | undefined => {
  const {first, pairs, at} = parting;
  if (pairs[at]?.simulated) return undefined;
  const before = earlier(parting, 'capture').findLast(({side}) => side === first.side);
  const isSame =
    before?.end === first.seq &&
    before.ack === first.ack &&
    JSON.stringify(before.sack) === JSON.stringify(first.sack);
  return isSame ? before : undefined;
};

/** Tells whether other segments of the other end had passed before the differing segment in the simulation than in the capture. */
const heardOther = ({pairs, at, first}: Parting): boolean => {
  const {capture, simulated} = pairs[at] ?? {};
  const captureUs = (capture ?? first).atUs;
  const simulatedUs = (simulated ?? first).atUs;
  return pairs.some(
    (pair) =>
      (pair.capture ?? pair.simulated)?.side !== first.side &&
      (pair.capture?.atUs ?? Number.POSITIVE_INFINITY) < captureUs !==
        (pair.simulated?.atUs ?? Number.POSITIVE_INFINITY) < simulatedUs,
  );
};

const ackReason = (parting: Parting, far: boolean): Reason => {
  const before = saidBefore(parting);
  if (before && before.window < parting.first.window) return 'window';
  if (far) return before ? 'copy' : 'farAnswer';
  return heardOther(parting) ? 'answersFar' : 'answer';
};

const reasonOf = (parting: Parting, vantage: Vantage): Reason => {
  const {first} = parting;
  if (vantage.guessed) return 'unmeasured';
  const far = isFar(vantage, first.side);
  if (spaceOf(first) === 0 && !hasFlags(first, TcpFlag.RST)) return ackReason(parting, far);
  if (!isAgain(parting)) return far ? 'farProgram' : 'program';
  if (far) return isTimed(parting) ? 'farTimer' : 'farReports';
  return isTimed(parting) && isWithinTick(parting) ? 'tick' : 'rule';
};

/** Returns the first place where the simulation departs from the capture, with the reason; undefined if all packets are alike. */
export const departureOf = (
  {pairs}: Agreement,
  {vantage, trace}: {readonly vantage: Vantage; readonly trace: Trace},
): Departure | undefined => {
  const at = pairs.findIndex(({alike}) => !alike);
  const pair = pairs[at];
  const first = pair?.capture ?? pair?.simulated;
  if (!first) return undefined;
  return {
    first,
    in: pair?.capture ? 'capture' : 'simulation',
    reason: reasonOf({pairs, at, first, trace}, vantage),
    awayUs: vantage.distanceUs[first.side],
  };
};
