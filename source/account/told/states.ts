// Makes the account's sentences on how TCP connections begin and end: changes of state with their causes, resets, ICMP errors, and the
// errors that programs get.

import {factWords} from '../../sim/because.ts';
import type {EventOf, PacketRecord, Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpSignal} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {farEndOf, isListener} from '../../wire/connection-id.ts';
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {entriesOf, entryAt, instantOf, ofKind, sameTimeAs} from '../entries.ts';
import {operandsOf} from '../operands.ts';
import {ipPacketOf, packetOf, segmentOf, sentOn} from '../packet.ts';
import {factsOf, wordOf} from '../reason.ts';
import {acceptTold} from './accepting.ts';
import {answerTold} from './answers.ts';
import {waitsOn} from './asker-timer.ts';
import {beganUs} from './began.ts';
import {portOf} from './called-among.ts';
import {callTold} from './calls.ts';
import {earlyEnd} from './early.ts';
import type {Facts, Told} from './facts.ts';
import {ackOfAll, forgedFin, isEnded, keepsFin, ownFin, peerClosing, takenForClosed} from './fins.ts';
import {idleOf} from './idle.ts';
import {linkTold} from './links.ts';
import {marksTold} from './marks.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, farHost, isAck, segmentComeIn, segmentSent, sendsIn, waitSet} from './moment.ts';
import {forgedIn, ownConnection} from './packet-name.ts';
import {isOfPast, newerBy} from './past-syn.ts';
import {powerTold} from './power.ts';
import {ignoredTold, refusedTold, synAloneTold} from './refused.ts';
import {queueChange} from './syn-queue.ts';
import {thrownAway} from './thrown-away.ts';
import {unheardOf} from './unheard.ts';
import {waitAnewTold} from './wait-anew.ts';

/**
 * Returns the error that a host's program gets from its socket in this instant; undefined if none, or if the program has called close().
 */
const errorIn = ({events, memory}: Moment, host: string): TcpSignal | undefined =>
  ofKind(events, 'signal').find(
    (event) =>
      event.host === host && !memory.left.has(event.connection ?? '') && event.signal.startsWith('E'),
  )?.signal;

/**
 * Returns the host at the other end in this instant: the sender of what arrived, or the receiver of what is sent; empty if there is
 * neither.
 */
const peerIn = (moment: Moment, {host}: TraceEvent): string => {
  const arrival = arrivalIn(moment);
  if (arrival) return packetOf(moment.trace, arrival.packet).from;
  const [send] = sendsIn(moment, host);
  return send ? packetOf(moment.trace, send.packet).to : '';
};

type Saying<Kind extends keyof Facts> = {readonly says: Kind; readonly facts: Facts[Kind]};
type AnySaying = {[Kind in keyof Facts]: Saying<Kind>}[keyof Facts];

/** Returns the TCP state in which a connection was at the beginning of the instant: a SYN may end TIME-WAIT on its way to SYN-RECEIVED. */
const leftIn = ({events}: Moment, {connection, from}: EventOf<'state'>): TcpState =>
  ofKind(events, 'state').find((event) => event.connection === connection)?.from ?? from ?? 'CLOSED';

/** Tells whether a connection was made in this instant from a SYN cookie, by the ACK alone. */
const isOfCookie = ({events}: Moment, {connection}: EventOf<'state'>): boolean =>
  events.some((event) => event.because === '4987:3.6/cookie/complete' && event.connection === connection);

/**
 * Returns when the peer's RTO expires, if this end's SYN,ACK was lost but an ACK in another segment stopped its own timer, so that only the
 * peer repeats (RFC 9293 Fig. 7); otherwise undefined.
 */
const leftTo = (
  {trace, events, memory}: Moment,
  {n, connection = ''}: EventOf<'state'>,
): number | undefined => {
  const stops = ofKind(events, 'timer').some(
    (timer) => timer.op === 'cancel' && timer.connection === connection,
  );
  const last = [...sentOn(trace, {connection, n})].at(-1)?.send;
  const end = last && packetOf(trace, last.packet).endEvent;
  const isLost = end !== undefined && end < n && entryAt(trace, end).kind === 'drop';
  return stops && isLost ? memory.running(farEndOf(connection), 'RTO')?.dueUs : undefined;
};

/** Tells whether the other end enters ESTABLISHED at the same time, so that neither is first (RFC 9293 Fig. 7). */
const opensTogether = ({trace}: Moment, {n, connection = ''}: EventOf<'state'>): boolean =>
  ofKind(sameTimeAs(trace, n), 'state').some(
    (each) => each.to === 'ESTABLISHED' && each.connection === farEndOf(connection),
  );

