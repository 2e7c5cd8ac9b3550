// Why a stack that follows the RFCs sends what a capture shows: a deduction from each segment, from what passed before it on its connection,
// folded forward, and from the marks of whoever sees segments pass. Where several rules explain it, all are told; where too many would, none.
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
  /** Each of them explains it, and nothing that passed tells which is right; none: the capture does not tell. */
  readonly rules: readonly CapturedRule[];
  /** The branch of its rule that a segment without data took. */
  readonly case?: 'empty' | undefined;
  /** This rule holds beside the other one. */
  readonly besides?: CapturedRule;
  /** The packet whose last number this empty segment is the first to acknowledge. */
  readonly answers?: number | undefined;
};

export type PassedSegment = {
  readonly packet: number;
  readonly side: 0 | 1;
  readonly atUs: number;
  readonly marks: number;
  readonly segment: TcpSegment;
};

/** The first SYN of an end, which a program or a forger may have sent. */
type Call = {
  readonly packet: number;
  /** When the other end answered it. */
  readonly answeredUs: number | undefined;
  /** When this end spoke again, or anybody did who came too late to settle it. */
  readonly nextUs: number | undefined;
};

type End = {
  /** Its newest segment. */
  readonly said: PassedSegment | undefined;
  /** Behind its FIN. */
  readonly finEnd: Seq | undefined;
  /** Its SYN allows SACK (RFC 2018 §2). */
  readonly permitsSack: boolean;
  /** It has told of a closed window since the other end spoke last. */
  readonly isClosed: boolean;
  /** How often it has repeated its acknowledgment since the numbers that it asks for passed last. */
  readonly asked: number;
  /** What it has repeated lately. */
  readonly again: readonly {readonly end: Seq; readonly atUs: number}[];
  /** Its newest SYN. */
  readonly syn: {readonly seq: Seq; readonly atUs: number} | undefined;
  readonly call: Call | undefined;
};

/** What has passed on a connection so far; bounded, however long it lasts. */
export type Passage = {
  readonly ends: readonly [End, End];
  /** Who sent the newest segment. */
  readonly last: 0 | 1 | undefined;
  /** One of the two has told of data beyond a gap, or of data that came twice (RFC 2018, RFC 2883). */
  readonly usesSack: boolean;
};

const unheard: End = {
  ...{said: undefined, finEnd: undefined, permitsSack: false, isClosed: false, asked: 0, again: []},
  ...{syn: undefined, call: undefined},
};

export const nothingPassed: Passage = {ends: [unheard, unheard], last: undefined, usesSack: false};

/** So many repetitions are remembered at most. */
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

/** Of the call of an end, once somebody has said something; `bySame`: the end itself. */
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
 * The SYN of `packet` was answered, and whoever has its address has said nothing to that for as long as a TCP waits, no RST either: perhaps it has
 * asked for nothing (RFC 4987 §2.2). `lastUs`: when the newest packet of the capture passed.
 */
export const mayBeForged = ({ends}: Passage, packet: number, lastUs: number): boolean => {
  const call = ends.find((end) => end.call?.packet === packet)?.call;
  if (call?.answeredUs === undefined) return false;
  return (call.nextUs ?? lastUs) - call.answeredUs >= initialTimerUs;
};

type Earlier = {
  /** Of the same end and of the other one, the newest. */
  readonly said: TcpSegment | undefined;
  readonly heard: TcpSegment | undefined;
  readonly own: End;
  readonly far: End;
  /** The newest of all is the other end's SYN. */
  readonly behindSyn: boolean;
  /** Either end has sent SACK blocks, or both SYNs allow them. */
  readonly usesSack: boolean;
};

const earlierIn = ({ends, last, usesSack}: Passage, side: 0 | 1): Earlier => {
  const [own, far] = side === 0 ? ends : [ends[1], ends[0]];
  const [said, heard] = [own.said?.segment, far.said?.segment];
  const behindSyn = last !== undefined && last !== side && heard !== undefined && hasFlag(heard, 'SYN');
  return {...{said, heard, own, far, behindSyn}, usesSack: usesSack || (own.permitsSack && far.permitsSack)};
};

/** It tells of data beyond a gap (RFC 2018 §3), not of some that came twice. */
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

