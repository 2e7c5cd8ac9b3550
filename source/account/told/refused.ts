// Segments that their receiver throws away, and why.

import type {EventOf, Trace} from '../../sim/trace.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt, instantOf, ofKind} from '../entries.ts';
import {operandsOf} from '../operands.ts';
import {dnsMessagesOf, ipPacketOf, isSameWay, packetOf, saidBefore, segmentOf} from '../packet.ts';
import {beganUs} from './began.ts';
import {frameCome, segmentCome, takerOf} from './come.ts';
import type {Facts, Told} from './facts.ts';
import {nextAck} from './losses.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, endAfter, isAck, isFin, isSyn, segmentComeIn, sendsIn, waitSet} from './moment.ts';
import {hasOtherBytes, isOfEarlier} from './other-bytes.ts';
import {numbered, type Thing, thingCome, thingOf} from './thing.ts';

type Why = Facts['refusedSegment']['why'];

/** Of a SYN in a connection (RFC 5961 §4.2): it may be the one that has opened it. */
const challenged = '5961:4.2/syn/challenge';

const refusals: {readonly [because: string]: Why} = {
  '9293:3.10.7.4/sequence/duplicate': 'duplicate',
  '9293:3.10.7.4/sequence/repeated-syn': 'duplicate',
  [challenged]: 'duplicate',
  'linux:time-wait/answer': 'duplicate',
  '9293:3.10.7.4/sequence/beyond': 'window',
  '9293:3.10.7.4/sequence/zero-window': 'window',
  '7323:5.3/paws': 'old',
  '5961:5.2/ack/too-old': 'ack',
  '9293:3.10.7.4/ack/beyond': 'ack',
  '9293:3.10.7.3/syn-sent/ack-beyond': 'ack',
  '5961:7/challenge-ack/throttled': 'throttled',
  '1337:4/rst/ignored': 'rstLate',
  '5961:3.2/rst/outside': 'rst',
  'linux:syn-queue/full': 'queue',
  'linux:accept-queue/full': 'acceptQueue',
  'linux:accept-queue/syn': 'acceptQueue',
  '9293:3.10.7.1/closed/rst': 'noConnection',
  '9293:3.10.7.2/listen/rst': 'noConnection',
  '1122:4.1.3.1/no-port': 'port',
  '5452:9.1/mismatch': 'mismatch',
  '5452:5/same-question': 'sameQuestion',
  '9293:3.10.7.2/listen/other': 'listener',
  'linux:listen/syn-fin': 'synFin',
  '9293:3.10.7.4/ack/off': 'noAck',
  '9293:3.10.7.3/syn-sent/neither': 'noSyn',
  '9293:3.10.7.3/syn-sent/rst-without-ack': 'rstAlone',
  '7323:3.2/missing': 'noStamp',
};

/** In an earlier packet. A FIN that somebody else set may have taken up its number. */
const hasFinCome = ({trace, memory}: Moment, number: number): boolean =>
  [...memory.arrived].some((packet) => {
    const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    return segment !== undefined && isFin(segment) && seqAdd(segment.seq, segment.payload.length) === number;
  });

/** In an earlier packet, not in its other form: a SYN,ACK brings the number of a SYN that comes later (RFC 9293 Fig. 7). */
export const hasSynCome = ({trace, memory}: Moment, {packet: now, what, seq: number}: Thing): boolean => {
  const own = segmentOf(packetOf(trace, now));
  return [...memory.arrived].some((packet) => {
    const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    if (segment?.seq !== number || !isSameWay(segment, own)) return false;
    return isSyn(segment) && isAck(segment) === (what === 'SYNACK');
  });
};

/** When its sender began the connection of which it is. */
const begunWith = (trace: Trace, packet: number): number => {
  const {connection, n} = entryAt(trace, packetOf(trace, packet).sendEvent);
  const last = instantOf(trace, n).at(-1)?.n ?? n;
  return connection === undefined ? 0 : beganUs(trace, {n: last + 1, connection});
};

/** Its SYN has come, and was taken, of the same handshake: a late SYN may begin another one with the same numbers. */
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

/** States in which a FIN has been taken: the number before the next one is its own. */
const finTaken: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']);

type Had = 'duplicate' | 'written' | 'known' | 'below' | 'afterFin';

