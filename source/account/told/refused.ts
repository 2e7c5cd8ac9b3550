// Makes the account's sentences on segments that their receiver discards, and why.

import {factWords} from '../../sim/because.ts';
import {hasTakenFin} from '../../sim/operands.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Refusal} from '../../stack/refusal.ts';
import {seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {segLen} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt, instantOf, ofKind} from '../entries.ts';
import {operandsOf} from '../operands.ts';
import {dnsMessagesOf, ipPacketOf, isSameWay, packetOf, saidBefore, segmentOf} from '../packet.ts';
import {factsOf, wordOf} from '../reason.ts';
import {beganUs} from './began.ts';
import {frameCome, segmentCome, takerOf} from './come.ts';
import type {Facts, Told} from './facts.ts';
import {nextAck} from './losses.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, endAfter, isAck, isFin, isSyn, sendsIn, waitSet} from './moment.ts';
import {hasOtherBytes, isOfEarlier} from './other-bytes.ts';
import {type Thing, thingCome, thingOf} from './packet-name.ts';

/**
 * Tells whether the same SYN, or the same SYN,ACK, has arrived in an earlier packet. A SYN,ACK is not taken for a SYN with the same number,
 * which may come later (RFC 9293 Fig. 7).
 */
export const hasSynCome = ({trace, memory}: Moment, {packet: now, what, seq: number}: Thing): boolean => {
  const own = segmentOf(packetOf(trace, now));
  return [...memory.arrived].some((packet) => {
    const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    if (segment?.seq !== number || !isSameWay(segment, own)) return false;
    return isSyn(segment) && isAck(segment) === (what === 'SYNACK');
  });
};

/** Returns the time in µs at which the packet's sender began the connection to which the packet belongs; 0 if it belongs to none. */
const begunWith = (trace: Trace, packet: number): number => {
  const {connection, n} = entryAt(trace, packetOf(trace, packet).sendEvent);
  const last = instantOf(trace, n).at(-1)?.n ?? n;
  return connection === undefined ? 0 : beganUs(trace, {n: last + 1, connection});
};

/**
 * Tells whether the SYN that begins this discarded segment's connection has arrived and was accepted, in the same handshake: a late SYN may
 * begin another handshake with the same numbers.
 */
const isOfTaken = (trace: Trace, {n, host, packet}: EventOf<'drop'>): boolean => {
  const own = segmentOf(packetOf(trace, packet));
  const begun = begunWith(trace, packet);
  return [...entriesOf(trace, 'arrive')].some((arrival) => {
    if (arrival.n >= n || arrival.host !== host || arrival.packet < 1) return false;
    const segment = segmentOf(packetOf(trace, arrival.packet));
    if (!isSameWay(segment, own) || segment?.seq !== own?.seq || !segment || !isSyn(segment)) return false;
    const isThrown = instantOf(trace, arrival.n).some(({kind}) => kind === 'drop');
    return !isThrown && begunWith(trace, arrival.packet) === begun;
  });
};

type Why = Facts['refusedSegment']['why'];

/**
 * Returns what to call the sequence numbers that a receiver takes for old ones, as an observer sees them, who knows what was sent and what
 * has arrived: a duplicate, an unknown SYN, an altered number.
 */
const seenOf = (why: 'duplicate' | 'afterFin', moment: Moment, drop: EventOf<'drop'>, thing: Thing): Why => {
  const {trace} = moment;
  const {n, connection = '', packet} = drop;
  const {what, bytes} = thing;
  if (segmentOf(packetOf(trace, packet))?.seq !== thing.seq) return what === 'data' ? 'written' : 'below';
  if (what === 'SYN' || what === 'SYNACK') {
    if (!hasSynCome(moment, thing)) return 'known';
    return isOfTaken(trace, drop) ? 'duplicate' : 'below';
  }
  if (why === 'afterFin' || what !== 'data') return why;
  // Other bytes may have come with these sequence numbers; then the segment is no duplicate.
  const isOther = hasOtherBytes(trace, {connection, n}, {seq: seq(thing.seq), bytes});
  const arrival = arrivalIn(moment);
  return isOther || (arrival && isOfEarlier(trace, arrival)) ? 'below' : 'duplicate';
};

/**
 * Tells whether a copy of this DNS response had arrived before and was accepted. A truncated response does not count, because it only makes
 * its receiver ask again.
 */
const isSettled = ({trace}: Moment, {n, host, packet}: EventOf<'drop'>): boolean => {
  const isTaken = dnsMessagesOf(packetOf(trace, packet)).some(({flags}) => flags.qr && !flags.tc);
  const isEarlier = (event: EventOf<'arrive'> | EventOf<'drop'>): boolean =>
    event.packet === packet && event.host === host && event.n < n;
  const arrivals = [...entriesOf(trace, 'arrive')].filter(isEarlier);
  return isTaken && arrivals.length > 1 && ![...entriesOf(trace, 'drop')].some(isEarlier);
};