const beginning = (moment: Moment, state: EventOf<'state'>): AnySaying | undefined => {
  const {host, to, from, connection = ''} = state;
  const ends = {host, peer: peerIn(moment, state)};
  const cookie = isOfCookie(moment, state) ? segmentComeIn(moment)?.ack : undefined;
  if (cookie !== undefined) return {says: 'takesCookie', facts: {...ends, ack: cookie}};
  const syn = segmentSent(moment, host, (segment) => hasFlag(segment, 'SYN'));
  if (to === 'SYN-SENT')
    return syn && {says: 'opens', facts: {...ends, seq: syn.seq, anew: moment.memory.has(connection)}};
  if (to === 'SYN-RECEIVED') {
    if (from === 'SYN-SENT') return {says: 'synsCross', facts: ends};
    const endsWait = leftIn(moment, state) === 'TIME-WAIT' ? newerBy(moment, state) : undefined;
    const renewed = isOfPast(moment, state);
    const {fills} = queueChange(moment, state);
    const facts = syn && {...ends, seq: syn.seq, ack: syn.ack, endsWait, renewed, fills};
    return facts && {says: 'answersSyn', facts};
  }
  const peerState = moment.memory.peerStateOf(connection);
  const ack = segmentSent(moment, host, isAck)?.ack;
  if (from === 'SYN-SENT') {
    const first = peerState === 'SYN-RECEIVED';
    return {says: 'opened', facts: {...ends, ack, first, altered: isNumberAltered(moment)}};
  }
  const acknowledged = state.because !== 'counterfactual:two-step/established';
  const peerOpen = peerState === 'ESTABLISHED';
  const leftUs = peerOpen ? undefined : leftTo(moment, state);
  const together = peerOpen && opensTogether(moment, state);
  return {says: 'accepts', facts: {...ends, peerOpen, together, acknowledged, leftUs}};
};

const ending = (moment: Moment, state: EventOf<'state'>): AnySaying | undefined => {
  const {host, to, from, connection = ''} = state;
  const ends = {host, peer: peerIn(moment, state)};
  const fin = ownFin(moment, state);
  const late = state.because === '9293:3.10.7.4/fin/gap-filled';
  switch (to) {
    case 'FIN-WAIT-1':
      return {says: 'closes', facts: {...ends, ...fin, idle: idleOf(moment, state)}};
    case 'CLOSE-WAIT':
      return peerClosing(moment, state, {peer: ends.peer, late});
    case 'LAST-ACK':
      return {
        says: 'closesToo',
        facts: {...ends, ...fin, ack: ackOfAll(moment, state, fin), taken: takenForClosed(moment, state)},
      };
    case 'FIN-WAIT-2':
      return {says: 'finAcknowledged', facts: {host, kept: keepsFin(moment, state)}};
    case 'CLOSING':
      return {says: 'closing', facts: {...ends, forged: forgedFin(moment, state)}};
    case 'TIME-WAIT': {
      const untilUs = waitSet(moment, connection) ?? moment.memory.running(connection, '2MSL')?.dueUs;
      return {
        says: 'waits',
        facts: {
          ...{...ends, by: from === 'CLOSING' ? 'ack' : late ? 'late' : 'fin', untilUs},
          forged: forgedFin(moment, state),
        },
      };
    }
    case 'LISTEN':
      return from === 'SYN-RECEIVED' ? listening(moment, state) : undefined;
    default:
      return undefined;
  }
};

const isNumberAltered = (moment: Moment): boolean => {
  const arrival = arrivalIn(moment);
  const sent = arrival && segmentOf(packetOf(moment.trace, arrival.packet));
  return sent !== undefined && segmentComeIn(moment)?.seq !== sent.seq;
};

/** Tells whether an ACK that would have opened this connection was dropped earlier, because the listener's accept queue was full. */
const hadNoRoom = ({trace}: Moment, {n, connection}: EventOf<'state'>): boolean =>
  [...entriesOf(trace, 'drop')].some(
    (drop) =>
      drop.n < n && drop.connection === connection && factsOf(trace, drop.n).refusal === 'acceptQueue',
  );

/**
 * Returns the sentence that a host returns from SYN-RECEIVED to LISTEN; undefined if an ICMP error is the cause, because the sentence on
 * the error tells it.
 */
const listening = (moment: Moment, state: EventOf<'state'>): AnySaying | undefined => {
  const forgets = wordOf(moment.trace, state.n, 'forgets', factWords.forgets);
  if (!forgets) return undefined;
  const by = forgets === 'timer' && hadNoRoom(moment, state) ? 'noRoom' : forgets;
  return {says: 'listensAgain', facts: {host: state.host, by, frees: queueChange(moment, state).frees}};
};

