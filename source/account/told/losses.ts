// Tells how the path loses, changes, copies and delays packets, and who learns of it.

import type {DropReason} from '../../sim/drop-reason.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {connectionAt, entriesOf, entryAt, instantOf, ofKind, worldAt} from '../entries.ts';
import {fateIn} from '../fates.ts';
import {connectionFor, ipPacketOf, isSameWay, packetOf, segmentOf} from '../packet.ts';
import {aboutSegment, mostOfOne} from './about-segment.ts';
import {askerTimer} from './asker-timer.ts';
import {takerOf} from './come.ts';
import type {Facts, Told} from './facts.ts';
import {delayOf} from './held-up.ts';
import {fateKey, lostWith, repeatedOf} from './lost-with.ts';
import type {Moment} from './memory.ts';
import {endAfter, endBefore} from './moment.ts';
import {nextAddressUs} from './next-address.ts';
import {ownConnection, type Thing, thingOf} from './packet-name.ts';
import {isPassedOn} from './passed-on.ts';
import type {Notice} from './path-facts.ts';
import {isLastWait, repairAfter, setAfter} from './repair-timer.ts';
import {sentAgain} from './sent-again.ts';
import {standInFor} from './stand-in.ts';
import {checks} from './thrown-away.ts';
import {ackApart} from './told-apart.ts';
import {isWindowIdle} from './window-altered.ts';

/** The rules by which segments are sent without a record of the connection, so that nobody waits for an answer (RFC 4987 §2.2, §3.6). */
const unrecorded: ReadonlySet<string | undefined> = new Set([
  '4987:2.2/forged-source',
  '4987:3.6/cookie/send',
]);

/** Returns how the host that drops a packet reports it in the same instant, by ICMP or by RST; undefined if it does not. */
const refusal = (trace: Trace, {n, host, reason}: EventOf<'drop'>): Notice | undefined => {
  const answer = ofKind(instantOf(trace, n), 'send').find((send) => send.host === host && send.hop === 0);
  if (!answer) return undefined;
  if (reason !== 'firewall') return {by: 'host', host};
  const transport = answer.packet > 0 ? ipPacketOf(packetOf(trace, answer.packet))?.transport : undefined;
  return {by: 'refusal', icmp: transport?.kind === 'icmp' ? transport.message : undefined};
};

type Behind = {readonly id: number; readonly segment: TcpSegment};

/**
 * Yields the segments that the sender of a lost segment has sent after it between the same ports, before the loss, and that are not lost by
 * then.
 */
function* sentBehind(trace: Trace, drop: EventOf<'drop'>): Generator<Behind, void> {
  const {from} = packetOf(trace, drop.packet);
  const lost = segmentOf(packetOf(trace, drop.packet));
  for (let id = drop.packet + 1; id <= trace.packetCount; id += 1) {
    const record = packetOf(trace, id);
    if (record.sendEvent > drop.n) return;
    const segment = record.from === from ? segmentOf(record) : undefined;
    if (!segment || !isSameWay(segment, lost)) continue;
    const end = record.endEvent === undefined ? undefined : entryAt(trace, record.endEvent);
    if (end?.kind !== 'drop' || end.atUs > drop.atUs) yield {id, segment};
  }
}

/**
 * Returns the number of an ACK sent after the lost one that acknowledges at least as much; undefined if there is none. An ACK of what
 * nobody sent, as of a forged FIN, does not count (RFC 9293 §3.10.7.4).
 */
export const nextAck = (trace: Trace, drop: EventOf<'drop'>, {ack}: Thing): number | undefined => {
  const {to: host, sendEvent} = packetOf(trace, drop.packet);
  const {connection = ''} = entryAt(trace, sendEvent);
  const far = connectionAt(trace, drop.n, {host, connection: farEndOf(connection)});
  for (const {segment} of sentBehind(trace, drop)) {
    const isSent = !far || seqDiff(segment.ack, far.snd.nxt) <= 0;
    if (hasFlag(segment, 'ACK') && isSent && seqDiff(segment.ack, seq(ack)) >= 0) return segment.ack;
  }
  return undefined;
};