/** Returns why a receiver discards a segment; undefined if it answers with an RST or a challenge ACK, which another sentence tells. */
const reasonOf = (moment: Moment, drop: EventOf<'drop'>, thing: Thing): Why | undefined => {
  const {trace} = moment;
  const why = wordOf(trace, drop.n, 'refusal', [...factWords.refusals, 'doubtfulSyn']);
  if (why === 'mismatch' && isSettled(moment, drop)) return 'settled';
  if (why === 'duplicate' || why === 'afterFin') return seenOf(why, moment, drop, thing);
  // A host that has received this very SYN takes a copy of it for a duplicate, so it sends no challenge ACK because of it.
  if (why !== 'doubtfulSyn') return why;
  return hasSynCome(moment, thing) ? seenOf('duplicate', moment, drop, thing) : undefined;
};

/** The reasons for which a receiver ignores the data and the ACK of a discarded segment. */
const uncounted: ReadonlySet<Why> = new Set(['ack', 'below', 'window']);

/**
 * Returns the number of the later packet whose ACK acknowledges as much as a discarded pure ACK that would have been news; undefined if
 * there is none.
 */
const coveredBy = ({trace}: Moment, drop: EventOf<'drop'>): number | undefined => {
  const sent = thingOf(trace, drop.packet);
  const una = operandsOf(trace, drop).before?.snd.una;
  if (sent.what !== 'ACK' || una === undefined || seqDiff(seq(sent.ack), una) <= 0) return undefined;
  return nextAck(trace, drop, sent);
};

/** The reasons for discarding a segment that concern its sequence number. */
const ofNumbers = ['duplicate', 'below', 'afterFin', 'window', 'doubtfulRst'] as const satisfies Refusal[];

/**
 * Returns the destination port of a UDP datagram as it arrives, with the changes that were made on the way; undefined for other packets.
 */
const datagramPort = (trace: Trace, arrival: EventOf<'arrive'>): number | undefined => {
  const transport = ipPacketOf({frame: frameCome(trace, arrival)})?.transport;
  return transport?.kind === 'udp' ? transport.datagram.dstPort : undefined;
};

/** Returns the sentence on a discarded segment; undefined if an RST or a challenge ACK answers it, because another sentence tells that. */
export const refusedTold = (moment: Moment, drop: EventOf<'drop'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, connection = '', packet, reason} = drop;
  if (reason !== 'discarded' || packet < 1) return undefined;
  const arrival = arrivalIn(moment);
  const thing = arrival ? thingCome(trace, arrival) : thingOf(trace, packet);
  const why = reasonOf(moment, drop, thing);
  if (!why) return undefined;
  const {refusal, sent} = factsOf(trace, n);
  const answer = sendsIn(moment, host).find((send) => {
    const segment = segmentOf(packetOf(trace, send.packet));
    return segment !== undefined && isAck(segment);
  });
  const answers = answer && segmentOf(packetOf(trace, answer.packet))?.ack;
  return {
    ...{says: 'refusedSegment', n, rank: 1, most: 2},
    about: [`refused ${host} ${refusal} ${thing.what}`],
    facts: {
      host,
      peer: packetOf(trace, packet).from,
      thing,
      why,
      answers,
      again: answer !== undefined && saidBefore(trace, answer.packet),
      next: uncounted.has(why) ? coveredBy(moment, drop) : undefined,
      sentTo: typeof sent === 'number' ? sent : undefined,
      off: wordOf(trace, n, 'else', ofNumbers) !== undefined,
      port: arrival && datagramPort(trace, arrival),
      restartsUs: waitSet(moment, connection),
    },
  };
};

/**
 * Returns the sentence on data that come after the sender's FIN: the receiver ignores them and sends no answer (RFC 9293 §3.10.7.4, seventh
 * check).
 */
export const ignoredTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n, host, packet} = arrival;
  const thing = thingCome(trace, arrival);
  const end = takerOf(trace, arrival);
  if (thing.what !== 'data' || !end) return undefined;
  const {peer, connection} = end;
  const tcb = connectionAt(trace, n - 1, end);
  const isBehind = tcb && seqDiff(seqAdd(seq(thing.seq), thing.bytes), tcb.rcv.nxt) > 0;
  if (!isBehind || !hasTakenFin(tcb) || events.some(({kind}) => /^(?:send|drop|state)$/.test(kind)))
    return undefined;
  return {
    ...{says: 'ignoresText', n, rank: 1, most: 1},
    about: [`ignored ${connection} ${packetOf(trace, packet).retransmission}`],
    facts: {host, peer, thing},
  };
};

/**
 * Tells that a host took only the SYN of a segment. Some systems ignore data or a FIN that come with a SYN; they do not acknowledge them,
 * so the peer has to retransmit them.
 */
export const synAloneTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n, host, packet} = arrival;
  const end = takerOf(trace, arrival);
  const segment = segmentCome(trace, arrival);
  if (!end || !segment || !isSyn(segment) || segLen(segment) === 1) return undefined;
  const opens = ofKind(events, 'state').some(
    ({connection, to}) => connection === end.connection && /^(?:ESTABLISHED|SYN-RECEIVED)$/.test(to),
  );
  const tcb = opens ? endAfter(moment, end) : undefined;
  const ack = seqAdd(segment.seq, 1);
  if (tcb?.rcv.nxt !== ack || tcb.reassembly.length > 0 || tcb.peerFinSeq !== undefined) return undefined;
  return {
    ...{says: 'takesSynAlone', n, rank: 1, most: 1, about: [`syn alone ${packet} ${host}`]},
    facts: {host, bytes: segment.payload.length, fin: isFin(segment), ack},
  };
};
