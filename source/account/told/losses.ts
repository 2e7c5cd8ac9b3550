// What the path does to packets and who learns of it; what is sent again, and why.

import type {DropReason} from '../../sim/drop-reason.ts';
import {isTakenForLost} from '../../sim/operands.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {farEndOf} from '../../wire/connection-id.ts';
import {seq, seqDiff} from '../../wire/seq.ts';
import {hasFlag, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {instantOf} from '../causes.ts';
import {connectionAt, entriesOf, entryAt, worldAt} from '../entries.ts';
import {fateIn} from '../fates.ts';
import {operandsOf} from '../operands.ts';
import {dnsMessagesOf, isSameWay, packetOf, segmentOf, sentBefore} from '../packet.ts';
import {type Recovery, recoveriesOf, repairOf} from '../recovery.ts';
import type {AgainBecause, Facts, Notice, RepairTimer, Told} from './facts.ts';
import {delayOf} from './held-up.ts';
import type {Memory, Moment} from './memory.ts';
import {reorderWindowOf} from './reorder-window.ts';
import {type Thing, thingOf} from './thing.ts';

type Arrival = Extract<TraceEvent, {kind: 'arrive'}>;
type Drop = Extract<TraceEvent, {kind: 'drop'}>;
type Send = Extract<TraceEvent, {kind: 'send'}>;
type Timer = Extract<TraceEvent, {kind: 'timer'}>;

/** The fate of one segment, told so often, is known: it is only seen from then on. */
const mostOfOne = 3;

/** Sent without keeping a record: nobody is left to wait, or to want to know (RFC 4987 §2.2, §3.6). */
const unrecorded: ReadonlySet<string | undefined> = new Set([
  '4987:2.2/forged-source',
  '4987:3.6/cookie/send',
]);

/** Whoever throws it away says so in the same instant, by ICMP or by RST. */
const refusal = (trace: Trace, {n, host, reason}: Drop): Notice | undefined => {
  const answers = instantOf(trace, n).some(
    (event) => event.kind === 'send' && event.host === host && event.hop === 0,
  );
  if (!answers) return undefined;
  return reason === 'firewall' ? {by: 'refusal'} : {by: 'host', host};
};

/** When the one timer runs out that was set as the question left. */
const askerTimer = (
  trace: Trace,
  packet: number,
  {memory, asker}: {memory: Memory; asker: string},
): number | undefined => {
  const id = dnsMessagesOf(packetOf(trace, packet))[0]?.id;
  for (let n = packet; n > 0; n--) {
    const {from, sentUs, frame} = packetOf(trace, n);
    const [message] = dnsMessagesOf({frame});
    if (from === asker && message?.id === id && !message?.flags.qr) return memory.setBy(asker, sentUs);
  }
  return undefined;
};

/** What else happens in the instant of the loss may have set it anew, or stopped it. */
const setAfter = <Name extends string>(
  {events, memory}: Moment,
  connection: string,
  name: Name,
): {readonly host: string; readonly dueUs: number; readonly name: Name} | undefined => {
  const last = events.findLast(
    (event) => event.kind === 'timer' && event.connection === connection && event.name === name,
  );
  const timer = last?.kind === 'timer' ? last.op === 'arm' && last : memory.running(connection, name);
  return timer ? {host: timer.host, dueUs: timer.dueUs, name} : undefined;
};

/** Whichever of its timers would send again: a probe or the reordering timer runs in place of the RTO (RFC 8985). */
const repairAfter = (moment: Moment, connection: string): ReturnType<typeof setAfter<RepairTimer>> =>
  setAfter(moment, connection, 'RTO') ??
  setAfter(moment, connection, 'TLP') ??
  setAfter(moment, connection, 'reordering');

/** The number of an ACK that has left behind the lost one, and is not lost at the same time. */
const nextAck = (trace: Trace, drop: Drop, {ack}: Thing): number | undefined => {
  const {from} = packetOf(trace, drop.packet);
  const lost = segmentOf(packetOf(trace, drop.packet));
  for (let id = drop.packet + 1; id <= trace.packetCount; id += 1) {
    const record = packetOf(trace, id);
    if (record.sentUs > drop.atUs) return undefined;
    const segment = record.from === from ? segmentOf(record) : undefined;
    if (!segment || !isSameWay(segment, lost)) continue;
    const end = record.endEvent === undefined ? undefined : entryAt(trace, record.endEvent);
    const isGone = end?.kind === 'drop' && end.atUs <= drop.atUs;
    if (!isGone && hasFlag(segment, 'ACK') && seqDiff(segment.ack, seq(ack)) >= 0) return segment.ack;
  }
  return undefined;
};

/** Half-open for ever: what it has sent is acknowledged, and nothing is to come (RFC 9293 §3.5.1). */
const keepsInVain = (trace: Trace, {n, packet}: Drop): boolean => {
  const {to} = packetOf(trace, packet);
  const rst = segmentOf(packetOf(trace, packet));
  const tcb = [...(worldAt(trace, n)?.hosts[to]?.tcp.connections.values() ?? [])].find(
    ({local, remote}) => local.port === rst?.dstPort && remote.port === rst.srcPort,
  );
  return tcb !== undefined && Object.values(tcb.timers).every((dueUs) => dueUs === undefined);
};

/** Nobody repeats it; whoever goes on all the same has no connection, or the other end alone has one. */
const rstNotice = ({trace, memory}: Moment, drop: Drop, connection: string | undefined): Notice => {
  if (connection !== undefined && memory.isOpen(connection)) return {by: 'nobody', why: 'rst'};
  const {to} = packetOf(trace, drop.packet);
  return keepsInVain(trace, drop) ? {by: 'keeper', host: to} : {by: 'nobody', why: 'gone'};
};

const noticeOf = (moment: Moment, drop: Drop, thing: Thing): Notice => {
  const {trace, memory} = moment;
  const refused = refusal(trace, drop);
  if (refused) return refused;
  const {from, to, sendEvent} = packetOf(trace, drop.packet);
  const {connection, because} = entryAt(trace, sendEvent);
  if (unrecorded.has(because)) return {by: 'nobody', why: 'forgotten'};
  if (thing.what === 'question' || thing.what === 'response') {
    const asker = thing.what === 'question' ? from : to;
    const atUs = askerTimer(trace, drop.packet, {memory, asker});
    if (atUs !== undefined) return {by: 'asker', host: asker, atUs};
  }
  if (thing.what === 'RST') return rstNotice(moment, drop, connection);
  if (thing.what === 'other' || connection === undefined) return {by: 'nobody', why: 'other'};
  if (thing.what === 'probe') {
    const timer = setAfter(moment, connection, 'persist') ?? setAfter(moment, connection, 'keep-alive');
    return timer ? {by: 'prober', host: from, atUs: timer.dueUs} : {by: 'nobody', why: 'other'};
  }
  if (thing.what === 'ACK') {
    const next = nextAck(trace, drop, thing);
    if (next !== undefined) return {by: 'next', ack: next};
    const far = farEndOf(connection);
    // Not whom it was for: somebody on the way may have answered in that name.
    const timer = repairAfter(moment, far);
    if (timer) {
      // Another ACK may say the same: then it is told that nothing is missing.
      memory.troubled.add(far);
      return {by: 'peer', host: timer.host, atUs: timer.dueUs, timer: timer.name};
    }
    const persist = setAfter(moment, far, 'persist');
    return persist ? {by: 'window', host: persist.host, atUs: persist.dueUs} : {by: 'nobody', why: 'ack'};
  }
  const timer = repairAfter(moment, connection);
  return timer
    ? {by: 'timer', host: from, atUs: timer.dueUs, timer: timer.name, data: thing.what === 'data'}
    : {by: 'nobody', why: 'other'};
};

/** What befalls which segment, the same for each sending of it and for the SYNs of a flood; and that a queue is full, whoever finds it so. */
const aboutSegment = (trace: Trace, event: Drop | Send): string => {
  const {from} = packetOf(trace, event.packet);
  const {what, seq} = thingOf(trace, event.packet);
  const segment = segmentOf(packetOf(trace, event.packet));
  const which = segment === undefined ? event.n : what.startsWith('SYN') ? what : seq;
  return `${event.kind === 'drop' ? event.reason : 'again'} ${from} ${which}`;
};

const seenToAct = /^(?:edit|corrupt|dup)\b/;

/** Of these a packet dies whatever is in it. */
const blindDeaths: ReadonlySet<DropReason> = new Set(['fault', 'loss', 'queue', 'host down', 'link down']);

/** What a fault was to do to it nobody sees: it dies of something else. */
const isIdle = (trace: Trace, {packet, reason}: Drop): boolean => {
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  if (!blindDeaths.has(reason) || send.kind !== 'send') return false;
  if (!send.faults.some((fault) => seenToAct.test(fault))) return false;
  for (const arrival of entriesOf(trace, 'arrive')) if (arrival.packet === packet) return false;
  return true;
};

const seenToAlter = /^(?:edit|corrupt)\b/;

/** Of these a packet dies that was altered. */
const checks: ReadonlySet<DropReason> = new Set(['checksum', 'link check', 'malformed']);

const isAltered = (trace: Trace, {packet, reason}: Drop): boolean => {
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  return checks.has(reason) && send.kind === 'send' && send.faults.some((fault) => seenToAlter.test(fault));
};

const lossTold = (moment: Moment, drop: Drop): Told => {
  const {trace} = moment;
  const {n, packet, host, reason} = drop;
  const thing = thingOf(trace, packet);
  const idle = isIdle(trace, drop);
  const about = idle ? `idle ${packet}` : aboutSegment(trace, drop);
  const sender = packetOf(trace, packet).from;
  return {
    ...{says: 'lost', n, rank: 0, most: mostOfOne},
    about: reason === 'queue' ? [about, `queue ${host}`] : [about],
    ...(idle ? {} : {once: `${reason} ${sender} at ${drop.atUs}`}),
    facts: {
      ...{event: n, thing, fate: fateIn(drop), reason, sender, idle},
      altered: isAltered(trace, drop),
      notice: noticeOf(moment, drop, thing),
    },
  };
};

/** After crossing SYNs the SYN goes out once more, but as an answer (RFC 9293 Fig. 7). */
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
  '9293:3.10.7.4/sequence/repeated-syn': 'asked',
  'linux:syn-received/repeated-syn': 'asked',
};