/**
 * Returns a later packet that contains everything that was in the lost segment; undefined if there is none or several packets were lost
 * together.
 */
const resentAs = (trace: Trace, drop: EventOf<'drop'>): number | undefined => {
  const lost = segmentOf(packetOf(trace, drop.packet));
  if (!lost || lostWith(trace, drop.n).length > 0) return undefined;
  for (const {id, segment} of sentBehind(trace, drop)) {
    const before = seqDiff(lost.seq, segment.seq);
    if (before >= 0 && before + segLen(lost) <= segLen(segment)) return id;
  }
  return undefined;
};

/**
 * Tells whether the receiver of a lost RST stays half-open for ever: everything that it has sent is acknowledged, and nothing will arrive
 * (RFC 9293 §3.5.1).
 */
const keepsInVain = (trace: Trace, {n, packet}: EventOf<'drop'>): boolean => {
  const {to} = packetOf(trace, packet);
  const rst = segmentOf(packetOf(trace, packet));
  const tcb = rst && connectionFor(trace, {n, host: to}, rst);
  return tcb !== undefined && Object.values(tcb.timers).every((dueUs) => dueUs === undefined);
};

/** Returns who learns that an RST is lost. Nobody repeats it; an end that continues has no connection, or only the other end has one. */
const rstNotice = (
  {trace, memory}: Moment,
  drop: EventOf<'drop'>,
  connection: string | undefined,
): Notice => {
  if (connection !== undefined && memory.isOpen(connection)) return {by: 'nobody', why: 'rst'};
  const {to} = packetOf(trace, drop.packet);
  if (keepsInVain(trace, drop)) return {by: 'keeper', host: to};
  const own = connection ?? ownConnection(trace, drop.packet);
  return {by: 'nobody', why: own !== undefined && memory.has(own) ? 'ended' : 'gone'};
};

/**
 * Tells whether later segments may show the loss of this packet: ACKs of later data, or for a SYN,ACK the retransmitted SYN, if its address
 * belongs to a host.
 */
const mayBeTold = ({reason}: EventOf<'drop'>, {what}: Thing): boolean =>
  what === 'data' || (what === 'SYNACK' && reason !== 'no such host');

/**
 * Returns the keep-alive timer of an end that probes its peer, because it waits for an ACK, too (RFC 9293 §3.8.4); undefined if it does not
 * probe.
 */
const probing = (moment: Moment, connection: string): ReturnType<typeof repairAfter> => {
  const timer = setAfter(moment, connection, 'keep-alive');
  const tcb = timer && endAfter(moment, {host: timer.host, connection});
  return timer && tcb && tcb.keepAliveProbes > 0 ? {...timer, name: 'RTO'} : undefined;
};