/** Of what a machine calls old: has it been had, or are these numbers from before the connection's first, or from nowhere? */
const hadOf = (moment: Moment, drop: EventOf<'drop'>, thing: Thing): Had => {
  const {trace} = moment;
  const {irs, rcv, state} = operandsOf(trace, drop).before ?? {};
  const {what} = thing;
  const record = packetOf(trace, drop.packet);
  const isWritten = segmentOf(record)?.seq !== thing.seq;
  if (!numbered.has(what)) return 'below';
  const isOld = irs !== undefined && seqDiff(seq(thing.seq), irs) > 0;
  if (isWritten) return what === 'data' && isOld ? 'written' : 'below';
  if (what === 'FIN' && !hasFinCome(moment, thing.seq)) return 'below';
  if (irs === undefined || rcv === undefined) return 'duplicate';
  const opens = what === 'SYN' || what === 'SYNACK';
  if (opens ? thing.seq !== irs : seqDiff(seq(thing.seq), irs) < 0) return 'below';
  if (opens && !hasSynCome(moment, thing)) return 'known';
  if (opens && !isOfTaken(trace, drop)) return 'below';
  const fin = state !== undefined && finTaken.has(state) ? seqAdd(rcv.nxt, -1) : undefined;
  const isBehind = fin !== undefined && seqDiff(seqAdd(seq(thing.seq), thing.bytes), fin) > 0;
  if (what !== 'data') return 'duplicate';
  if (isBehind) return 'afterFin';
  // Other bytes may have come in their place.
  const {n, connection = ''} = drop;
  const range = {seq: seq(thing.seq), bytes: thing.bytes};
  const isOther = hasOtherBytes(trace, {connection, n}, range);
  const arrival = arrivalIn(moment);
  return isOther || (arrival && isOfEarlier(trace, arrival)) ? 'below' : 'duplicate';
};

/** In TIME-WAIT Linux takes the very next number alone, of those in the window, too (tcp_timewait_state_process). */
const isPastNext = ({trace}: Moment, drop: EventOf<'drop'>, thing: Thing): boolean => {
  const {before} = operandsOf(trace, drop);
  if (before?.state !== 'TIME-WAIT') return false;
  const ahead = seqDiff(seq(thing.seq), before.rcv.nxt);
  return ahead > 0 && ahead < before.rcv.wnd;
};

/** Of a response that has come before, and was taken; one that is cut short only makes its reader ask again. */
const isSettled = ({trace}: Moment, {n, host, packet}: EventOf<'drop'>): boolean => {
  const isTaken = dnsMessagesOf(packetOf(trace, packet)).some(({flags}) => flags.qr && !flags.tc);
  const isEarlier = (event: EventOf<'arrive'> | EventOf<'drop'>): boolean =>
    event.packet === packet && event.host === host && event.n < n;
  const arrivals = [...entriesOf(trace, 'arrive')].filter(isEarlier);
  return isTaken && arrivals.length > 1 && ![...entriesOf(trace, 'drop')].some(isEarlier);
};

const reasonOf = (known: Why, moment: Moment, drop: EventOf<'drop'>, thing: Thing): Why => {
  if (known === 'mismatch' && isSettled(moment, drop)) return 'settled';
  if (known === 'duplicate') return hadOf(moment, drop, thing);
  return known === 'rst' && isPastNext(moment, drop, thing) ? 'rstNext' : known;
};

/** What these say of data counts for nothing. */
const uncounted: ReadonlySet<Why> = new Set(['ack', 'below', 'window']);

/** Of a pure ACK whose number somebody altered: the one behind it that acknowledges as much as it was to. */
const coveredBy = ({trace}: Moment, drop: EventOf<'drop'>): number | undefined => {
  const sent = thingOf(trace, drop.packet);
  const una = operandsOf(trace, drop).before?.snd.una;
  if (sent.what !== 'ACK' || una === undefined || seqDiff(seq(sent.ack), una) <= 0) return undefined;
  return nextAck(trace, drop, sent);
};

/** Its numbers are looked at first (RFC 9293 §3.10.7.4). */
const isOff = (trace: Trace, drop: EventOf<'drop'>, {seq: number}: Thing): boolean => {
  const {rcv} = operandsOf(trace, drop).before ?? {};
  const ahead = rcv ? seqDiff(seq(number), rcv.nxt) : 0;
  return ahead < 0 || ahead >= Math.max(1, rcv?.wnd ?? 0);
};

