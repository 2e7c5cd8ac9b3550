// Deduces by which RFC rules a TCP stack sent a captured segment, from the segment, its marks and what passed before it on its connection.
// If several rules explain a segment, all are returned; if too many would, none is.
import type {IpRuleId} from '../stack/ip/rules.ts';
import type {RuleId} from '../stack/tcp/rules.ts';
import {type Seq, seqAdd, seqLe, seqLt} from '../wire/seq.ts';
import {hasFlag, isBareSyn, segEnd, segLen, type TcpSegment} from '../wire/tcp.ts';
import {sackBlocksOf} from '../wire/tcp-options.ts';
import {enoughDuplicates, initialTimerUs, leastTimerUs} from './bounds.ts';
import {duplicateIn} from './seen-segment.ts';
import {Mark, retransmissionMarks} from './tcp-marks.ts';

type CapturedRule = RuleId | IpRuleId;

export type CapturedReason = {
  /**
   * The RFC rules that explain why the TCP segment was sent. If there are several, nothing that passed tells which one is right; if there
   * are none, the capture does not show it.
   */
  readonly rules: readonly CapturedRule[];
  /**
   * `empty` if the segment is an answer to one without data below the expected number; it selects that case of the rule. Otherwise
   * undefined.
   */
  readonly case?: 'empty' | undefined;
  /** A rule that applies in addition to the first of `rules`: that of a quick ACK. */
  readonly besides?: CapturedRule;
  /** The packet that this segment without data is the first to acknowledge completely; undefined if there is none. */
  readonly answers?: number | undefined;
};

export type PassedSegment = {
  readonly packet: number;
  readonly side: 0 | 1;
  readonly atUs: number;
  readonly marks: number;
  readonly segment: TcpSegment;
};

/** The first SYN of a TCP end, which its program or somebody with a forged address may have sent. */
type Call = {
  readonly packet: number;
  /** The time in µs at which the other end's SYN,ACK passed; undefined if there was none. */
  readonly answeredUs: number | undefined;
  /**
   * The time in µs of the SYN sender's next segment, or of any segment that came later than a TCP waits for an answer; undefined until
   * then.
   */
  readonly nextUs: number | undefined;
};

type End = {
  /** The newest segment that this end has sent. */
  readonly said: PassedSegment | undefined;
  /** The sequence number after the end's FIN; undefined if it has sent none. */
  readonly finEnd: Seq | undefined;
  /** True if the end's SYN permits SACK (RFC 2018 §2). */
  readonly permitsSack: boolean;
  /** True if the end has announced a window of 0 since the other end last sent something. */
  readonly isClosed: boolean;
  /** The number of duplicate ACKs that the end has sent since the data that they ask for last passed. */
  readonly asked: number;
  /** The end's retransmissions within the last second: the number after each, and its time in µs. */
  readonly again: readonly {readonly end: Seq; readonly atUs: number}[];
  /** The sequence number and the time of the end's newest SYN; undefined if it has sent none. */
  readonly syn: {readonly seq: Seq; readonly atUs: number} | undefined;
  readonly call: Call | undefined;
};

/**
 * Holds what is remembered of the segments that have passed on a TCP connection so far; the memory is bounded, however long the connection
 * lasts.
 */
export type Passage = {
  readonly ends: readonly [End, End];
  /** The side that sent the newest segment; undefined before the first one. */
  readonly last: 0 | 1 | undefined;
  /** True once a segment of the connection had SACK blocks (RFC 2018, RFC 2883). */
  readonly usesSack: boolean;
};

const unheard: End = {
  ...{said: undefined, finEnd: undefined, permitsSack: false, isClosed: false, asked: 0, again: []},
  ...{syn: undefined, call: undefined},
};

export const nothingPassed: Passage = {ends: [unheard, unheard], last: undefined, usesSack: false};

/** The highest number of an end's retransmissions that are remembered. */
const mostRemembered = 64;

const repeatedBits = Mark.resent | retransmissionMarks;