const noticeOf = (moment: Moment, drop: EventOf<'drop'>, thing: Thing): Notice => {
  const {trace, memory} = moment;
  const refused = refusal(trace, drop);
  if (refused) return refused;
  // Nobody learns of the loss of a copy, because nobody knows that a copy exists.
  if (memory.arrived.has(drop.packet)) return {by: 'nobody', why: 'other'};
  const {from, to, sendEvent} = packetOf(trace, drop.packet);
  const {connection, because} = entryAt(trace, sendEvent);
  if (unrecorded.has(because)) return {by: 'nobody', why: 'forgotten'};
  if (thing.what === 'question' || thing.what === 'response') {
    const asker = thing.what === 'question' ? from : to;
    const atUs = askerTimer(trace, drop.packet, {memory, asker});
    if (atUs !== undefined) return {by: 'asker', host: asker, atUs};
  }
  if (thing.what === 'icmp') return {by: 'unheard', host: to};
  if (thing.what === 'RST') return rstNotice(moment, drop, connection);
  if (thing.what === 'other' || connection === undefined) return {by: 'nobody', why: 'other'};
  if (thing.what === 'probe') {
    const timer = setAfter(moment, connection, 'persist') ?? setAfter(moment, connection, 'keep-alive');
    if (!timer) return {by: 'nobody', why: 'other'};
    return {by: 'prober', host: from, atUs: timer.dueUs, last: isLastWait(trace, connection, timer.dueUs)};
  }
  if (thing.what === 'ACK') {
    const next = nextAck(trace, drop, thing);
    if (next !== undefined) return {by: 'next', ack: next};
    const far = farEndOf(connection);
    // The end that waits for a lost ACK need not be the packet's receiver, because somebody on the path may have answered in its name.
    const timer = repairAfter(moment, far) ?? probing(moment, far);
    if (timer) {
      // Another ACK may say the same as the lost one: then it is told that nothing is missing.
      memory.troubled.add(far);
      const last = isLastWait(trace, far, timer.dueUs);
      return {by: 'peer', host: timer.host, atUs: timer.dueUs, timer: timer.name, last};
    }
    const persist = setAfter(moment, far, 'persist');
    return persist ? {by: 'window', host: persist.host, atUs: persist.dueUs} : {by: 'nobody', why: 'ack'};
  }
  const timer = repairAfter(moment, connection);
  if (!timer) return {by: 'nobody', why: 'other'};
  const last = isLastWait(trace, connection, timer.dueUs);
  const said = {host: from, atUs: timer.dueUs, timer: timer.name, data: mayBeTold(drop, thing), last};
  const nextUs = thing.what === 'SYN' ? nextAddressUs(moment, drop.packet) : undefined;
  return {by: 'timer', ...said, resent: resentAs(trace, drop), nextUs};
};

const holds = /^(?:delay|reorder)=/;
const seenToAct = /^(?:edit|corrupt|dup|delay|reorder)\b/;

/** The kinds of loss that do not depend on a packet's contents, nor, except for a host that is down, on the time at which it comes. */
export const blindDeaths: ReadonlySet<DropReason> = new Set([
  'fault',
  'loss',
  'queue',
  'host down',
  'link down',
]);

/** Returns the fault whose effect on a packet nobody sees because the packet is lost for another reason; undefined if there is none. */
const idleFault = (trace: Trace, {packet, reason}: EventOf<'drop'>): string | undefined => {
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  if (!blindDeaths.has(reason) || send.kind !== 'send') return undefined;
  const fault = send.faults.find(
    (each) => seenToAct.test(each) && (reason !== 'host down' || !holds.test(each)),
  );
  if (fault === undefined) return undefined;
  for (const arrival of entriesOf(trace, 'arrive')) if (arrival.packet === packet) return undefined;
  return fault;
};

export const isIdle = (trace: Trace, drop: EventOf<'drop'>): boolean => idleFault(trace, drop) !== undefined;

const idleOf = (fault: string | undefined): Facts['lost']['idle'] => {
  if (fault === undefined) return undefined;
  if (holds.test(fault)) return 'late';
  return fault.startsWith('dup') ? 'copy' : 'altered';
};

const seenToAlter = /^(?:edit|corrupt)\b/;

const isAltered = (trace: Trace, {packet, reason}: EventOf<'drop'>): boolean => {
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  return checks.has(reason) && send.kind === 'send' && send.faults.some((fault) => seenToAlter.test(fault));
};

/**
 * Returns the host that answers in the name of a lost packet's destination; it accepts only what it can decode and forwards the rest as a
 * router does. Undefined if there is none.
 */
const keeperOf = (trace: Trace, {n, packet, host}: EventOf<'drop'>): string | undefined => {
  const {to, sendEvent} = packetOf(trace, packet);
  const {connection} = entryAt(trace, sendEvent);
  const world = host === to && connection !== undefined ? worldAt(trace, n) : undefined;
  return world && connection ? standInFor(world, farEndOf(connection), host) : undefined;
};