/**
 * Returns the peer whose connection is still open if the arriving RST is not the peer's own: somebody forged it, or altered a segment of
 * the peer.
 */
const unawareOf = (moment: Moment, {connection}: EventOf<'state'>): string | undefined => {
  const {trace, memory} = moment;
  const arrival = arrivalIn(moment);
  if (!arrival || connection === undefined || !memory.isOpen(farEndOf(connection))) return undefined;
  const {from, frame} = packetOf(trace, arrival.packet);
  const left = segmentOf({frame});
  const far = farHost(trace, {connection});
  // A peer that has forgotten the connection also answers with an RST, so an RST that the peer really sent does not surprise it.
  return left && hasFlag(left, 'RST') && from === far ? undefined : far;
};

/** Tells whether a host has received segments from the peer since the first retransmission; they acknowledge nothing new. */
const hasOldAnswers = (trace: Trace, {n, host, connection}: EventOf<'state'>, since: number): boolean =>
  [...entriesOf(trace, 'arrive')].some(
    (event) =>
      event.n > since &&
      event.n < n &&
      event.host === host &&
      ownConnection(trace, event.packet) === farEndOf(connection ?? ''),
  );

/**
 * Returns how often the first unacknowledged byte was retransmitted before a host gives up, and whether the peer's answers were discarded,
 * had nothing new, or did not come.
 */
const repetitionsOf = (
  {trace}: Moment,
  state: EventOf<'state'>,
): Pick<Facts['givesUp'], 'repeated' | 'answers'> => {
  const una = operandsOf(trace, state).before?.snd.una;
  const sinceUs = beganUs(trace, state);
  const isAnswer = (segment: TcpSegment): boolean =>
    una !== undefined && isAck(segment) && seqDiff(segment.ack, una) > 0;
  const thrown = thrownAway(trace, state, {sinceUs, isAnswer}) !== undefined;
  const again = [...sentOn(trace, {...state, sinceUs})].filter(({send, segment}) => {
    const place = send.retransmission && una !== undefined ? seqDiff(una, segment.seq) : -1;
    return place >= 0 && place < segLen(segment);
  });
  const isOld = again[0] !== undefined && hasOldAnswers(trace, state, again[0].send.n);
  return {repeated: again.length, answers: thrown ? 'thrown' : isOld ? 'old' : 'none'};
};

/**
 * Returns the higher of a connection's two ports, which the caller chose, if the host has had at least two connections by now, so that the
 * port distinguishes them; otherwise undefined.
 */
const portAmongAll = ({trace}: Moment, {n, host, connection}: EventOf<'state'>): number | undefined => {
  const own = [...entriesOf(trace, 'state')].flatMap((event) =>
    event.host === host && event.n <= n && event.connection && !isListener(event.connection)
      ? [event.connection]
      : [],
  );
  if (!connection || new Set(own).size < 2) return undefined;
  return portOf(connection);
};

const endedEarly = ({trace}: Moment, state: EventOf<'state'>): AnySaying => ({
  says: 'closesEarly',
  facts: earlyEnd(trace, state),
});

const closed = (moment: Moment, state: EventOf<'state'>): AnySaying | undefined => {
  const {host, from = 'CLOSED'} = state;
  const error = errorIn(moment, host);
  const [first] = moment.events;
  const segment = segmentComeIn(moment);
  if (state.because === 'counterfactual:no-time-wait/closed') return {says: 'skipsWait', facts: {host}};
  if (first?.kind === 'timer') {
    if (from === 'TIME-WAIT' || from === 'FIN-WAIT-2') {
      const kept = from === 'FIN-WAIT-2' && operandsOf(moment.trace, state).before?.peerFinSeq !== undefined;
      return {says: 'waitOver', facts: {host, from, kept, port: portAmongAll(moment, state)}};
    }
    return {says: 'givesUp', facts: {host, error, from, ...repetitionsOf(moment, state)}};
  }
  if (first?.kind === 'call') {
    const rst = segmentSent(moment, host, (sent) => hasFlag(sent, 'RST')) !== undefined;
    if (from === 'LISTEN') return undefined;
    return rst || from !== 'SYN-SENT'
      ? {says: 'aborts', facts: {host, rst, unheard: unheardOf(moment, state)}}
      : endedEarly(moment, state);
  }
  if (segment && hasFlag(segment, 'RST')) {
    const peer = peerIn(moment, state);
    const unaware = unawareOf(moment, state);
    if (from === 'SYN-SENT' && error) return {says: 'refusedOpen', facts: {host, peer, error, unaware}};
    return {says: 'reset', facts: {host, from, ended: isEnded(moment.trace, state), error, unaware}};
  }
  // A program that stops opening a connection without an error has succeeded with another attempt, such as another address.
  if (from === 'SYN-SENT' && !error) return endedEarly(moment, state);
  return from === 'LAST-ACK' && segment
    ? {says: 'finished', facts: {host, taken: takenForClosed(moment, state)}}
    : undefined;
};