const saidAfter = (own: End, far: End, passed: PassedSegment): End => {
  const {segment, marks, atUs} = passed;
  const {said, again} = own;
  const isSame = said?.segment.ack === segment.ack;
  const asked = (isSame ? own.asked : 0) + (marks & Mark.duplicateAck ? 1 : 0);
  const isSyn = hasFlag(segment, 'SYN');
  const calls = own.call === undefined && far.said === undefined && isBareSyn(segment);
  const known = again.filter((each) => atUs - each.atUs < initialTimerUs).slice(1 - mostRemembered);
  return {
    said: passed,
    finEnd: hasFlag(segment, 'FIN') ? segEnd(segment) : own.finEnd,
    permitsSack: own.permitsSack || segment.options.some(({kind}) => kind === 'sackPermitted'),
    isClosed: own.isClosed || (segment.window === 0 && !hasFlag(segment, 'RST')),
    asked,
    again: marks & repeatedBits ? [...known, {end: segEnd(segment), atUs}] : again,
    syn: isSyn ? {seq: segment.seq, atUs} : own.syn,
    call: calls
      ? {packet: passed.packet, answeredUs: undefined, nextUs: undefined}
      : spokenAfter(own, passed, true),
  };
};

/**
 * Returns what is known of an end's first SYN after a further segment of the connection. `bySame` is true if that end itself sent the
 * segment.
 */
const spokenAfter = ({call}: End, {segment, atUs}: PassedSegment, bySame: boolean): Call | undefined => {
  if (!call || call.nextUs !== undefined) return call;
  if (call.answeredUs === undefined && !bySame)
    return hasFlag(segment, 'SYN') && hasFlag(segment, 'ACK') ? {...call, answeredUs: atUs} : call;
  const waits = call.answeredUs === undefined || atUs - call.answeredUs < initialTimerUs;
  return bySame || !waits ? {...call, nextUs: atUs} : call;
};

const heardAfter = (far: End, passed: PassedSegment): End => {
  const {segment} = passed;
  const isAsked = far.said?.segment.ack === segment.seq && segLen(segment) > 0;
  const call = spokenAfter(far, passed, false);
  if (!far.isClosed && !(isAsked && far.asked > 0) && call === far.call) return far;
  return {...far, isClosed: false, asked: isAsked ? 0 : far.asked, call};
};

export const passageAfter = ({ends, usesSack}: Passage, passed: PassedSegment): Passage => {
  const {side, segment} = passed;
  const [own, far] = side === 0 ? ends : [ends[1], ends[0]];
  const [said, heard] = [saidAfter(own, far, passed), heardAfter(far, passed)];
  return {
    ends: side === 0 ? [said, heard] : [heard, said],
    last: side,
    usesSack: usesSack || sackBlocksOf(segment.options).length > 0,
  };
};

/**
 * Tells whether the SYN of `packet` may have a forged source address: it was answered, but its sender did not react for as long as a TCP
 * waits, not even with an RST (RFC 4987 §2.2). `lastUs` is when the capture's newest packet passed.
 */
export const mayBeForged = ({ends}: Passage, packet: number, lastUs: number): boolean => {
  const call = ends.find((end) => end.call?.packet === packet)?.call;
  if (call?.answeredUs === undefined) return false;
  return (call.nextUs ?? lastUs) - call.answeredUs >= initialTimerUs;
};

type Earlier = {
  /** The newest earlier segment of the sender (`said`) and that of the other end (`heard`); undefined if there is none. */
  readonly said: TcpSegment | undefined;
  readonly heard: TcpSegment | undefined;
  readonly own: End;
  readonly far: End;
  /** True if the newest segment before this one is a SYN of the other end. */
  readonly behindSyn: boolean;
  /** True if an end has sent SACK blocks or both SYNs permit them. */
  readonly usesSack: boolean;
};

const earlierIn = ({ends, last, usesSack}: Passage, side: 0 | 1): Earlier => {
  const [own, far] = side === 0 ? ends : [ends[1], ends[0]];
  const [said, heard] = [own.said?.segment, far.said?.segment];
  const behindSyn = last !== undefined && last !== side && heard !== undefined && hasFlag(heard, 'SYN');
  return {...{said, heard, own, far, behindSyn}, usesSack: usesSack || (own.permitsSack && far.permitsSack)};
};