/** SACK may say it before a third ACK asks for the same (RFC 6675 §5, step 2). */
const whyAtOnce = (because: string, begun: Recovery | undefined): AgainBecause => {
  const why = reasonsToRepeat[because] ?? 'other';
  return why === 'duplicates' && begun?.by === 'sack' ? 'sack' : why;
};

/** RFC 8985 §7.3 and §6.2: neither is a time-out. */
const timersToRepeat: {readonly [name: string]: AgainBecause} = {TLP: 'probe', reordering: 'waited'};

/** A time-out makes cwnd small for good: it grows from there by slow start. */
const cwndOf = (trace: Trace, send: Send): Facts['again']['cwnd'] => {
  const {before, after} = operandsOf(trace, send);
  if (!before || !after || after.cwnd >= before.cwnd) return undefined;
  const {cwnd, ssthresh, episode} = after;
  const back = repairOf(after) === 'recovery' && ssthresh > cwnd;
  const isApart = back || ssthresh < cwnd;
  // Without PRR cwnd is above it by what the duplicates stand for, and rises with each further one (RFC 6582 §3.2).
  const isInflated = !back && episode.state !== 'recovery';
  return {
    ...{before: before.cwnd, after: cwnd, back},
    goal: isApart && !isInflated ? ssthresh : undefined,
    threshold: isApart && isInflated ? ssthresh : undefined,
  };
};