const lossTold = (moment: Moment, drop: EventOf<'drop'>): Told => {
  const {trace} = moment;
  const {n, packet, host, reason} = drop;
  const thing = thingOf(trace, packet);
  const copy = moment.memory.arrived.has(packet) || moment.memory.lost.has(`${packet} ${host}`);
  const idle = copy ? undefined : idleOf(idleFault(trace, drop));
  const about = idle ? `idle ${packet}` : aboutSegment(trace, drop);
  const {from: sender, sendEvent} = packetOf(trace, packet);
  const {connection = sender} = entryAt(trace, sendEvent);
  const others = lostWith(trace, n);
  return {
    ...{says: 'lost', n, rank: 0, most: mostOfOne},
    about: reason === 'queue' ? [about, `queue ${host} ${connection}`] : [about],
    ...(idle ? {} : {once: fateKey(trace, drop)}),
    facts: {
      ...{event: n, thing, fate: fateIn(drop), reason, sender, idle},
      altered: isAltered(trace, drop),
      copy,
      passedOnBy: keeperOf(trace, drop),
      ...{by: copy ? undefined : ackApart(trace, thing, n), others},
      repeated: others.length === 0 ? [] : repeatedOf(trace, [packet, ...others]),
      notice: noticeOf(moment, drop, thing),
    },
  };
};

/** Tells whether a pure ACK that is a copy or comes late has no effect at all on its receiver. */
const isOfNoUse = (moment: Moment, arrival: EventOf<'arrive'>): boolean => {
  const {trace, events} = moment;
  const own = takerOf(trace, arrival);
  if (!own || thingOf(trace, arrival.packet).what !== 'ACK') return false;
  const [before, after] = [endBefore(moment, own), endAfter(moment, own)];
  if (!before || !after) return false;
  const isSame = (of: (tcb: Connection) => number): boolean => of(before) === of(after);
  return (
    events.every(({kind}) => kind === 'arrive') &&
    isSame(({snd}) => snd.una) &&
    isSame(({snd}) => snd.wnd) &&
    isSame(({cwnd}) => cwnd) &&
    isSame(({loss}) => loss.dupAcks) &&
    isSame(({flight}) => flight.sacked)
  );
};

/** Returns the facts about a copy of a packet that arrives; how the packet itself arrived is known by then. */
const copyOf = (moment: Moment, arrival: EventOf<'arrive'>): Facts['copied'] => {
  const {n, packet, host, altered} = arrival;
  const {trace} = moment;
  const before = [...entriesOf(trace, 'arrive')].findLast(
    (event) => event.n < n && event.packet === packet && event.host === host,
  );
  const isAlone = (altered === undefined) !== (before?.altered === undefined);
  return {
    ...{packet, event: n, idle: isOfNoUse(moment, arrival)},
    apart: isAlone ? (altered ? 'altered' : 'whole') : undefined,
  };
};

/** The number of times that the account tells the effect of each fault that delays packets. */
const mostOfDelay = 2;

const heldUpTold = (moment: Moment, arrival: EventOf<'arrive'>): readonly Told[] => {
  const {trace} = moment;
  const {n, packet} = arrival;
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  const fault = send.kind === 'send' && send.faults.find((text) => holds.test(text));
  // On a link without delay nothing can be delayed long enough to be overtaken.
  if (!fault || send.dueUs === send.atUs) return [];
  const facts = {packet, event: n, idle: isOfNoUse(moment, arrival), ...delayOf(trace, {packet, event: n})};
  return [{says: 'heldUp', n, rank: 0, most: mostOfDelay, about: [fault], facts}];
};

/** Tells which packets of an instant were changed or copied on the path, delayed or lost, and what is sent again. */
export const pathTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((event): readonly Told[] => {
    const {n, kind} = event;
    const once = {n, rank: 0, most: mostOfOne, about: [`${n}`]} as const;
    if (kind === 'arrive' && event.packet > 0) {
      const {packet} = event;
      const isThere = !isPassedOn(moment.trace, event);
      if (isThere && moment.memory.arrived.has(packet))
        return [{...once, says: 'copied', facts: copyOf(moment, event)}];
      if (event.altered)
        return [{...once, says: 'altered', facts: {packet, event: n, idle: isWindowIdle(moment, event)}}];
      return isThere ? heldUpTold(moment, event) : [];
    }
    if (kind === 'drop' && event.packet > 0 && event.reason !== 'discarded') return [lossTold(moment, event)];
    return kind === 'send' && event.packet > 0 && event.retransmission
      ? [sentAgain(moment, event) ?? []].flat()
      : [];
  });