/** Tells whether a segment's SACK blocks report data after a gap (RFC 2018 §3), and not only a duplicate. */
const holdsMore = ({ack, options}: TcpSegment): boolean => {
  const sack = sackBlocksOf(options);
  return sack.length > 0 && duplicateIn({ack, sack}) === undefined;
};

const opens = '9293:3.10.1/open/active';
const crosses = '9293:3.10.7.3/syn-sent/syn';
const probes: RuleId = '8985:7.3/probe/last-segment';
const timesOut: RuleId = '6298:5.4/retransmit';
const fast = '5681:3.2/fast-retransmit';
const inOrder = '9293:3.10.7.4/text/in-order';
const outOfOrder = '9293:3.10.7.4/text/out-of-order';
const fillsGap = '9293:3.10.7.4/text/fills-gap';
const duplicate = '9293:3.10.7.4/sequence/duplicate';

/**
 * Tells whether a repeated SYN may open another connection: its sender has already sent something other than a SYN, or the other end's last
 * segment was an RST.
 */
const mayOpenAnother = (segment: TcpSegment, {said, heard}: Earlier): boolean =>
  hasFlag(segment, 'SYN') &&
  ((said !== undefined && !hasFlag(said, 'SYN')) || (heard !== undefined && hasFlag(heard, 'RST')));

/**
 * Returns the rules by which a reported loss was retransmitted. Without SACK, a partial ACK reports each further hole (RFC 6582 §3.2). With
 * SACK, a sender follows RACK, or RFC 6675, which begins with the first hole and continues with the later ones.
 */
const reportedRules = ({seq}: TcpSegment, {usesSack, far, heard}: Earlier): readonly RuleId[] => {
  const isFirst = heard?.ack === seq && far.asked >= enoughDuplicates;
  if (!usesSack) return [isFirst ? fast : '6582:3.2/partial-ack'];
  return ['8985:6.2/lost', isFirst ? fast : '6675:4/next-seg/lost'];
};

/** Returns the rules by which a segment was retransmitted; empty if neither reported losses nor a timer explain it. */
const againRules = ({segment, marks, atUs}: PassedSegment, earlier: Earlier): readonly RuleId[] => {
  const {behindSyn, own} = earlier;
  // After a repeated SYN, a repeated SYN,ACK may be a retransmission or another answer; both look alike.
  if (behindSyn || mayOpenAnother(segment, earlier)) return [];
  if (marks & Mark.reported) return reportedRules(segment, earlier);
  const timers = [...(marks & Mark.probed ? [probes] : []), ...(marks & Mark.timedOut ? [timesOut] : [])];
  if (timers.length > 0) return timers;
  if (marks & Mark.afterTimeout) return ['9293:3.8.1/retransmit/next'];
  const isSame = hasFlag(segment, 'SYN') && own.syn?.seq === segment.seq;
  return isSame && own.syn && atUs - own.syn.atUs >= leastTimerUs ? [timesOut] : [];
};