/** Taken for lost in an earlier instant, and kept back by cwnd since then: RACK marks what the window does not let out yet. */
const hasWaited = ({trace, events}: Moment, send: Send): boolean => {
  const {seq: first} = thingOf(trace, send.packet);
  const tcb = connectionAt(trace, (events[0]?.n ?? 1) - 1, send);
  return tcb !== undefined && isTakenForLost(tcb, first);
};

/** Since when the bytes that leave again are under way. */
const underWayUs = (trace: Trace, send: Send): number | undefined => {
  const first = thingOf(trace, send.packet).seq;
  for (const {segment, sentUs} of sentBefore(trace, send.packet)) {
    const place = seqDiff(seq(first), segment.seq);
    if (place >= 0 && place < segLen(segment)) return send.atUs - sentUs;
  }
  return undefined;
};

/** The timer that runs out in this instant, of those that send again. */
const firedFor = ({events}: Moment, {connection}: Send): Timer | undefined =>
  events.find(
    (event): event is Timer =>
      event.kind === 'timer' &&
      event.op === 'fire' &&
      event.name !== 'delayed-ACK' &&
      event.connection === connection,
  );

const againTold = (moment: Moment, send: Send): Told | undefined => {
  const {trace, events, memory} = moment;
  const {n, packet, host, connection = '', because = ''} = send;
  memory.troubled.add(connection);
  const fired = firedFor(moment, send);
  const segment = aboutSegment(trace, send);
  const about = fired ? [segment] : [segment, `at once ${packetOf(trace, packet).from}`];
  // How a long repair began takes long to find out.
  if (memory.isKnown(about, mostOfOne)) return undefined;
  const thing = thingOf(trace, packet);
  const ran = fired && memory.running(connection, fired.name);
  const ranUs = fired && ran ? fired.atUs - ran.armedUs : undefined;
  const waitUs = fired?.name === 'TLP' ? underWayUs(trace, send) : ranUs;
  const armed = events.find(
    (event) => event.kind === 'timer' && event.op === 'arm' && event.name === 'RTO' && event.host === host,
  );
  const dueUs = fired && armed?.kind === 'timer' ? armed.dueUs : undefined;
  const begun = recoveriesOf(trace, host, connection).find(({from}) => from === events.at(-1)?.n);
  const why = fired ? (timersToRepeat[fired.name] ?? 'timer') : whyAtOnce(because, begun);
  return {
    ...{says: 'again', n, rank: 0, most: mostOfOne, about},
    facts: {
      ...{host, thing, waitUs, dueUs},
      why: (why === 'later' || why === 'waited') && hasWaited(moment, send) ? 'held' : why,
      begins: begun !== undefined,
      window: reorderWindowOf(trace, send),
      sacked: operandsOf(trace, send).after?.flight.sacked ?? 0,
      doubled: dueUs !== undefined && waitUs !== undefined && dueUs - send.atUs === 2 * waitUs,
      cwnd: thing.what === 'data' ? cwndOf(trace, send) : undefined,
    },
  };
};