/** A SYN under old numbers behind a segment of the connection, or behind its reset, may open another one. */
const mayOpenAnother = (segment: TcpSegment, {said, heard}: Earlier): boolean =>
  hasFlag(segment, 'SYN') &&
  ((said !== undefined && !hasFlag(said, 'SYN')) || (heard !== undefined && hasFlag(heard, 'RST')));

/** Without SACK each further hole is told by a partial ACK (RFC 6582 §3.2). With it a sender goes by RACK, or by RFC 6675, which begins with the first hole and goes on with those behind it. */
const reportedRules = ({seq}: TcpSegment, {usesSack, far, heard}: Earlier): readonly RuleId[] => {
  const isFirst = heard?.ack === seq && far.asked >= enoughDuplicates;
  if (!usesSack) return [isFirst ? fast : '6582:3.2/partial-ack'];
  return ['8985:6.2/lost', isFirst ? fast : '6675:4/next-seg/lost'];
};

/** What made its sender send it again; where neither ACKs nor a time-out explain it, nobody can tell. */
const againRules = ({segment, marks, atUs}: PassedSegment, earlier: Earlier): readonly RuleId[] => {
  const {behindSyn, own} = earlier;
  // Repeated, or answered once more: both look like this.
  if (behindSyn || mayOpenAnother(segment, earlier)) return [];
  if (marks & Mark.reported) return reportedRules(segment, earlier);
  const timers = [...(marks & Mark.probed ? [probes] : []), ...(marks & Mark.timedOut ? [timesOut] : [])];
  if (timers.length > 0) return timers;
  if (marks & Mark.afterTimeout) return ['9293:3.8.1/retransmit/next'];
  const isSame = hasFlag(segment, 'SYN') && own.syn?.seq === segment.seq;
  return isSame && own.syn && atUs - own.syn.atUs >= leastTimerUs ? [timesOut] : [];
};

