// Why a stack that follows the RFCs sends what a capture shows: a deduction from the segment, from those before it, and from the marks
// of whoever sees segments pass. Where two reasons would look alike, both are said; where more would, nothing.
import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {duplicateIn} from '../../observe/seen-segment.ts';
import {Mark, retransmissionMarks} from '../../observe/tcp-marks.ts';
import type {PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {IpRuleId} from '../../stack/ip/rules.ts';
import type {RuleId} from '../../stack/tcp/rules.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {type Seq, seqAdd, seqLe, seqLt} from '../../wire/seq.ts';
import {hasFlag, isBareSyn, segEnd, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {sackBlocksOf} from '../../wire/tcp-options.ts';

/** Which rules of RFC 9293 §3.10 lead from one state to another; what a reset does is not told by its states alone. */
const stateRules: {readonly [from in TcpState]?: {readonly [to in TcpState]?: RuleId}} = {
  CLOSED: {'SYN-SENT': '9293:3.10.1/open/active'},
  LISTEN: {'SYN-RECEIVED': '9293:3.10.7.2/listen/syn'},
  'SYN-SENT': {
    ESTABLISHED: '9293:3.10.7.3/syn-sent/syn-ack',
    'SYN-RECEIVED': '9293:3.10.7.3/syn-sent/syn',
  },
  'SYN-RECEIVED': {ESTABLISHED: '9293:3.10.7.4/ack/syn-received', 'FIN-WAIT-1': '9293:3.10.4/close/fin'},
  ESTABLISHED: {'FIN-WAIT-1': '9293:3.10.4/close/fin', 'CLOSE-WAIT': '9293:3.10.7.4/fin/close-wait'},
  'FIN-WAIT-1': {
    'FIN-WAIT-2': '9293:3.10.7.4/ack/fin-wait-2',
    CLOSING: '9293:3.10.7.4/fin/closing',
    'TIME-WAIT': '9293:3.10.7.4/fin/time-wait',
  },
  'FIN-WAIT-2': {'TIME-WAIT': '9293:3.10.7.4/fin/time-wait'},
  CLOSING: {'TIME-WAIT': '9293:3.10.7.4/ack/closing'},
  'CLOSE-WAIT': {'LAST-ACK': '9293:3.10.4/close/last-ack'},
  'LAST-ACK': {CLOSED: '9293:3.10.7.4/ack/last-ack'},
};

type Reason = RuleId | IpRuleId;

const searched = 400;

type Earlier = {
  /** Of the other end, the newest; and its marks. */
  readonly heard: TcpSegment | undefined;
  readonly heardIn: number | undefined;
  readonly heardMarks: number;
  /** Since the same end spoke last, the other end told of a closed window. */
  readonly heardClosed: boolean;
  /** The other end has repeated what this segment acknowledges. */
  readonly heardAgain: boolean;
  /** Either end has sent SACK blocks, or both SYNs allow them. */
  readonly usesSack: boolean;
  /** Of the same end, the newest. */
  readonly said: TcpSegment | undefined;
  /** It repeated its acknowledgment. */
  readonly saidAgain: boolean;
  /** Behind the FIN of the same end. */
  readonly finEnd: Seq | undefined;
  /** The newest of all is the other end's SYN. */
  readonly behindSyn: boolean;
  /** When the same numbers passed last. */
  readonly repeatedUs: number | undefined;
  /** Duplicate ACKs since then that ask for these numbers, and those that ask for earlier ones. */
  readonly asked: number;
  readonly askedBefore: number;
};

const permitsSack = ({options}: TcpSegment): boolean => options.some(({kind}) => kind === 'sackPermitted');

/** SYNs are among so many, repeated or not. */
const opening = 16;

/** Both SYNs of its connection allow SACK (RFC 2018 §2), however long ago that was. */
const allowsSack = (trace: Trace, packet: number): boolean => {
  const connection = trace.connectionPackets?.of(packet);
  const first = connection === undefined ? [] : trace.connectionPackets?.packetsOf(connection);
  const ends = (first ?? []).slice(0, opening).flatMap((id) => {
    const record = packetOf(trace, id);
    const segment = segmentOf(record);
    return segment && permitsSack(segment) ? [`${record.from} ${segment.srcPort}`] : [];
  });
  return new Set(ends).size === 2;
};

/** It tells of data beyond a gap (RFC 2018 §3), not of some that came twice. */
const holdsMore = ({ack, options}: TcpSegment): boolean => {
  const sack = sackBlocksOf(options);
  return sack.length > 0 && duplicateIn({ack, sack}) === undefined;
};

/** What passed on the connection before packet `id`, from the newest back to the last sending of the same numbers. */
const earlierThan = (trace: Trace, {id, from, to}: PacketRecord, segment: TcpSegment): Earlier => {
  const [near, far] = [segment.srcPort, segment.dstPort];
  let [heard, said, repeatedUs]: [TcpSegment?, TcpSegment?, number?] = [];
  let [asked, askedBefore] = [0, 0];
  let [saidAgain, behindSyn, heardClosed, heardAgain] = [false, false, false, false];
  let heardMarks = 0;
  let heardIn: number | undefined;
  let usesSack = false;
  let finEnd: Seq | undefined;
  for (let n = id - 1; n >= Math.max(1, id - searched) && repeatedUs === undefined; n--) {
    const other = packetOf(trace, n);
    const found = segmentOf(other);
    if (!found) continue;
    if (other.from === to && other.to === from && found.srcPort === far && found.dstPort === near) {
      behindSyn ||= heard === undefined && said === undefined && hasFlag(found, 'SYN');
      const marks = other.marks ?? 0;
      if (heard === undefined) heardMarks = marks;
      heardClosed ||= said === undefined && found.window === 0 && !hasFlag(found, 'RST');
      heardAgain ||= (marks & (Mark.resent | retransmissionMarks)) !== 0 && seqLe(segEnd(found), segment.ack);
      usesSack ||= sackBlocksOf(found.options).length > 0;
      heard ??= found;
      heardIn ??= n;
      const repeats = (marks & Mark.duplicateAck) !== 0;
      if (repeats && found.ack === segment.seq) asked += 1;
      else if (repeats && seqLt(found.ack, segment.seq)) askedBefore += 1;
    }
    if (other.from !== from || other.to !== to || found.srcPort !== near || found.dstPort !== far) continue;
    saidAgain ||= said === undefined && ((other.marks ?? 0) & Mark.duplicateAck) !== 0;
    if (hasFlag(found, 'FIN')) finEnd = segEnd(found);
    usesSack ||= sackBlocksOf(found.options).length > 0;
    said ??= found;
    if (found.seq === segment.seq && segLen(found) > 0) repeatedUs = other.capturedUs;
  }
  return {
    ...{heard, heardIn, heardMarks, heardClosed, heardAgain, usesSack: usesSack || allowsSack(trace, id)},
    ...{said, saidAgain, finEnd, behindSyn, repeatedUs, asked, askedBefore},
  };
};

/** As many of them start fast retransmit (RFC 5681 §3.2). */
const enoughDuplicates = 3;
/** No stack in use has a shorter retransmission timer; RFC 6298 §2.4 asks for a second. */
const leastTimerUs = 200_000;

/** A SYN under old numbers behind a segment of the connection, or behind its reset, may open another one. */
const mayOpenAnother = (segment: TcpSegment, {said, heard}: Earlier): boolean =>
  hasFlag(segment, 'SYN') &&
  ((said !== undefined && !hasFlag(said, 'SYN')) || (heard !== undefined && hasFlag(heard, 'RST')));

/** Without SACK each further hole is told by a partial ACK (RFC 6582 §3.2). With it a sender goes by RACK, or by RFC 6675, which begins with the first hole and goes on with those behind it. */
const reportedRules = ({seq}: TcpSegment, {usesSack, asked, heard}: Earlier): readonly RuleId[] => {
  const isFirst = asked >= enoughDuplicates && heard?.ack === seq;
  if (!usesSack) return [isFirst ? '5681:3.2/fast-retransmit' : '6582:3.2/partial-ack'];
  return ['8985:6.2/lost', isFirst ? '5681:3.2/fast-retransmit' : '6675:4/next-seg/lost'];
};

/** What made its sender send it again; where neither ACKs nor a time-out explain it, nobody can tell. */
const againRules = (
  segment: TcpSegment,
  {capturedUs = 0, marks = 0}: PacketRecord,
  earlier: Earlier,
): readonly RuleId[] => {
  const {asked, askedBefore, repeatedUs, behindSyn} = earlier;
  // Repeated, or answered once more: both look like this.
  if (behindSyn) return [];
  if (marks & Mark.reported) return reportedRules(segment, earlier);
  const timers = [
    ...(marks & Mark.probed ? ['8985:7.3/probe/last-segment' as const] : []),
    ...(marks & Mark.timedOut ? ['6298:5.4/retransmit' as const] : []),
  ];
  if (timers.length > 0) return timers;
  if (marks & Mark.afterTimeout) return ['9293:3.8.1/retransmit/next'];
  if (asked + askedBefore > 0 || repeatedUs === undefined) return [];
  return capturedUs - repeatedUs >= leastTimerUs ? ['6298:5.4/retransmit'] : [];
};

/** In the order of precedence; of the others several reasons look alike. */
const markRules: readonly (readonly [number, RuleId])[] = [
  [Mark.zeroWindowProbe, '9293:3.8.6.1/persist/probe-byte'],
  [Mark.keepAlive, '9293:3.8.4/keep-alive/probe'],
  [Mark.zeroWindowProbeAck, '9293:3.10.7.4/sequence/zero-window'],
  [Mark.keepAliveAck, '9293:3.10.7.4/sequence/duplicate'],
  [Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
];

/** Marks under which nobody on the way can tell what made the sender do it. */
const unclear = Mark.outOfOrder | Mark.lostBefore | Mark.ackedLost;

const synRule = (segment: TcpSegment, {said}: Earlier): RuleId => {
  if (!hasFlag(segment, 'ACK')) return opens;
  return said && isBareSyn(said) ? '9293:3.10.7.3/syn-sent/syn' : '9293:3.10.7.2/listen/syn';
};

/** A SYN that had gone alone goes again, now with the acknowledgment of the one that has crossed it (RFC 9293 §3.10.7.3). */
const answersCrossing = (segment: TcpSegment, {said, heard}: Earlier): boolean =>
  hasFlag(segment, 'ACK') &&
  [segment, said, heard].every((each) => each !== undefined && hasFlag(each, 'SYN')) &&
  said !== undefined &&
  !hasFlag(said, 'ACK') &&
  heard !== undefined &&
  segment.ack === seqAdd(heard.seq, 1);

const opens = '9293:3.10.1/open/active';

/** As long a TCP waits for the answer to its SYN before it repeats it (RFC 6298 §2.1). */
const answerUs = 1_000_000;
/** Of a flood that much may pass in that time. */
const searchedAhead = 4000;

/**
 * It has been answered, and whoever has that address has said nothing to that for so long, no RST either: perhaps it has asked for
 * nothing (RFC 4987 §2.2).
 */
const mayBeForged = (trace: Trace, {id, from, to}: PacketRecord, {srcPort, dstPort}: TcpSegment): boolean => {
  let answeredUs: number | undefined;
  for (let n = id + 1; n <= Math.min(trace.packetCount, id + searchedAhead); n++) {
    const other = packetOf(trace, n);
    const found = segmentOf(other);
    if (answeredUs !== undefined && (other.capturedUs ?? 0) - answeredUs >= answerUs) return true;
    if (other.from === from && found?.srcPort === srcPort && found.dstPort === dstPort) return false;
    const isAnswer = other.from === to && found?.srcPort === dstPort && found.dstPort === srcPort;
    if (isAnswer && hasFlag(found, 'SYN') && hasFlag(found, 'ACK')) answeredUs ??= other.capturedUs;
  }
  return false;
};

/** A SYN of which nobody can tell whether a program stands behind it has both reasons. */
const orForged = (trace: Trace, packet: PacketRecord, rule: RuleId): readonly Reason[] => {
  const segment = rule === opens ? segmentOf(packet) : undefined;
  return segment && mayBeForged(trace, packet, segment) ? [rule, '4987:2.2/forged-source'] : [rule];
};

/** An empty ACK answers what it is the first to acknowledge. */
const ackRule = (segment: TcpSegment, {heard, said, saidAgain, finEnd}: Earlier): RuleId | undefined => {
  if (!heard || !said || !hasFlag(segment, 'ACK')) return undefined;
  const isNew = !hasFlag(said, 'ACK') || seqLt(said.ack, segment.ack);
  if (!isNew) return undefined;
  if (hasFlag(heard, 'SYN')) return '9293:3.10.7.3/syn-sent/syn-ack';
  // Until it names the FIN itself it answers what came before that.
  if (hasFlag(heard, 'FIN') && seqLt(segment.ack, segEnd(heard)))
    return holdsMore(segment) || holdsMore(said) ? undefined : inOrder;
  if (hasFlag(heard, 'FIN')) {
    if (finEnd === undefined) return '9293:3.10.7.4/fin/close-wait';
    return seqLt(heard.ack, finEnd) ? '9293:3.10.7.4/fin/closing' : '9293:3.10.7.4/fin/time-wait';
  }
  if (heard.payload.length === 0) return undefined;
  // Something is held beyond a gap, or was until now.
  if (holdsMore(segment) || holdsMore(said)) return '9293:3.10.7.4/text/fills-gap';
  const jumps = seqLt(segEnd(heard), segment.ack);
  if (jumps !== saidAgain) return undefined;
  return jumps ? '9293:3.10.7.4/text/fills-gap' : inOrder;
};

const inOrder = '9293:3.10.7.4/text/in-order';
const outOfOrder = '9293:3.10.7.4/text/out-of-order';
const duplicate = '9293:3.10.7.4/sequence/duplicate';

/** An empty segment that repeats the last acknowledgment: for something beyond a gap, or for something that came again. */
const repeatedAckRules = (segment: TcpSegment, {heard, heardAgain, usesSack}: Earlier): readonly RuleId[] => {
  if (heard && hasFlag(heard, 'RST')) return ['5961:3.2/rst/challenge'];
  if (holdsMore(segment)) return [outOfOrder];
  if (heard && seqLe(segEnd(heard), segment.ack)) return heard.payload.length > 0 ? [duplicate] : [];
  // Whoever speaks SACK would tell what it holds beyond a gap (RFC 2018 §4).
  if (usesSack || sackBlocksOf(segment.options).length > 0) return [duplicate];
  return heardAgain ? [outOfOrder, duplicate] : [outOfOrder];
};

/** Nothing new, in answer to a segment below what is waited for: a SYN that came again, or a probe. */
const answersOld = (segment: TcpSegment, marks: number, {said, heard, heardMarks}: Earlier): boolean => {
  if (!said || segLen(segment) > 0 || segment.ack !== said.ack || segment.seq !== segEnd(said)) return false;
  // The window of a SYN is never scaled: no other window can be compared with it (RFC 7323 §2.2).
  if (hasFlag(said, 'SYN')) return (marks & Mark.windowUpdate) !== 0;
  // An answer to what acknowledges more than was sent has that reason (RFC 9293 §3.10.7.4, fifth check).
  if (heard && seqLt(segEnd(said), heard.ack)) return false;
  return segment.window === said.window && (heardMarks & Mark.keepAlive) !== 0;
};

const isAgain = ({retransmission, marks = 0}: PacketRecord): boolean =>
  retransmission || (marks & retransmissionMarks) !== 0;

const sendRules = (trace: Trace, packet: PacketRecord): readonly Reason[] => {
  const segment = segmentOf(packet);
  const marks = packet.marks ?? 0;
  if (!segment || marks & Mark.copy) return [];
  const earlier = earlierThan(trace, packet, segment);
  const isFirst = !isAgain(packet) && !hasFlag(segment, 'RST');
  if (isFirst && marks & Mark.duplicateAck) return repeatedAckRules(segment, earlier);
  if (isFirst && answersOld(segment, marks, earlier)) return [holdsMore(segment) ? outOfOrder : duplicate];
  if (answersCrossing(segment, earlier)) return ['9293:3.10.7.3/syn-sent/syn'];
  if (isAgain(packet) && !hasFlag(segment, 'RST'))
    return mayOpenAnother(segment, earlier) ? [] : againRules(segment, packet, earlier);
  const rule = sendRule(segment, packet, earlier);
  if (rule === inOrder && marks & Mark.quickAck) return [rule, 'linux:quick-ack/now'];
  return rule === undefined ? [] : orForged(trace, packet, rule);
};

const sendRule = (segment: TcpSegment, packet: PacketRecord, earlier: Earlier): RuleId | undefined => {
  const marks = packet.marks ?? 0;
  if (hasFlag(segment, 'RST')) {
    // Nobody listens, or a firewall says so in its name; any other RST may be a program's.
    const refuses = earlier.heard !== undefined && hasFlag(earlier.heard, 'SYN') && segment.seq === 0;
    return refuses && earlier.said === undefined ? '9293:3.10.7.1/closed/no-ack' : undefined;
  }
  if (marks & Mark.keepAlive && (earlier.heardClosed || earlier.heard?.window === 0))
    return '9293:3.8.6.1/persist/probe';
  // What acknowledges something new asks nothing.
  if (marks & Mark.keepAlive && earlier.said && seqLt(earlier.said.ack, segment.ack)) return undefined;
  if (marks & Mark.windowUpdate && earlier.heard && earlier.heard.payload.length > 0) return undefined;
  const marked = markRules.find(([bits]) => (marks & bits) !== 0);
  if (marked) return marked[1];
  if ((marks & unclear) !== 0) return undefined;
  if (hasFlag(segment, 'SYN')) return synRule(segment, earlier);
  if (hasFlag(segment, 'FIN')) return '9293:3.10.4/close/fin';
  // The third segment of the handshake may bring data.
  const isThird = earlier.said && isBareSyn(earlier.said);
  return segment.payload.length > 0 && !isThird ? '9293:3.10.2/send/segmentise' : ackRule(segment, earlier);
};

/** The rule that would explain an event of a capture, or one of two; none: the capture does not tell. */
export const deducedRules = (trace: Trace, event: TraceEvent): readonly Reason[] => {
  if (trace.header.profile !== 'capture') return [];
  if (event.kind === 'state') {
    const rule = event.from && stateRules[event.from]?.[event.to];
    const way = entryAt(trace, event.instant);
    if (rule === undefined) return [];
    return way.kind === 'send' ? orForged(trace, packetOf(trace, way.packet), rule) : [rule];
  }
  return event.kind === 'send' && event.packet > 0 ? sendRules(trace, packetOf(trace, event.packet)) : [];
};

/** The other end spoke last by a segment that takes no number and lies below what is expected, as probes are. */
export const answersEmpty = (trace: Trace, event: TraceEvent): boolean => {
  const packet = event.kind === 'send' && event.packet > 0 ? packetOf(trace, event.packet) : undefined;
  const segment = packet && segmentOf(packet);
  if (!packet || !segment) return false;
  const {heard} = earlierThan(trace, packet, segment);
  return heard !== undefined && segLen(heard) === 0 && seqLt(heard.seq, segment.ack);
};

/** The packet whose last number this empty segment is the first to acknowledge. */
export const answeredIn = (trace: Trace, event: TraceEvent): number | undefined => {
  const packet = event.kind === 'send' && event.packet > 0 ? packetOf(trace, event.packet) : undefined;
  const segment = packet && segmentOf(packet);
  if (!segment || segLen(segment) > 0) return undefined;
  const {heard, heardIn, said} = earlierThan(trace, packet, segment);
  const isNew = said !== undefined && seqLt(said.ack, segment.ack);
  return isNew && heard && segLen(heard) > 0 && segEnd(heard) === segment.ack ? heardIn : undefined;
};