const sentAgain = (moment: Moment, send: Send): Told | undefined => {
  const {trace} = moment;
  const {n, packet, host} = send;
  const record = packetOf(trace, packet);
  const segment = segmentOf(record);
  const about = [aboutSegment(trace, send)];
  if (!segment && dnsMessagesOf(record).length > 0)
    return {says: 'askedAgain', n, rank: 0, most: mostOfOne, about, facts: {packet}};
  // What a timer repeats has left as an answer before.
  if (segment && !firedFor(moment, send) && isSynAnsweringSyn(trace, packet, segment))
    return {says: 'crossedAgain', n, rank: 0, most: mostOfOne, about, facts: {host, seq: segment.seq}};
  return againTold(moment, send);
};

/** Each fault that delays is told of so often. */
const mostOfDelay = 2;

const heldUpTold = ({trace}: Moment, {n, packet}: Arrival): readonly Told[] => {
  const send = entryAt(trace, packetOf(trace, packet).sendEvent);
  const fault = send.kind === 'send' && send.faults.find((text) => /^(?:delay|reorder)=/.test(text));
  // On a link without delay nothing can be held up until it is overtaken.
  const isTold = fault && delayOf(trace, {packet, event: n}).agoUs > 0;
  return isTold
    ? [{says: 'heldUp', n, rank: 0, most: mostOfDelay, about: [fault], facts: {packet, event: n}}]
    : [];
};

/** Nothing comes of a copy of a pure ACK that a sender does not even count. */
const isIdleCopy = ({trace, events}: Moment, arrival: Arrival): boolean => {
  const {to, sendEvent} = packetOf(trace, arrival.packet);
  const {connection} = entryAt(trace, sendEvent);
  if (thingOf(trace, arrival.packet).what !== 'ACK' || connection === undefined) return false;
  const own = {host: to, connection: farEndOf(connection)};
  const before = connectionAt(trace, (events[0]?.n ?? 1) - 1, own);
  const after = connectionAt(trace, events.at(-1)?.n ?? 0, own);
  if (!before || !after) return false;
  const isSame = (of: (tcb: Connection) => number): boolean => of(before) === of(after);
  return (
    events.every(({kind}) => kind === 'arrive') &&
    isSame(({snd}) => snd.wnd) &&
    isSame(({cwnd}) => cwnd) &&
    isSame(({loss}) => loss.dupAcks) &&
    isSame(({flight}) => flight.sacked)
  );
};

/** What arrived is not what was sent, or arrived once before; what died; what is sent again. */
export const pathTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((event): readonly Told[] => {
    const {n, kind} = event;
    const once = {n, rank: 0, most: mostOfOne, about: [`${n}`]} as const;
    if (kind === 'arrive' && event.packet > 0) {
      const {packet, hop} = event;
      if (hop === 0 && moment.memory.arrived.has(packet))
        return [{...once, says: 'copied', facts: {packet, idle: isIdleCopy(moment, event)}}];
      if (event.altered) return [{...once, says: 'altered', facts: {packet, event: n}}];
      return hop === 0 ? heldUpTold(moment, event) : [];
    }
    if (kind === 'drop' && event.packet > 0 && event.reason !== 'discarded') return [lossTold(moment, event)];
    return kind === 'send' && event.packet > 0 && event.retransmission
      ? [sentAgain(moment, event) ?? []].flat()
      : [];
  });
