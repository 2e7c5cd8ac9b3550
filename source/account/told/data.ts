// Tells how TCP data flow: what is sent, what is missing, what is held back and why, the window, and delayed acknowledgments.

import {keptBy} from '../../sim/operands.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {farEndOf, localSocket} from '../../wire/connection-id.ts';
import {oncePer} from '../../wire/once-per.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segEnd, type TcpSegment} from '../../wire/tcp.ts';
import {entriesOf, ofKind, sameTimeAs, worldAt} from '../entries.ts';
import {type Held, heldAt, heldBefore, heldIn, waitBefore} from '../held-back.ts';
import {operandsOf} from '../operands.ts';
import {carriesData, packetOf, saidBefore, segmentOf} from '../packet.ts';
import {factsOf} from '../reason.ts';
import {isLossProbe} from '../recovery.ts';
import {segmentCome} from './come.ts';
import {dsackTold, timesSent} from './dsack.ts';
import type {Facts, Told} from './facts.ts';
import {forgedFinIn} from './fins.ts';
import {gapsBefore, hadBefore, lastGap} from './gaps.ts';
import {beganSmall, grownTold} from './growth.ts';
import {ackTold} from './late-acks.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, endAfter, segmentComeIn, sendsBesides, sendsIn} from './moment.ts';
import {hasWrongBytes, isRenumbered} from './other-bytes.ts';
import {renumberedTold} from './other-bytes-told.ts';
import {repairAfter} from './repair-timer.ts';
import {repairedTold, repairOver, stopsAll} from './repaired.ts';
import {hasUnsent} from './sent-again.ts';

const segmentOfSend = (trace: Trace, {packet}: EventOf<'send'>) => segmentOf(packetOf(trace, packet));

/**
 * Tells whether a run has programs that note messages of their own or use TLS; then these messages are told and not the number of bytes.
 */
const hasPrograms = oncePer(
  (trace: Trace): boolean => !entriesOf(trace, 'note').next().done || !entriesOf(trace, 'tls').next().done,
);

/** The number of times that the account of a run tells about sent data on each connection. */
const mostOfSendings = 2;

/**
 * Returns the segments with new data that are sent on the connection in this instant, if this segment is the last of them; otherwise none.
 */
const newData = (moment: Moment, {n, host, connection}: EventOf<'send'>): readonly TcpSegment[] => {
  const {trace} = moment;
  const fresh = sendsIn(moment, host).filter(
    (each) => !each.retransmission && each.connection === connection && carriesData(trace, each),
  );
  return fresh.at(-1)?.n === n ? fresh.flatMap((each) => segmentOfSend(trace, each) ?? []) : [];
};

const bytesOf = (segments: readonly TcpSegment[]): number =>
  segments.reduce((sum, {payload}) => sum + payload.length, 0);

/**
 * Returns whether all or some of these segments are larger than the MSS, so that the host's network card cuts them; undefined if none is.
 */
const cutOf = (
  trace: Trace,
  send: EventOf<'send'>,
  segments: readonly TcpSegment[],
): Facts['sends']['cut'] => {
  const mss = operandsOf(trace, send).after?.mss ?? Number.POSITIVE_INFINITY;
  const larger = segments.filter(({payload}) => payload.length > mss);
  if (larger.length === 0) return undefined;
  return larger.length === segments.length ? 'all' : 'some';
};

/**
 * Tells whether the peer has the connection on which data are sent: otherwise it will never acknowledge them (RFC 9293 §3.10.7.1). Behind
 * NAT the connection may have another name.
 */
const hasPeer = (trace: Trace, {n, connection = '', packet}: EventOf<'send'>): boolean => {
  const far = farEndOf(connection);
  const there = [...(worldAt(trace, n)?.hosts[packetOf(trace, packet).to]?.tcp.connections.keys() ?? [])];
  if ([...entriesOf(trace, 'state')].some((event) => event.connection === far)) return there.includes(far);
  return there.some((id) => localSocket(id).port === localSocket(far).port);
};