/**
 * Returns the rank of a sentence on a change of state: 0 if a connection breaks, so that no reader misses it; 2 if it is just over; 1 for
 * all others.
 */
const rankOf = (says: AnySaying['says']): Told['rank'] => {
  if (says === 'finished' || says === 'waitOver') return 2;
  return ['givesUp', 'refusedOpen', 'reset', 'aborts', 'closesEarly'].includes(says) ? 0 : 1;
};

const stateTold = (moment: Moment, state: EventOf<'state'>): Told | undefined => {
  const {n, host, to, connection = ''} = state;
  const open = to === 'SYN-SENT' || to === 'SYN-RECEIVED' || to === 'ESTABLISHED';
  const saying =
    to === 'CLOSED' ? closed(moment, state) : open ? beginning(moment, state) : ending(moment, state);
  const left = leftIn(moment, state);
  const arrival = arrivalIn(moment);
  // A sentence on a forged packet does not make the one on a genuine packet known, so both may be told.
  const by = arrival && forgedIn(moment.trace, packetOf(moment.trace, arrival.packet)) ? 'forged' : 'own';
  const about = [`${by} ${host} ${left} ${to}`, `${connection} ${left} ${to}`];
  return saying && {...saying, n, rank: rankOf(saying.says), about, most: 2};
};

/** Returns the packet that an ICMP error refuses; if a copy was refused, the original packet. */
const turnedAway = (trace: Trace, {sendEvent}: PacketRecord): number | undefined =>
  ofKind(instantOf(trace, sendEvent), 'arrive')[0]?.packet;

/** Returns the sentence on an ICMP error that arrives at its destination; undefined for other ICMP messages, such as neighbor discovery. */
const icmpTold = (moment: Moment, arrival: EventOf<'arrive'>): Told | undefined => {
  const record = packetOf(moment.trace, arrival.packet);
  const transport = ipPacketOf(record)?.transport;
  if (transport?.kind !== 'icmp' || record.to !== arrival.host) return undefined;
  const {type, code} = transport.message;
  const v6 = (ipPacketOf(record)?.src ?? '').includes(':');
  if (v6 ? type > 4 : ![3, 11, 12].includes(type)) return undefined;
  const {n, host} = arrival;
  const error = errorIn(moment, host);
  const packet = turnedAway(moment.trace, record);
  const waits = packet === undefined ? undefined : waitsOn(moment, arrival, packet);
  const {because} = entryAt(moment.trace, record.sendEvent);
  const filtered = because === '1812:5.3.9/filter/icmp';
  const noted = moment.events.some((event) => event.because === '1122:4.2.3.9/soft/keep');
  const facts = {host, peer: record.from, filtered, type, code, v6, error, noted, waits};
  return {
    ...{says: 'icmp', n, rank: 0, most: 3, about: [`icmp ${host} ${type} ${code}`]},
    ...(packet === undefined ? {} : {once: `icmp ${host} of ${packet}`}),
    facts,
  };
};

/** Tells whether the connection leaves this state again in the same instant, so that the state needs no sentence. */
const isPassed = ({events}: Moment, {n, connection}: EventOf<'state'>): boolean =>
  ofKind(events, 'state').some((event) => event.n > n && event.connection === connection);

export const statesTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((event): readonly Told[] => {
    const told = ((): Told | undefined => {
      if (event.kind === 'state') return isPassed(moment, event) ? undefined : stateTold(moment, event);
      if (event.kind === 'send' && event.packet > 0 && event.hop === 0) return answerTold(moment, event);
      if (event.kind === 'drop') return refusedTold(moment, event);
      if (event.kind === 'timer') return waitAnewTold(moment, event);
      if (event.kind === 'arrive' && event.packet > 0)
        return (
          icmpTold(moment, event) ??
          ignoredTold(moment, event) ??
          synAloneTold(moment, event) ??
          marksTold(moment, event)
        );
      return (
        powerTold(moment.trace, event) ??
        linkTold(moment, event) ??
        acceptTold(moment.trace, event) ??
        callTold(moment, event)
      );
    })();
    return told ? [told] : [];
  });