/** What it is thrown away for; of one that gets no answer the machine does not say it. */
const faultOf = (
  trace: Trace,
  drop: EventOf<'drop'>,
  {why, thing}: Pick<Facts['refusedSegment'], 'why' | 'thing'>,
): Pick<Facts['refusedSegment'], 'sentTo' | 'off'> => {
  const {snd, rcv} = operandsOf(trace, drop).before ?? {};
  const isThrottled = why === 'throttled';
  const off = isThrottled && (thing.what === 'RST' ? rcv?.nxt !== thing.seq : isOff(trace, drop, thing));
  const isBeyond = snd !== undefined && !off && seqDiff(seq(thing.ack), snd.nxt) > 0;
  return {sentTo: isBeyond && (isThrottled || why === 'ack') ? seqAdd(snd.nxt, -1) : undefined, off};
};

/** As it comes, by whatever its way has made of it. */
const datagramPort = (trace: Trace, arrival: EventOf<'arrive'>): number | undefined => {
  const transport = ipPacketOf({frame: frameCome(trace, arrival)})?.transport;
  return transport?.kind === 'udp' ? transport.datagram.dstPort : undefined;
};

/** Gives the reason for a segment refused in SYN-SENT because its ACK is old: if it is an RST, no RST answers it. */
const rstOfOld = (moment: Moment, because: string | undefined): Why | undefined => {
  const segment = because === '9293:3.10.7.3/syn-sent/ack-old' ? segmentComeIn(moment) : undefined;
  return segment && hasFlag(segment, 'RST') ? 'rstAlone' : undefined;
};

/** Not what an RST answers, or a challenge: those are told. */
export const refusedTold = (moment: Moment, drop: EventOf<'drop'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, connection = '', packet, because, reason} = drop;
  if (reason !== 'discarded' || packet < 1) return undefined;
  const arrival = arrivalIn(moment);
  const thing = arrival ? thingCome(trace, arrival) : thingOf(trace, packet);
  const known = refusals[because ?? ''] ?? rstOfOld(moment, because);
  if (!known) return undefined;
  if (because === challenged && !hasSynCome(moment, thing)) return undefined;
  const answer = sendsIn(moment, host).find((send) => {
    const segment = segmentOf(packetOf(trace, send.packet));
    return segment !== undefined && isAck(segment);
  });
  const why = reasonOf(known, moment, drop, thing);
  const answers = answer && segmentOf(packetOf(trace, answer.packet))?.ack;
  return {
    ...{says: 'refusedSegment', n, rank: 1, most: 2},
    about: [`refused ${host} ${known} ${thing.what}`],
    facts: {
      host,
      peer: packetOf(trace, packet).from,
      thing,
      why,
      answers,
      again: answer !== undefined && saidBefore(trace, answer.packet),
      next: uncounted.has(why) ? coveredBy(moment, drop) : undefined,
      ...faultOf(trace, drop, {why, thing}),
      port: arrival && datagramPort(trace, arrival),
      restartsUs: waitSet(moment, connection),
    },
  };
};

/** Data behind a FIN: their text counts for nothing, and no answer is due (RFC 9293 §3.10.7.4, seventh check). */
export const ignoredTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const {trace, events} = moment;
  const {n, host, packet} = arrival;
  const thing = thingCome(trace, arrival);
  const end = takerOf(trace, arrival);
  if (thing.what !== 'data' || !end) return undefined;
  const {peer, connection} = end;
  const tcb = connectionAt(trace, n - 1, end);
  const isBehind = tcb && seqDiff(seqAdd(seq(thing.seq), thing.bytes), tcb.rcv.nxt) > 0;
  if (!isBehind || !finTaken.has(tcb.state) || events.some(({kind}) => /^(?:send|drop|state)$/.test(kind)))
    return undefined;
  return {
    ...{says: 'ignoresText', n, rank: 1, most: 1},
    about: [`ignored ${connection} ${packetOf(trace, packet).retransmission}`],
    facts: {host, peer, thing},
  };
};

/**
 * Tells that a host took only the SYN of a segment. Some systems ignore data or a FIN that come with a SYN; they do not acknowledge them, so the
 * peer has to retransmit them.
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
