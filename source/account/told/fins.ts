// Tells about a FIN that TCP accepts: whether it waited, what else its segment brings, and whether its alleged sender has sent it.

import {keptBy} from '../../sim/operands.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {type Seq, seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {segEnd, type TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt, sameTimeAs} from '../entries.ts';
import {heldAt} from '../held-back.ts';
import {operandsOf} from '../operands.ts';
import {packetOf, type Sent, segmentOf, sentOn} from '../packet.ts';
import {beganUs} from './began.ts';
import {segmentCome} from './come.ts';
import type {Facts, ForgedFin, OwnFin} from './facts.ts';
import type {Moment} from './memory.ts';
import {
  arrivalIn,
  endAfter,
  farHost,
  isAck,
  isFin,
  segmentComeIn,
  segmentSent,
  segmentsSent,
} from './moment.ts';

/** Returns what a FIN that takes effect now has waited for: missing data or the end of the handshake; undefined if it arrives now. */
const keptFor = (moment: Moment): 'gap' | 'handshake' | undefined => {
  const segment = segmentComeIn(moment);
  if (segment && isFin(segment)) return undefined;
  return moment.events.some((event) => event.kind === 'state' && event.to === 'ESTABLISHED')
    ? 'handshake'
    : 'gap';
};

/** Returns the TCP connection of a state change as it is after the last event with the same time. */
const afterThisTime = (trace: Trace, state: EventOf<'state'>): Connection | undefined =>
  connectionAt(trace, sameTimeAs(trace, state.n).at(-1)?.n ?? state.n, state);

/**
 * Tells whether, after the last event with the same time, the program has closed or the connection is already in another state, so that
 * nothing waits for the program.
 */
const closesNow = ({trace}: Moment, state: EventOf<'state'>): boolean => {
  const tcb = afterThisTime(trace, state);
  return tcb?.state !== state.to || tcb.closeCalled;
};

/** Tells whether a connection has sent a FIN; `end` is the number after it, or undefined for any FIN. */
const hasSentFin = (trace: Trace, sent: Sent, end?: Seq): boolean =>
  [...sentOn(trace, sent)].some(
    ({segment}) => isFin(segment) && (end === undefined || segEnd(segment) === end),
  );

/** Returns what is known of a FIN that arrives in a packet which was sent without one; undefined if the packet was sent with its FIN. */
export const forgedFinIn = (trace: Trace, arrival: EventOf<'arrive'>): ForgedFin | undefined => {
  const record = packetOf(trace, arrival.packet);
  const left = segmentOf(record);
  const {connection = ''} = entryAt(trace, record.sendEvent);
  if (!left || isFin(left)) return undefined;
  const {n} = arrival;
  return {
    sent: hasSentFin(trace, {n, connection, sinceUs: beganUs(trace, {n, connection})}),
    kept: undefined,
  };
};

/**
 * Returns what is known of the FIN that takes effect now, if none of the segments that brought it was sent with one; otherwise undefined.
 */
export const forgedFin = (moment: Moment, state: EventOf<'state'>): ForgedFin | undefined => {
  const {trace} = moment;
  const {n, host, connection = ''} = state;
  const far = farEndOf(connection);
  const {before, after = before} = operandsOf(trace, state);
  const next = after?.rcv.nxt;
  const sinceUs = beganUs(trace, state);
  const left = [...entriesOf(trace, 'arrive')].flatMap((event) => {
    if (event.n > n || event.host !== host || event.packet < 1 || event.atUs < sinceUs) return [];
    const record = packetOf(trace, event.packet);
    const segment = segmentCome(trace, event);
    if (!segment || !isFin(segment) || segEnd(segment) !== next) return [];
    if (entryAt(trace, record.sendEvent).connection !== far) return [];
    return [{packet: event.packet, segment: segmentOf(record)}];
  });
  // A FIN of the end itself that came under another number does not count as this one: more data will follow.
  const isOwn = (segment: TcpSegment | undefined): boolean =>
    segment !== undefined && isFin(segment) && segEnd(segment) === next;
  if (left.length === 0 || left.some(({segment}) => isOwn(segment))) return undefined;
  const sent = hasSentFin(trace, {n, connection: far, sinceUs});
  const isNow = left.some(({packet}) => packet === arrivalIn(moment)?.packet);
  return {sent, kept: isNow ? undefined : left[0]?.packet};
};

/** Returns the other end if a FIN that it never sent made this end believe, now or earlier, that it has closed; otherwise undefined. */
export const takenForClosed = (moment: Moment, state: EventOf<'state'>): string | undefined => {
  const {trace} = moment;
  const {connection = '', n} = state;
  if (!forgedFin(moment, state)) return undefined;
  const taken = [...entriesOf(trace, 'state')].findLast(
    (event) => event.n <= n && event.connection === connection && /^CLOS(E-WAIT|ING)$/.test(event.to),
  );
  const own = {n: taken?.n ?? n, connection: farEndOf(connection), sinceUs: beganUs(trace, state)};
  const end = operandsOf(trace, taken ?? state).after?.rcv.nxt;
  return hasSentFin(trace, own, end) ? undefined : farHost(trace, state);
};