const dataSent = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, connection = '', packet} = send;
  const probe = isLossProbe(send);
  // A sender that probes whether data have arrived is in doubt until everything is acknowledged.
  if (probe) moment.memory.troubled.add(connection);
  if (hasPrograms(trace)) return undefined;
  const about = [`${probe ? 'probes' : 'sends'} ${connection}`];
  if (moment.memory.isKnown(about, mostOfSendings)) return undefined;
  const segments = newData(moment, send);
  const [first] = segments;
  if (!first) return undefined;
  const besides = !probe && sendsBesides(moment, send);
  const facts = {
    host,
    peer: packetOf(trace, packet).to,
    seq: first.seq,
    besides,
    // If more data are sent at this time, the ACK of these segments would not be the one for all of them.
    end: !besides && hasPeer(trace, send) ? segEnd(segments.at(-1) ?? first) : undefined,
    bytes: bytesOf(segments),
    segments: segments.length,
    cut: cutOf(trace, send, segments),
    probe,
  };
  return {says: 'sends', n, rank: probe ? 1 : 3, most: mostOfSendings, about, facts};
};

/**
 * The number of filled gaps that are told for each connection, because a queue that drops every other segment makes many gaps with the same
 * fate.
 */
const mostGaps = 2;

const filledTold = (moment: Moment, {n, host, connection = ''}: EventOf<'send'>, ack: Seq): Told => {
  const {trace, events} = moment;
  const bytes = ofKind(events, 'deliver').reduce(
    (sum, event) => sum + (event.host === host ? event.bytes : 0),
    0,
  );
  const about = [`filled ${connection}`];
  const {before, after} = operandsOf(trace, entryOf(moment, n));
  const isOpen =
    !moment.memory.isKnown(about, mostGaps) &&
    (after?.reassembly.length ?? 0) > 0 &&
    // A segment with an altered sequence number may seem to follow bytes that do not exist.
    timesSent(trace, farEndOf(connection), ack, n) > 0;
  // Data that had been kept after the gap are delivered with it if nothing of the first gap is missing any more.
  const isFilled = before?.reassembly.some(({seq: first}) => seqDiff(first, ack) < 0) === true;
  const altered = hasWrongBytes(trace, {connection, n}, [before?.rcv.nxt ?? ack, ack]);
  return {
    says: 'gapFilled',
    n,
    rank: 1,
    most: mostGaps,
    about,
    facts: {host, ack, bytes, open: isOpen ? (isFilled ? 'behind' : 'here') : undefined, altered},
  };
};

const gapTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {n, host, connection = '', packet} = send;
  const {trace} = moment;
  const sent = segmentOf(packetOf(trace, packet));
  const arrival = arrivalIn(moment);
  const came = arrival && segmentCome(trace, arrival);
  if (!sent || !came) return undefined;
  const {gap: place} = factsOf(trace, n);
  if (place === 'behind') {
    if (seqDiff(came.seq, sent.ack) <= 0) return undefined;
    const [missing, ...others] = gapsBefore(trace, send, {ack: sent.ack, come: came.seq});
    if (!missing) return undefined;
    const altered = isRenumbered(trace, arrival);
    const facts = {host, missing, ack: sent.ack, again: saidBefore(trace, packet), altered};
    if (came.payload.length === 0) {
      const {to: peer} = packetOf(trace, packet);
      return {
        says: 'finOutOfOrder',
        n,
        rank: 1,
        most: 1,
        about: [`late FIN ${connection}`],
        facts: {...facts, peer, others, forged: forgedFinIn(trace, arrival)},
      };
    }
    const gaps = `gap ${connection}`;
    if (moment.memory.countOf(gaps) >= mostGaps) return undefined;
    const sack = sent.options.some(({kind}) => kind === 'sack');
    const gap = lastGap(trace, send, {ack: sent.ack, come: came.seq});
    return {
      says: 'outOfOrder',
      n,
      rank: 1,
      most: 1,
      about: [`${gaps} ${gap.seq}`],
      facts: {
        ...facts,
        packet: arrival.packet,
        had: hadBefore(trace, send, came),
        missing: gap,
        another: gap.seq !== sent.ack,
        sack,
      },
    };
  }
  return place === 'filled' ? filledTold(moment, send, sent.ack) : undefined;
};

const entryOf = ({events, trace}: Moment, n: number): TraceEvent =>
  events.find((event) => event.n === n) ?? trace.event(n);

const windowTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace, memory} = moment;
  const {n, host, connection = '', packet} = send;
  const segment = segmentOfSend(trace, send);
  if (!segment || hasFlag(segment, 'RST') || hasFlag(segment, 'SYN')) return undefined;
  const {to: peer} = packetOf(trace, packet);
  const common = {n, rank: 2, most: 2} as const;
  const {probes} = factsOf(trace, n);
  if (probes === 'peer') {
    const nth = operandsOf(trace, send).after?.keepAliveProbes ?? 1;
    return {...common, says: 'keepAlive', about: [`keep-alive ${host}`], facts: {host, peer, nth}};
  }
  if (probes === 'window') {
    const timers = ofKind(moment.events, 'timer');
    const dueUs = timers.find(({op, name}) => op === 'arm' && name === 'persist')?.dueUs;
    return {...common, says: 'probes', about: [`probe ${connection}`], facts: {host, dueUs}};
  }
  if (segment.window === 0 && !memory.shut.has(connection)) {
    memory.shut.add(connection);
    const waits = hasUnsent(endAfter(moment, {host: peer, connection: farEndOf(connection)}));
    return {...common, says: 'windowShut', about: [`shut ${connection}`], facts: {host, peer, waits}};
  }
  if (segment.window === 0 || !memory.shut.delete(connection)) return undefined;
  const bytes = operandsOf(trace, send).after?.rcv.wnd ?? segment.window;
  return {...common, says: 'windowOpens', about: [`opens ${connection}`], facts: {host, bytes}};
};

const timerTold = (moment: Moment, timer: EventOf<'timer'>): Told | undefined => {
  const {n, host, connection = '', name, op, dueUs, because} = timer;
  const {memory, trace} = moment;
  if (name === 'delayed-ACK') return ackTold(moment, timer);
  if (name === 'persist' && op === 'arm' && because === '9293:3.8.6.1/persist/start') {
    const {after} = operandsOf(trace, timer);
    const data = !after || after.sendBuffer.length + after.sendWaiting.length > 0;
    return {
      says: 'asksForWindow',
      n,
      rank: 1,
      most: 2,
      about: [`persist ${connection}`],
      facts: {host, data, atUs: dueUs},
    };
  }
  if (!stopsAll(timer) || !memory.troubled.delete(connection)) return undefined;
  const ack = segmentComeIn(moment)?.ack;
  if (ack === undefined) return undefined;
  const anew = repairAfter(moment, connection) !== undefined;
  return {
    says: 'allAcknowledged',
    n,
    rank: 2,
    most: 3,
    about: [`all ${connection}`],
    facts: {host, ack, anew, over: repairOver(moment, {host, connection}, ack)},
  };
};

/** Tells whether the delivered data come from a packet that arrives again, because the path doubled it. */
const isOfCopy = ({events, memory}: Moment): boolean =>
  ofKind(events, 'arrive').some(({packet}) => memory.arrived.has(packet));

const deliverTold = (
  moment: Moment,
  {n, host, connection = '', bytes}: EventOf<'deliver'>,
): Told | undefined => {
  const altered = ofKind(moment.events, 'arrive').some(
    (event) => event.packet > 0 && isRenumbered(moment.trace, event),
  );
  if (!connection || bytes === 0 || (hasPrograms(moment.trace) && !altered)) return undefined;
  const [send] = sendsIn(moment, host);
  const segment = send && segmentOfSend(moment.trace, send);
  const ack = segment && hasFlag(segment, 'ACK') ? segment.ack : undefined;
  const came = segmentComeIn(moment)?.payload.length;
  return {
    says: 'delivered',
    n,
    ...(altered || isOfCopy(moment)
      ? {rank: 1, most: 1, about: [`delivered ${n}`]}
      : {rank: 3, most: 1, about: [`delivered ${connection}`]}),
    facts: {host, bytes, ack, altered, kept: false, earlier: came !== undefined && bytes > came},
  };
};

const reasonsToWait = ['nagle', 'closed', 'full', 'opening'] as const;

const mostReleased = 2;

/** Returns the reason for which a connection keeps data back, in the words of the account; undefined if that reason is not told. */
const holderOf = (held: Pick<Held, 'because'> | undefined): Facts['holds']['why'] | undefined => {
  const keeper = keptBy(held?.because);
  if (keeper === 'full') return 'window';
  if (keeper === 'silly') return 'little';
  return keeper === 'nagle' || keeper === 'cwnd' ? keeper : undefined;
};

/**
 * Tells whether the handshake completes in this instant and the first segment that is sent then carries data, so that no ACK has left alone
 * before.
 */
