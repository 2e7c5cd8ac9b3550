// Makes the account's sentences on retransmissions: what is sent again, by whom, for what reason, and whether it was needed.

import {isTakenForLost, sizesOf} from '../../sim/operands.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {entryAt, ofKind, sameTimeAs} from '../entries.ts';
import {operandsOf} from '../operands.ts';
import {dnsMessagesOf, packetOf, segmentOf, sentBefore} from '../packet.ts';
import {factsOf} from '../reason.ts';
import {type Recovery, recoveriesOf, repairOf} from '../recovery.ts';
import {aboutSegment, mostOfOne} from './about-segment.ts';
import {askedAgain} from './asked-again.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {endBefore} from './moment.ts';
import {bearersOf, needlessOf, underWayOf, wasRefused} from './needless.ts';
import {othersAgain} from './others-again.ts';
import {thingOf} from './packet-name.ts';
import type {AgainBecause} from './path-facts.ts';
import {reorderWindowOf} from './reorder-window.ts';
import {isLastWait} from './repair-timer.ts';
import {isAnswerTo, thrownAway} from './thrown-away.ts';

/** Tells whether a SYN,ACK repeats its sender's earlier SYN as an answer, because the SYNs of both ends crossed (RFC 9293 Fig. 7). */
const isSynAnsweringSyn = (trace: Trace, packet: number, segment: TcpSegment): boolean => {
  if (!hasFlag(segment, 'SYN') || !hasFlag(segment, 'ACK')) return false;
  const {from} = packetOf(trace, packet);
  for (let id = 1; id < packet; id += 1) {
    const earlier = packetOf(trace, id);
    const request = earlier.from === from ? segmentOf(earlier) : undefined;
    if (request?.seq === segment.seq && !hasFlag(request, 'ACK')) return true;
  }
  return false;
};

const reasonsToRepeat: {readonly [because: string]: AgainBecause} = {
  '5681:3.2/fast-retransmit': 'duplicates',
  '6675:4/next-seg/lost': 'sack',
  '6675:4/next-seg/doubtful': 'doubtful',
  '6675:4/next-seg/rescue': 'rescue',
  '8985:6.2/lost': 'later',
  '6582:3.2/partial-ack': 'partial',
  '9293:3.8.1/retransmit/next': 'rest',
  '1191:6.4/path-mtu/retransmit': 'size',
  'linux:syn-received/repeated-syn': 'asked',
};

/**
 * Returns the reason for a retransmission that no timer caused. SACK may report a loss before a third duplicate ACK does (RFC 6675 §5, step
 * 2).
 */
const whyAtOnce = (because: string, begun: Recovery | undefined): AgainBecause => {
  const why = reasonsToRepeat[because] ?? 'other';
  return why === 'duplicates' && begun?.by === 'sack' ? 'sack' : why;
};

/** The reason for a retransmission by a timer other than the RTO: the loss probe and the reordering timer (RFC 8985 §7.3 and §6.2). */
const timersToRepeat: {readonly [name: string]: AgainBecause} = {TLP: 'probe', reordering: 'waited'};

/** Returns how a retransmission reduces cwnd, and the value that cwnd moves towards; undefined if cwnd does not become smaller. */
const cwndOf = (trace: Trace, send: EventOf<'send'>): Facts['again']['cwnd'] => {
  const {before, after} = operandsOf(trace, send);
  if (!before || !after || after.cwnd >= before.cwnd) return undefined;
  const {cwnd, ssthresh, episode} = after;
  const back = repairOf(after) === 'recovery' && ssthresh > cwnd;
  const isApart = back || ssthresh < cwnd;
  // Without PRR cwnd exceeds ssthresh by one segment for each duplicate ACK, and grows with each further one (RFC 6582 §3.2).
  const isInflated = !back && episode.state !== 'recovery';
  return {
    ...{before: before.cwnd, after: cwnd, back},
    goal: isApart && !isInflated ? ssthresh : undefined,
    threshold: isApart && isInflated ? ssthresh : undefined,
  };
};