/** Tells whether the other end's FIN has come, now or earlier, and data before it are still missing. */
export const keepsFin = (moment: Moment, state: EventOf<'state'>): boolean => {
  const tcb = endAfter(moment, state);
  return tcb?.state === state.to && tcb.peerFinSeq !== undefined;
};

/** The states in which at least one end has said that it sends no more. */
const endedStates = /^(FIN-WAIT-[12]|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT)$/;

/** Tells whether one end of a connection has sent a FIN before this change of state; the FIN may be lost, or wait after a gap. */
export const isEnded = (trace: Trace, state: EventOf<'state'>): boolean => {
  const {n, from = '', connection = ''} = state;
  const sinceUs = beganUs(trace, state);
  return (
    endedStates.test(from) ||
    operandsOf(trace, state).before?.peerFinSeq !== undefined ||
    [connection, farEndOf(connection)].some((end) => hasSentFin(trace, {n, connection: end, sinceUs}))
  );
};

/** Returns why the FIN of a program that has closed is still not sent at the end of the instant. */
const finWaits = ({trace, events}: Moment, state: EventOf<'state'>): OwnFin['waits'] => {
  const held = heldAt(trace, {...state, n: events.at(-1)?.n ?? state.n}).find(({what}) => what === 'data');
  if (!held || held.bytes > 0) return 'data';
  const keeper = keptBy(held.because);
  if (keeper === 'cwnd') return 'cwnd';
  return keeper === 'closed' || keeper === 'full' ? 'window' : 'else';
};

/**
 * Returns the FIN that this end sends in the instant. It may be in a segment with data: then its number follows theirs. Its number is
 * undefined if it is not sent yet.
 */
export const ownFin = (moment: Moment, state: EventOf<'state'>): OwnFin => {
  const fin = segmentSent(moment, state.host, isFin);
  if (!fin) return {seq: undefined, behind: 0, waits: finWaits(moment, state)};
  const behind = fin.payload.length;
  return {seq: seqAdd(fin.seq, behind), behind, waits: undefined};
};

/**
 * Returns the ACK number that covers the FIN and all other data that are not acknowledged when it is sent; undefined if only the FIN is not
 * (RFC 9293 §3.10.7.4).
 */
export const ackOfAll = (moment: Moment, state: EventOf<'state'>, fin: OwnFin): number | undefined => {
  const una = endAfter(moment, state)?.snd.una;
  return una === undefined || fin.seq === undefined || seqDiff(seq(fin.seq), una) <= 0
    ? undefined
    : seqAdd(seq(fin.seq), 1);
};

type Named = {readonly ack: number | undefined; readonly peer: string; readonly forged: ForgedFin};

/**
 * Returns the number of the other end's byte for which a forged FIN stands, so that the byte is taken for received (RFC 9293 §3.4);
 * undefined if there is no such byte.
 */
const byteTaken = ({trace}: Moment, {n, connection = ''}: EventOf<'state'>, {ack, peer, forged}: Named) => {
  const theirs = connectionAt(trace, n, {host: peer, connection: farEndOf(connection)});
  if (ack === undefined || !theirs) return undefined;
  const beyond = seqDiff(theirs.snd.nxt, seq(ack));
  // If the other end has sent its own FIN, the last number that it has used is that FIN's.
  return beyond > 0 || (beyond === 0 && !forged.sent) ? seqAdd(seq(ack), -1) : undefined;
};

/** Returns the acknowledgment number of the FIN's segment if that segment also completes the handshake; otherwise undefined. */
const openedBy = (moment: Moment, {connection}: EventOf<'state'>): number | undefined =>
  moment.events.some(
    (event) => event.kind === 'state' && event.connection === connection && event.from === 'SYN-RECEIVED',
  )
    ? segmentComeIn(moment)?.ack
    : undefined;

export const peerClosing = (
  moment: Moment,
  state: EventOf<'state'>,
  {peer, late: isLate}: {readonly peer: string; readonly late: boolean},
): {readonly says: 'peerCloses'; readonly facts: Facts['peerCloses']} => {
  const {host} = state;
  const late = isLate ? keptFor(moment) : undefined;
  // If a SYN,ACK is sent first, the FIN that came with the SYN is acknowledged separately.
  const ack = segmentsSent(moment, host, isAck).at(-1)?.ack;
  const forged = forgedFin(moment, state);
  return {
    says: 'peerCloses',
    facts: {
      ...{host, peer, late, ack, forged},
      closes: closesNow(moment, state),
      tells: moment.events.some((event) => event.kind === 'signal' && event.signal === 'eof'),
      byte: forged && byteTaken(moment, state, {ack, peer, forged}),
      opens: late === undefined ? openedBy(moment, state) : undefined,
    },
  };
};