const isOpened = (moment: Moment, {host, connection}: EventOf<'send'>): boolean => {
  const [first] = sendsIn(moment, host).filter((each) => each.connection === connection);
  const opens = ofKind(moment.events, 'state').some(
    (event) => event.connection === connection && event.from === 'SYN-SENT' && event.to === 'ESTABLISHED',
  );
  return opens && first !== undefined && carriesData(moment.trace, first);
};

/** Tells that a connection sends data that had waited. Room in cwnd is not told, because every ACK makes some. */
const releasedTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace, events, memory} = moment;
  const {host} = send;
  const held = heldBefore(trace, send);
  const why = reasonsToWait.find((each) => each === keptBy(held?.because));
  // The messages of programs in a run show that data waited for room or a connection, but not that a closed window has opened; so only that
  // is told.
  if (hasPrograms(trace) && why !== 'closed') return undefined;
  const about = [`released ${host} ${why}`];
  if (!held || !why || held.sinceUs === send.atUs || memory.isKnown(about, mostReleased)) return undefined;
  const segments = newData(moment, send);
  if (segments.length === 0) return undefined;
  const last = events.at(-1) ?? send;
  const bytes = bytesOf(segments);
  const waited = waitBefore(trace, send) ?? {sinceUs: held.sinceUs, once: false};
  const kept = bytes < held.bytes ? heldAt(trace, {...send, n: last.n}) : [];
  const facts = {
    ...{host, why, fromUs: held.sinceUs, ...waited},
    ...{bytes, segments: segments.length},
    cut: cutOf(trace, send, segments),
    of: bytes < held.bytes ? held.bytes : undefined,
    rest: holderOf(kept.find(({what}) => what === 'data')),
    cwnd: operandsOf(trace, send).after?.cwnd ?? 0,
    joins: isOpened(moment, send),
  };
  return {says: 'released', n: last.n, rank: 2, most: mostReleased, about, facts};
};

/** The spells in which a rule keeps TCP data back, by the number of the last event of the instant in which they begin. */
const heldFrom = oncePer((trace: Trace) => {
  const data = heldIn(trace).filter(({what}) => what === 'data');
  return new Map(data.map((entry) => [entry.from.after, entry]));
});

const holdsTold = (moment: Moment): readonly Told[] => {
  const {trace, events, memory} = moment;
  const last = events.at(-1);
  const held = last && heldFrom(trace).get(last.n);
  const why = holderOf(held);
  if (!last || !held || !why) return [];
  const {host, connection} = held;
  const about = [`holds ${host} ${why}`];
  if (memory.isKnown(about, 2)) return [];
  const bytes =
    heldAt(trace, {...last, host, ...(connection === undefined ? {} : {connection})}).find(
      ({what}) => what === 'data',
    )?.bytes ?? 0;
  const tcb = endAfter(moment, held);
  // Only Linux has Minshall's variant of Nagle's algorithm.
  const counts = trace.header.profile === 'linux' && why === 'nagle' && tcb;
  const isSmall = counts && seqDiff(tcb.smallEnd, tcb.snd.una) > 0;
  const began = why === 'cwnd' && tcb ? beganSmall(trace, last, tcb, host) : undefined;
  const more = ofKind(sameTimeAs(trace, last.n), 'call').some(
    (event) => event.call === 'send' && event.n > last.n && event.host === host,
  );
  const untilUs = why === 'little' ? tcb?.timers.persist : undefined;
  const facts = {host, why: isSmall ? 'small' : why, bytes, more, began, untilUs} as const;
  return bytes === 0 ? [] : [{says: 'holds', n: last.n, rank: 2, most: 2, about, facts}];
};

export const dataTold = (moment: Moment): readonly Told[] => [
  ...moment.events.flatMap((event): readonly Told[] => {
    if (event.kind === 'arrive' && event.packet > 0)
      return [
        ...[dsackTold(moment, event), renumberedTold(moment, event)],
        ...[repairedTold(moment, event), grownTold(moment, event)],
      ].flatMap((told) => told ?? []);
    if (event.kind === 'timer') return [timerTold(moment, event) ?? []].flat();
    if (event.kind === 'deliver') return [deliverTold(moment, event) ?? []].flat();
    if (event.kind !== 'send' || event.packet < 1 || event.hop !== 0) return [];
    return [
      gapTold(moment, event),
      windowTold(moment, event),
      releasedTold(moment, event),
      dataSent(moment, event),
    ].flatMap((told) => told ?? []);
  }),
  ...holdsTold(moment),
];