/** The rules that explain segments with a mark, in order of precedence. Of other marks several reasons look alike. */
const markRules: readonly (readonly [number, RuleId])[] = [
  [Mark.zeroWindowProbe, '9293:3.8.6.1/persist/probe-byte'],
  [Mark.keepAlive, '9293:3.8.4/keep-alive/probe'],
  [Mark.zeroWindowProbeAck, '9293:3.10.7.4/sequence/zero-window'],
  [Mark.keepAliveAck, duplicate],
  [Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
];

/** The marks of segments of which nobody on the path can tell why they were sent. */
const unclear = Mark.outOfOrder | Mark.lostBefore | Mark.ackedLost;

/** Tells whether an end repeats its SYN, now with the acknowledgment of the other end's SYN that crossed it (RFC 9293 §3.10.7.3). */
const answersCrossing = (segment: TcpSegment, {said, heard}: Earlier): boolean =>
  hasFlag(segment, 'ACK') &&
  [segment, said, heard].every((each) => each !== undefined && hasFlag(each, 'SYN')) &&
  said !== undefined &&
  !hasFlag(said, 'ACK') &&
  heard !== undefined &&
  segment.ack === seqAdd(heard.seq, 1);

const synRule = (segment: TcpSegment, {said}: Earlier): RuleId => {
  if (!hasFlag(segment, 'ACK')) return opens;
  return said && isBareSyn(said) ? crosses : '9293:3.10.7.2/listen/syn';
};

/** Returns the rule of an ACK without data, which answers what it is the first to acknowledge; undefined if several look alike. */
const ackRule = (segment: TcpSegment, {heard, said, own}: Earlier): RuleId | undefined => {
  if (!heard || !said || !hasFlag(segment, 'ACK')) return undefined;
  const isNew = !hasFlag(said, 'ACK') || seqLt(said.ack, segment.ack);
  if (!isNew) return undefined;
  if (hasFlag(heard, 'SYN')) return '9293:3.10.7.3/syn-sent/syn-ack';
  // An ACK that does not acknowledge the FIN itself answers data before the FIN.
  if (hasFlag(heard, 'FIN') && seqLt(segment.ack, segEnd(heard)))
    return holdsMore(segment) || holdsMore(said) ? undefined : inOrder;
  if (hasFlag(heard, 'FIN')) {
    if (own.finEnd === undefined) return '9293:3.10.7.4/fin/close-wait';
    return seqLt(heard.ack, own.finEnd) ? '9293:3.10.7.4/fin/closing' : '9293:3.10.7.4/fin/time-wait';
  }
  if (heard.payload.length === 0) return undefined;
  // SACK shows that the receiver holds data after a gap, or did so until this ACK.
  if (holdsMore(segment) || holdsMore(said)) return fillsGap;
  const jumps = seqLt(segEnd(heard), segment.ack);
  const saidAgain = ((own.said?.marks ?? 0) & Mark.duplicateAck) !== 0;
  if (jumps !== saidAgain) return undefined;
  return jumps ? fillsGap : inOrder;
};

/** Returns the rules of a duplicate ACK: it answers data after a gap, data that came again, or an RST (as a challenge ACK). */
const repeatedAckRules = (
  {segment, atUs}: PassedSegment,
  {heard, far, usesSack}: Earlier,
): readonly RuleId[] => {
  if (heard && hasFlag(heard, 'RST')) return ['5961:3.2/rst/challenge'];
  if (holdsMore(segment)) return [outOfOrder];
  if (heard && seqLe(segEnd(heard), segment.ack)) return heard.payload.length > 0 ? [duplicate] : [];
  // A receiver that uses SACK would report data after a gap (RFC 2018 §4), so an ACK without such blocks answers a duplicate.
  if (usesSack || sackBlocksOf(segment.options).length > 0) return [duplicate];
  const heardAgain = far.again.some(
    (each) => seqLe(each.end, segment.ack) && atUs - each.atUs < initialTimerUs,
  );
  return heardAgain ? [outOfOrder, duplicate] : [outOfOrder];
};

/** Tells whether a segment that acknowledges nothing new answers one below the expected number: a repeated SYN, or a keep-alive probe. */
const answersOld = ({segment, marks}: PassedSegment, {said, heard, far}: Earlier): boolean => {
  if (!said || segLen(segment) > 0 || segment.ack !== said.ack || segment.seq !== segEnd(said)) return false;
  // The window of a SYN is never scaled, so no other window can be compared with it (RFC 7323 §2.2).
  if (hasFlag(said, 'SYN')) return (marks & Mark.windowUpdate) !== 0;
  // If the other end acknowledged data that were never sent, that is the reason for the answer (RFC 9293 §3.10.7.4, fifth check).
  if (heard && seqLt(segEnd(said), heard.ack)) return false;
  return segment.window === said.window && ((far.said?.marks ?? 0) & Mark.keepAlive) !== 0;
};

/**
 * Returns the rule of an RST that refuses a SYN because nobody listens; a firewall may imitate this. For any other RST it returns none,
 * because a program may have caused it.
 */
const resetRules = ({seq}: TcpSegment, {said, heard}: Earlier): readonly RuleId[] => {
  const refuses = heard !== undefined && hasFlag(heard, 'SYN') && seq === 0 && said === undefined;
  return refuses ? ['9293:3.10.7.1/closed/no-ack'] : [];
};

const firstRule = ({segment, marks}: PassedSegment, earlier: Earlier): RuleId | undefined => {
  const {heard, said, far} = earlier;
  if (marks & Mark.keepAlive && (far.isClosed || heard?.window === 0)) return '9293:3.8.6.1/persist/probe';
  // A segment that acknowledges something new is no probe.
  if (marks & Mark.keepAlive && said && seqLt(said.ack, segment.ack)) return undefined;
  if (marks & Mark.windowUpdate && heard && heard.payload.length > 0) return undefined;
  const marked = markRules.find(([bits]) => (marks & bits) !== 0);
  if (marked) return marked[1];
  if ((marks & unclear) !== 0) return undefined;
  if (hasFlag(segment, 'SYN')) return synRule(segment, earlier);
  if (hasFlag(segment, 'FIN')) return '9293:3.10.4/close/fin';
  // A segment directly after the sender's SYN is the third of the handshake, which may carry data; the SYN,ACK caused it.
  const isThird = said && isBareSyn(said);
  return segment.payload.length > 0 && !isThird ? '9293:3.10.2/send/segmentise' : ackRule(segment, earlier);
};

const rulesFor = (passed: PassedSegment, earlier: Earlier): readonly RuleId[] => {
  const {segment, marks} = passed;
  if (marks & Mark.copy) return [];
  if (hasFlag(segment, 'RST')) return resetRules(segment, earlier);
  const isAgain = (marks & repeatedBits) !== 0;
  if (!isAgain && marks & Mark.duplicateAck) return repeatedAckRules(passed, earlier);
  if (!isAgain && answersOld(passed, earlier)) return [holdsMore(segment) ? outOfOrder : duplicate];
  if (answersCrossing(segment, earlier)) return [crosses];
  if (isAgain) return againRules(passed, earlier);
  const rule = firstRule(passed, earlier);
  return rule === undefined ? [] : [rule];
};

/**
 * Returns the packet that a segment without data answers: the other end's newest one, if this acknowledges all of it for the first time;
 * undefined otherwise.
 */
const answeredBy = (segment: TcpSegment, {said, heard, far}: Earlier): number | undefined => {
  const isNew = segLen(segment) === 0 && said !== undefined && seqLt(said.ack, segment.ack);
  return isNew && heard && segLen(heard) > 0 && segEnd(heard) === segment.ack ? far.said?.packet : undefined;
};

/** Returns why a TCP segment was sent, as far as what passed before it on the connection shows. */
export const segmentReason = (before: Passage, passed: PassedSegment): CapturedReason => {
  const {segment, marks, side} = passed;
  const earlier = earlierIn(before, side);
  const {heard} = earlier;
  const rules = rulesFor(passed, earlier);
  // True if the other end's last segment occupies no sequence number and lies below the expected one, as probes do.
  const isEmpty = heard !== undefined && segLen(heard) === 0 && seqLt(heard.seq, segment.ack);
  return {
    rules,
    case: isEmpty && rules.includes(duplicate) ? 'empty' : undefined,
    answers: answeredBy(segment, earlier),
    ...(rules[0] === inOrder && marks & Mark.quickAck ? {besides: 'linux:quick-ack/now'} : {}),
  };
};

/**
 * Adds the rule of a forged source address as a second reason of a SYN, if `forged` says that nobody can tell whether a program sent it.
 */
export const orForged = (reason: CapturedReason, forged: boolean): CapturedReason =>
  forged && reason.rules[0] === opens ? {...reason, rules: [opens, '4987:2.2/forged-source']} : reason;
