// Where a capture and its simulation part, and why, as far as that capture point tells: one who is there heard what the capture has, and
// nothing else; what had come to one who is afar, and when, no packet says.
import type {Trace} from '../../sim/trace.ts';
import {lateUs} from '../../stack/tcp/timer-wheel.ts';
import {TcpFlag} from '../../wire/tcp.ts';
import type {Agreement, Pair} from './agreement.ts';
import {hasFlags, type Seen, spaceOf, transmissionOf} from './seen.ts';
import {isFar, type Vantage} from './vantage.ts';

type Reason =
  /** Nobody answered: how long the path is was guessed. */
  | 'unmeasured'
  /** A timer here, and what stops it came within the tick in which Linux fires it: where its ticks stand no packet tells. */
  | 'tick'
  /** New data, FIN or RST of the end here: its program, Nagle’s wait, its windows. */
  | 'program'
  /** Which ACKs the end here sends. */
  | 'answer'
  /** It answers what came from afar, and that passed at other times, or in another order. */
  | 'answersFar'
  /** The same ACK once more, with a window that grew (RFC 9293 §3.8.6.2.2): the simulation has it at its largest all the time. */
  | 'window'
  /** A repetition of the end here, and no tick explains it. */
  | 'rule'
  /** An ACK from afar that says nothing new: the path made two of something behind the capture point, or turned its order. */
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

/** What a machine does at once, it does within that. */
const atOnceUs = 1000;

/** In the simulation the log says it; in the capture nothing that had just come made its sender do it. */
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

/** Something came while the one had fired already, and the other had not yet. */
const isWithinTick = ({pairs, at, first}: Parting): boolean => {
  const own = pairs.slice(0, at).findLast(({capture}) => capture?.side === first.side)?.capture;
  const next = pairs.slice(at).find(({capture}) => capture !== undefined && capture.side !== first.side);
  if (!own || !next?.capture) return false;
  return next.capture.atUs - first.atUs <= lateUs(first.atUs - own.atUs);
};

/** The one before it said the same. */
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

/** What its sender had heard by then is not the same in both. */
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

/** undefined: every packet is alike. */
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