/**
 * Tells whether a retransmitted segment was counted as lost in an earlier instant and had to wait for cwnd: RACK may count more segments as
 * lost than cwnd lets out.
 */
const hasWaited = (moment: Moment, send: EventOf<'send'>): boolean => {
  const {seq: first} = thingOf(moment.trace, send.packet);
  const tcb = endBefore(moment, send);
  return tcb !== undefined && isTakenForLost(tcb, first);
};

/**
 * Returns the packet in which the first of the retransmitted bytes was last sent, and how long ago in µs; undefined if it was not sent
 * before.
 */
const underWay = (trace: Trace, send: EventOf<'send'>): {id: number; agoUs: number} | undefined => {
  const first = thingOf(trace, send.packet).seq;
  for (const {id, segment, sentUs} of sentBefore(trace, send.packet)) {
    const place = seqDiff(seq(first), segment.seq);
    if (place >= 0 && place < segLen(segment)) return {id, agoUs: send.atUs - sentUs};
  }
  return undefined;
};

/** Returns the last packet with the retransmitted bytes if that packet was a retransmission itself; otherwise undefined. */
const repetitionOf = (trace: Trace, send: EventOf<'send'>): number | undefined => {
  const last = underWay(trace, send);
  const left = last && entryAt(trace, packetOf(trace, last.id).sendEvent);
  return left?.kind === 'send' && left.retransmission ? last?.id : undefined;
};

/** The shortest time in µs to which a retransmission timer can be set, used for a timer that is already overdue. */
const leastTimerUs = 1;

/** Returns the timer of this connection that expires in this instant, except the delayed-ACK timer; undefined if none does. */
const firedFor = ({events}: Moment, {connection}: EventOf<'send'>): EventOf<'timer'> | undefined =>
  ofKind(events, 'timer').find(
    (event) => event.op === 'fire' && event.name !== 'delayed-ACK' && event.connection === connection,
  );

/**
 * Returns whether ACKs of the whole retransmitted segment have arrived since it was last sent but were discarded, as damaged or refused;
 * undefined if none was.
 */
const thrownAck = (trace: Trace, send: EventOf<'send'>): Facts['again']['thrown'] => {
  const segment = segmentOf(packetOf(trace, send.packet));
  const agoUs = underWay(trace, send)?.agoUs;
  if (!segment || agoUs === undefined) return undefined;
  return thrownAway(trace, send, {sinceUs: send.atUs - agoUs, isAnswer: isAnswerTo(segment)});
};

const sackedOf = (trace: Trace, send: EventOf<'send'>): Pick<Facts['again'], 'sacked' | 'cut'> => {
  const {after} = operandsOf(trace, send);
  const {flight, mss} = after ?? {};
  const isCut = ({segment}: {readonly segment: TcpSegment}): boolean => segment.payload.length > (mss ?? 0);
  const sacked = flight?.sacked ?? 0;
  return {sacked, cut: sacked > 0 && [...sentBefore(trace, send.packet)].some(isCut)};
};

/** Tells whether a timer that was just set still runs after everything else that happens at the same time. */
const runsOn = (trace: Trace, {n, connection, name}: EventOf<'timer'>): boolean =>
  !ofKind(sameTimeAs(trace, n), 'timer').some(
    (event) => event.n > n && event.connection === connection && event.name === name,
  );

/**
 * Tells whether a SYN's timeout is one of Linux's equal ones (tcp_syn_linear_timeouts); for the first longer timeout, returns how many
 * equal ones preceded it.
 */
const equalWaits = (
  trace: Trace,
  armed: EventOf<'timer'> | undefined,
): Pick<Facts['again'], 'equal' | 'linear'> => {
  const {linear, doubles} = armed ? factsOf(trace, armed.n) : {};
  return {linear: linear !== undefined, equal: typeof doubles === 'number' ? doubles : undefined};
};

/** Tells whether a connection has data or a FIN that it has not sent yet (RFC 6675 §4, NextSeg, rule 2). */
export const hasUnsent = (tcb: Connection | undefined): boolean => {
  if (!tcb) return false;
  const {sendWaiting, closeCalled, finSeq} = tcb;
  return sizesOf.unsent(tcb) + sendWaiting.length > 0 || (closeCalled && finSeq === undefined);
};

const againTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace, events, memory} = moment;
  const {n, packet, host, connection = '', because = ''} = send;
  const {to: peer} = packetOf(trace, packet);
  memory.troubled.add(connection);
  const fired = firedFor(moment, send);
  const segment = aboutSegment(trace, send);
  const armed = ofKind(events, 'timer').find(
    (event) => event.op === 'arm' && event.name === 'RTO' && event.host === host,
  );
  const waits = equalWaits(trace, fired && armed);
  // A retransmission that was needed is worth a sentence of its own after needless ones at the same host.
  const about = fired
    ? [waits.equal === undefined ? segment : `doubles ${segment}`]
    : [segment, `at once ${host} ${needlessOf(trace, send) !== undefined}`];
  // The other facts are computed only for a sentence that is told, because finding the beginning of a long loss recovery takes long.
  if (memory.isKnown(about, mostOfOne)) {
    memory.passOver({about});
    return undefined;
  }
  const thing = thingOf(trace, packet);
  const ran = fired && memory.running(connection, fired.name);
  const ranUs = fired && ran ? fired.atUs - ran.armedUs : undefined;
  const awayUs = underWay(trace, send)?.agoUs;
  const dueUs = fired && armed && runsOn(trace, armed) ? armed.dueUs : undefined;
  const begun = recoveriesOf(trace, host, connection).find(({from}) => from === events.at(-1)?.n);
  const isLater = ranUs !== undefined && awayUs !== undefined && ranUs < awayUs;
  const overdue = isLater && fired?.name === 'RTO' && ranUs <= leastTimerUs;
  const waitUs = overdue ? awayUs - ranUs : fired?.name === 'TLP' ? awayUs : ranUs;
  // The reordering timer is always set after the segment was sent, by an arriving ACK; only `anew` tells whether it was set again.
  const isAnew = fired?.name === 'reordering' ? ran?.anew === true : isLater;
  const needless = needlessOf(trace, send);
  const why = fired ? (timersToRepeat[fired.name] ?? 'timer') : whyAtOnce(because, begun);
  return {
    ...{says: 'again', n, rank: 0, most: mostOfOne, about},
    facts: {
      ...{host, peer, thing, waitUs, dueUs},
      anewUs: isAnew ? ran?.armedUs : undefined,
      overdue,
      ...{thrown: thrownAck(trace, send), needless, refused: wasRefused(trace, send)},
      late: needless === 'late' ? underWayOf(trace, send) : undefined,
      bearers: needless && bearersOf(trace, send),
      others: othersAgain(moment, send),
      why: (why === 'later' || why === 'waited') && hasWaited(moment, send) ? 'held' : why,
      begins: begun !== undefined,
      ...{window: reorderWindowOf(trace, send), repetition: repetitionOf(trace, send)},
      ...sackedOf(trace, send),
      ...waits,
      unsent: hasUnsent(operandsOf(trace, send).after),
      last: dueUs !== undefined && isLastWait(trace, connection, dueUs),
      doubled: dueUs !== undefined && waitUs !== undefined && dueUs - send.atUs === 2 * waitUs,
      cwnd: thing.what === 'data' ? cwndOf(trace, send) : undefined,
    },
  };
};

export const sentAgain = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace} = moment;
  const {n, packet, host} = send;
  const record = packetOf(trace, packet);
  const segment = segmentOf(record);
  const about = [aboutSegment(trace, send)];
  if (!segment && dnsMessagesOf(record).length > 0) {
    const facts = askedAgain(trace, packet);
    return facts && {says: 'askedAgain', n, rank: 0, most: mostOfOne, about, facts};
  }
  // A SYN,ACK that a timer repeats was sent as an answer before, so the sentence on crossing SYNs is not for it.
  if (segment && !firedFor(moment, send) && isSynAnsweringSyn(trace, packet, segment))
    return {says: 'crossedAgain', n, rank: 0, most: mostOfOne, about, facts: {host, seq: segment.seq}};
  return againTold(moment, send);
};