/** In the order of precedence; of the others several reasons look alike. */
const markRules: readonly (readonly [number, RuleId])[] = [
  [Mark.zeroWindowProbe, '9293:3.8.6.1/persist/probe-byte'],
  [Mark.keepAlive, '9293:3.8.4/keep-alive/probe'],
  [Mark.zeroWindowProbeAck, '9293:3.10.7.4/sequence/zero-window'],
  [Mark.keepAliveAck, duplicate],
  [Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
];

/** Marks under which nobody on the way can tell what made the sender do it. */
const unclear = Mark.outOfOrder | Mark.lostBefore | Mark.ackedLost;

/** A SYN that had gone alone goes again, now with the acknowledgment of the one that has crossed it (RFC 9293 §3.10.7.3). */
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

/** An empty ACK answers what it is the first to acknowledge. */
const ackRule = (segment: TcpSegment, {heard, said, own}: Earlier): RuleId | undefined => {
  if (!heard || !said || !hasFlag(segment, 'ACK')) return undefined;
  const isNew = !hasFlag(said, 'ACK') || seqLt(said.ack, segment.ack);
  if (!isNew) return undefined;
  if (hasFlag(heard, 'SYN')) return '9293:3.10.7.3/syn-sent/syn-ack';
  // Until it names the FIN itself it answers what came before that.
  if (hasFlag(heard, 'FIN') && seqLt(segment.ack, segEnd(heard)))
    return holdsMore(segment) || holdsMore(said) ? undefined : inOrder;
  if (hasFlag(heard, 'FIN')) {
    if (own.finEnd === undefined) return '9293:3.10.7.4/fin/close-wait';
    return seqLt(heard.ack, own.finEnd) ? '9293:3.10.7.4/fin/closing' : '9293:3.10.7.4/fin/time-wait';
  }
  if (heard.payload.length === 0) return undefined;
  // Something is held beyond a gap, or was until now.
  if (holdsMore(segment) || holdsMore(said)) return fillsGap;
  const jumps = seqLt(segEnd(heard), segment.ack);
  const saidAgain = ((own.said?.marks ?? 0) & Mark.duplicateAck) !== 0;
  if (jumps !== saidAgain) return undefined;
  return jumps ? fillsGap : inOrder;
};

/** An empty segment that repeats the last acknowledgment: for something beyond a gap, or for something that came again. */
const repeatedAckRules = (
  {segment, atUs}: PassedSegment,
  {heard, far, usesSack}: Earlier,
): readonly RuleId[] => {
  if (heard && hasFlag(heard, 'RST')) return ['5961:3.2/rst/challenge'];
  if (holdsMore(segment)) return [outOfOrder];
  if (heard && seqLe(segEnd(heard), segment.ack)) return heard.payload.length > 0 ? [duplicate] : [];
  // Whoever speaks SACK would tell what it holds beyond a gap (RFC 2018 §4).
  if (usesSack || sackBlocksOf(segment.options).length > 0) return [duplicate];
  const heardAgain = far.again.some(
    (each) => seqLe(each.end, segment.ack) && atUs - each.atUs < initialTimerUs,
  );
  return heardAgain ? [outOfOrder, duplicate] : [outOfOrder];
};

/** Nothing new, in answer to a segment below what is waited for: a SYN that came again, or a probe. */
const answersOld = ({segment, marks}: PassedSegment, {said, heard, far}: Earlier): boolean => {
  if (!said || segLen(segment) > 0 || segment.ack !== said.ack || segment.seq !== segEnd(said)) return false;
  // The window of a SYN is never scaled: no other window can be compared with it (RFC 7323 §2.2).
  if (hasFlag(said, 'SYN')) return (marks & Mark.windowUpdate) !== 0;
  // An answer to what acknowledges more than was sent has that reason (RFC 9293 §3.10.7.4, fifth check).
  if (heard && seqLt(segEnd(said), heard.ack)) return false;
  return segment.window === said.window && ((far.said?.marks ?? 0) & Mark.keepAlive) !== 0;
};

/** Nobody listens, or a firewall says so in its name; any other RST may be a program's. */
const resetRules = ({seq}: TcpSegment, {said, heard}: Earlier): readonly RuleId[] => {
  const refuses = heard !== undefined && hasFlag(heard, 'SYN') && seq === 0 && said === undefined;
  return refuses ? ['9293:3.10.7.1/closed/no-ack'] : [];
};

const firstRule = ({segment, marks}: PassedSegment, earlier: Earlier): RuleId | undefined => {
  const {heard, said, far} = earlier;
  if (marks & Mark.keepAlive && (far.isClosed || heard?.window === 0)) return '9293:3.8.6.1/persist/probe';
  // What acknowledges something new asks nothing.
  if (marks & Mark.keepAlive && said && seqLt(said.ack, segment.ack)) return undefined;
  if (marks & Mark.windowUpdate && heard && heard.payload.length > 0) return undefined;
  const marked = markRules.find(([bits]) => (marks & bits) !== 0);
  if (marked) return marked[1];
  if ((marks & unclear) !== 0) return undefined;
  if (hasFlag(segment, 'SYN')) return synRule(segment, earlier);
  if (hasFlag(segment, 'FIN')) return '9293:3.10.4/close/fin';
  // The third segment of the handshake may bring data.
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

/** It acknowledges for the first time all of the newest segment of the other end. */
const answeredBy = (segment: TcpSegment, {said, heard, far}: Earlier): number | undefined => {
  const isNew = segLen(segment) === 0 && said !== undefined && seqLt(said.ack, segment.ack);
  return isNew && heard && segLen(heard) > 0 && segEnd(heard) === segment.ack ? far.said?.packet : undefined;
};

/** Why its sender sent it, after all that passed before. */
export const segmentReason = (before: Passage, passed: PassedSegment): CapturedReason => {
  const {segment, marks, side} = passed;
  const earlier = earlierIn(before, side);
  const {heard} = earlier;
  const rules = rulesFor(passed, earlier);
  // The other end spoke last by a segment that takes no number and lies below what is expected, as probes are.
  const isEmpty = heard !== undefined && segLen(heard) === 0 && seqLt(heard.seq, segment.ack);
  return {
    rules,
    case: isEmpty && rules.includes(duplicate) ? 'empty' : undefined,
    answers: answeredBy(segment, earlier),
    ...(rules[0] === inOrder && marks & Mark.quickAck ? {besides: 'linux:quick-ack/now'} : {}),
  };
};

/** A SYN of which nobody can tell whether a program stands behind it has both reasons. */
export const orForged = (reason: CapturedReason, forged: boolean): CapturedReason =>
  forged && reason.rules[0] === opens ? {...reason, rules: [opens, '4987:2.2/forged-source']} : reason;
