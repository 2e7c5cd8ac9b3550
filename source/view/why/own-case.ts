// *Why?* of what a rule stands for in several cases: the words and the formula of the case at hand.
import {connectionAt, entriesOf, instantOf, ofKind, worldAt} from '../../account/entries.ts';
import {heldIn} from '../../account/held.ts';
import {segmentAt} from '../../account/operands.ts';
import {connectionFor, ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {gathers} from '../../account/told/late-acks.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {localSocket} from '../../wire/connection-id.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {flagNames, hasFlag, segEnd, segLen, type TcpSegment} from '../../wire/tcp.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {opens} from './opening-reason.ts';
import {startsAgain} from './timer-start.ts';

export const old = '9293:3.10.7.4/sequence/duplicate';
const strayReset = '5961:3.2/rst/outside';
const idles = '9112:9.5/idle/start';
const closedWindow = '9293:3.8.6.1/persist/start';
const littleRoom = '9293:3.8.6.2.1/override/start';
const lingers = '9112:9.6/linger';
const inFlight = '9293:3.8.6.1/persist/stop';
const awaitsTimeout = '8985:8/rto/restart';
const noListener = '9293:3.10.7.1/closed/no-ack';
const synAck = '9293:3.10.7.3/syn-sent/syn-ack';
const rejects = '1812:5.3.9/filter/icmp';
const outstanding = '9293:3.10.3/receive/outstanding';
const sends = '9293:3.10.2/send/segmentise';
const acksFin = '9293:3.10.7.4/fin/time-wait';
const ownFinAcked = '9293:3.10.7.4/ack/closing';
const listens = '9293:3.10.1/open/passive';
const ackDue = '9293:3.8.6.3/delayed-ack/timer';
const waitsNot = 'counterfactual:no-time-wait/closed';

type Case = {readonly text?: Text; readonly formula?: readonly string[]};

/** A segment of length 0 is judged by its number alone (RFC 9293 §3.10.7.4); probes of keep-alive and of a closed window are such. */
export const probed: Case = {text: whyTexts.probed, formula: ['seg.seq < rcv.nxt']};

const arrivedAt = (trace: Trace, {n, host}: TraceEvent): TcpSegment | undefined =>
  segmentAt(
    trace,
    ofKind(instantOf(trace, n), 'arrive').find((each) => each.host === host),
  );

/** No request has come on the connection, or none has been read. */
const awaitsFirst = (trace: Trace, {n, host, timer}: EventOf<'app-timer'>): boolean =>
  ![...entriesOf(trace, 'note')].some(
    (each) =>
      each.n < n &&
      each.host === host &&
      each.note.kind === 'request' &&
      each.note.op === 'received' &&
      timer.endsWith(each.note.stream),
  );

/** What waited has left after all. */
const stopsAtOnce = (trace: Trace, {n, host, connection}: TraceEvent): boolean =>
  instantOf(trace, n).some(
    (each) => each.n > n && each.because === inFlight && each.host === host && each.connection === connection,
  );

/** By what came last: a client that ends its own direction, or one that is gone. */
const lingeredEnough = (trace: Trace, {n, atUs, host}: TraceEvent): Case => {
  const last = [...entriesOf(trace, 'arrive')].findLast((each) => each.n < n && each.host === host);
  const segment = last?.atUs === atUs ? arrivedAt(trace, last) : undefined;
  const closed = segment !== undefined && !hasFlag(segment, 'RST');
  return {text: worded(whyTexts.lingeredEnough, {closed})};
};

/** The time-out ran already, and what has come acknowledges no further: its SACK is why (Linux tcp_clean_rtx_queue). */
const sackedOn = (trace: Trace, event: TraceEvent): Case | undefined => {
  const own = instantOf(trace, event.n).filter(({n, host}) => n < event.n && host === event.host);
  const [come, ...acts] = own;
  return come?.kind === 'arrive' && !acts.some(({kind}) => kind === 'send')
    ? {text: worded(whyTexts.sackedOn, {packet: come.packet})}
    : undefined;
};

/** No data were to carry it: ACKs with SACK have waited to leave as one (tcp_comp_sack_delay_ns). */
const gathered = (trace: Trace, {n, host, connection}: TraceEvent): Case | undefined => {
  const wait = heldIn(trace).findLast(
    ({what, until, ...from}) =>
      what === 'ack' && from.host === host && from.connection === connection && until && until.after <= n,
  );
  return gathers(wait?.because) ? {text: whyTexts.gathered} : undefined;
};

/** The shortest time, in microseconds, that a timer can be set to. A timer that is already overdue is set to it. */
const leastTimerUs = 1;

const waitedFor = (trace: Trace, event: TraceEvent): Case | undefined => {
  if (event.kind === 'timer' && event.op === 'arm' && event.dueUs - event.atUs <= leastTimerUs)
    return {text: whyTexts.dueAlready};
  if (event.because === idles && event.kind === 'app-timer' && awaitsFirst(trace, event))
    return {text: whyTexts.awaitsFirst};
  if (event.kind === 'app-timer' && event.because === lingers && event.op === 'cancel')
    return lingeredEnough(trace, event);
  if (event.because === ackDue) return gathered(trace, event);
  if (event.because === littleRoom && stopsAtOnce(trace, event)) return {text: whyTexts.stopsAgain};
  if (!startsAgain(trace, event)) return undefined;
  if (event.because === awaitsTimeout) return sackedOn(trace, event);
  if (event.because !== closedWindow) return undefined;
  const come = ofKind(instantOf(trace, event.n), 'arrive').find(({host}) => host === event.host);
  return come && {text: worded(whyTexts.stillClosed, {packet: come.packet})};
};

/** Whether its number would have had to lie elsewhere, or to be one alone (RFC 5961 §3.2, RFC 9293 §3.10.7.4). */
const resetAt = (trace: Trace, event: TraceEvent): Case | undefined => {
  const segment = arrivedAt(trace, event);
  const tcb = connectionAt(trace, event.n - 1, event);
  if (!segment || !tcb) return undefined;
  const {nxt, wnd} = tcb.rcv;
  const ahead = seqDiff(segment.seq, nxt);
  if (ahead < 0) return {text: worded(whyTexts.resetAt, {outside: true}), formula: ['seg.seq < rcv.nxt']};
  // Where nothing may come the next number alone lies inside.
  const room = wnd > 0 ? 'rcv.wnd' : '1';
  return ahead >= Math.max(1, wnd)
    ? {text: worded(whyTexts.resetAt, {outside: true}), formula: [`seg.seq ≥ rcv.nxt + ${room}`]}
    : {text: worded(whyTexts.resetAt, {outside: false})};
};

/** Without text or a FIN, which move RCV.NXT further, it is set as RFC 9293 §3.10.7.3 says. */
const bareSynAck: Case = {
  formula: ['snd.una < seg.ack ≤ snd.nxt', "rcv.nxt' = seg.seq + SYN"],
};

/** RFC 1812 §5.2.7.1, RFC 4443 §3.1: communication administratively prohibited. */
const prohibited: {readonly [version: number]: number} = {4: 13, 6: 1};

/** With the type and the code that the firewall’s rule says. */
const rejectedBy = (trace: Trace, event: TraceEvent): Case | undefined => {
  const sent = ofKind(instantOf(trace, event.n), 'send').find(
    ({n, because}) => n >= event.n && because === rejects,
  );
  const ip = sent && ipPacketOf(packetOf(trace, sent.packet));
  if (ip?.transport.kind !== 'icmp' && ip?.transport.kind !== 'icmpv6') return undefined;
  const {type, code} = ip.transport.message;
  const usual = prohibited[ip.version] ?? 0;
  const version = `${ip.version}`;
  return {text: worded(whyTexts.rejected, {type, code, usual, version, own: code === usual})};
};

const asksForLife = '9293:3.8.4/keep-alive/probe';

/** Both ends of a segment, in the order of `from` and `to`. */
const endsOf = (trace: Trace, packet: number): {readonly from: string; readonly to: string} | undefined => {
  const ip = ipPacketOf(packetOf(trace, packet));
  if (ip?.transport.kind !== 'tcp') return undefined;
  const {srcPort, dstPort} = ip.transport.segment;
  return {from: `${ip.src} ${srcPort}`, to: `${ip.dst} ${dstPort}`};
};

/** What comes first behind a probe of keep-alive shows that its peer lives; undefined: none was out. */
export const lifeShown = (trace: Trace, event: EventOf<'arrive'>): Text | undefined => {
  const held = worldAt(trace, event.n - 1)?.hosts[event.host]?.tcp.connections;
  const isProbing = [...(held?.values() ?? [])].some(({keepAliveProbes}) => keepAliveProbes > 0);
  const own = isProbing && event.packet > 0 ? endsOf(trace, event.packet) : undefined;
  if (!own) return undefined;
  const isBefore = (each: EventOf<'send' | 'arrive'>): boolean =>
    each.n < event.n && each.host === event.host && each.packet > 0;
  const sent = [...entriesOf(trace, 'send')].findLast(
    (each) => isBefore(each) && endsOf(trace, each.packet)?.from === own.to,
  );
  if (sent?.because !== asksForLife || endsOf(trace, sent.packet)?.to !== own.from) return undefined;
  const isHeard = [...entriesOf(trace, 'arrive')].some(
    (each) => isBefore(each) && each.n > sent.n && endsOf(trace, each.packet)?.from === own.from,
  );
  return isHeard ? undefined : worded(whyTexts.lifeShown, {packet: sent.packet});
};

/** The number that a duplicate ACK repeats, as RFC 5681 §2 has it; its window is the same, or that would have changed. */
export const repeatedAck = (trace: Trace, event: EventOf<'arrive'>): Seq | undefined => {
  const segment = segmentOf(packetOf(trace, event.packet));
  if (!segment || segLen(segment) > 0 || flagNames(segment).join() !== 'ACK') return undefined;
  const {snd} = connectionFor(trace, event, segment) ?? {};
  return snd?.una === segment.ack && snd.nxt !== snd.una ? segment.ack : undefined;
};

/** A machine that is no TCP (`notTcp`) deletes the connection in the very instant. */
const endsAtOnce = (trace: Trace, event: TraceEvent): Case | undefined => {
  const skips = instantOf(trace, event.n).some(
    ({because, host, connection}) =>
      because === waitsNot && host === event.host && connection === event.connection,
  );
  return skips ? {text: worded(whyTexts.waitsNot, {acks: event.because === acksFin})} : undefined;
};

/** What had been kept beyond it is in order now, too (RFC 9293 §3.10.7.4). */
const fillsGap = (trace: Trace, event: TraceEvent, segment: TcpSegment): boolean => {
  const tcb = connectionAt(trace, event.n, event);
  if (tcb === undefined) return false;
  const kept = seqDiff(tcb.rcv.nxt, segEnd(segment));
  const isFinKept = tcb.peerFinSeq !== undefined && !hasFlag(segment, 'FIN');
  return kept > (isFinKept ? 1 : 0);
};

/** Of what had come before: nothing goes to a program before ESTABLISHED (RFC 9293 §3.10.7.2), or before it takes the connection. */
const deliveredLate = (trace: Trace, event: TraceEvent): Case | undefined => {
  const [first] = instantOf(trace, event.n).filter(({host}) => host === event.host);
  if (first?.kind === 'call') return {text: worded(whyTexts.deliveredLate, {by: 'call'})};
  const segment = arrivedAt(trace, event);
  if (segment?.payload.length === 0) return {text: worded(whyTexts.deliveredLate, {by: 'syn'})};
  return segment && fillsGap(trace, event, segment)
    ? {text: worded(whyTexts.deliveredLate, {by: 'gap'})}
    : undefined;
};

/** Nagle’s rule would hold it back (RFC 9293 §3.7.4, TCP_NODELAY). */
const notHeldBack = (trace: Trace, send: TraceEvent): Case | undefined => {
  const tcb = connectionAt(trace, send.n, send);
  const segment = send.kind === 'send' ? segmentOf(packetOf(trace, send.packet)) : undefined;
  if (!segment || !tcb?.options.noDelay || tcb.snd.una === segment.seq) return undefined;
  return segment.payload.length < tcb.mss ? {text: whyTexts.noDelay} : undefined;
};

const synWithData = (trace: Trace, event: TraceEvent): Case | undefined => {
  const syn = ofKind(instantOf(trace, event.n), 'send').find(({because}) => because === opens);
  const bytes = (syn && segmentOf(packetOf(trace, syn.packet))?.payload.length) ?? 0;
  return bytes > 0 ? {text: worded(whyTexts.synWithData, {bytes})} : undefined;
};

const ofLength = (trace: Trace, event: TraceEvent, length: number, found: Case): Case | undefined => {
  const segment = arrivedAt(trace, event);
  return segment && segLen(segment) === length ? found : undefined;
};

/** What has an answer over UDP only may be too long for it. */
const dnsOverTcp = (trace: Trace, {n, host, connection}: TraceEvent): Case | undefined => {
  const keeper = worldAt(trace, n)?.hosts[host];
  const isDns = connection !== undefined && localSocket(connection).port === dnsPort;
  return isDns && keeper && dnsRoleOn(keeper) !== undefined ? {text: whyTexts.listensForDns} : undefined;
};

/** By the rule. */
const cases: {readonly [because: string]: (trace: Trace, event: TraceEvent) => Case | undefined} = {
  [acksFin]: endsAtOnce,
  [ownFinAcked]: endsAtOnce,
  [sends]: notHeldBack,
  [ackDue]: gathered,
  [outstanding]: deliveredLate,
  [strayReset]: resetAt,
  [rejects]: rejectedBy,
  [opens]: synWithData,
  [listens]: dnsOverTcp,
  [old]: (trace, event) => ofLength(trace, event, 0, probed),
  [synAck]: (trace, event) => ofLength(trace, event, 1, bareSynAck),
  [noListener]: (trace, event) => {
    const port = arrivedAt(trace, event)?.dstPort;
    return port === undefined ? undefined : {text: worded(whyTexts.noListener, {port})};
  },
};

/** undefined: what the rule says holds for all. */
export const ownCase = (trace: Trace, event: TraceEvent): Case | undefined => {
  const {kind, because = ''} = event;
  if (kind === 'app-timer' || kind === 'timer') return waitedFor(trace, event);
  return Object.hasOwn(cases, because) ? cases[because]?.(trace, event) : undefined;
};
