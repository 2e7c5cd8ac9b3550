// How connections begin and end: changes of state with what brought them, resets, ICMP, and the errors that programs get.

import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {TcpSignal} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {seq, seqAdd, seqDiff} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {operandsOf} from '../operands.ts';
import {ipPacketOf, packetOf, saidBefore, segmentOf} from '../packet.ts';
import type {Facts, Thing, Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {frameCome, thingOf} from './thing.ts';

type State = Extract<TraceEvent, {kind: 'state'}>;
type Send = Extract<TraceEvent, {kind: 'send'}>;
type Arrival = Extract<TraceEvent, {kind: 'arrive'}>;

const arrivalIn = ({events}: Moment): Arrival | undefined =>
  events.find((event): event is Arrival => event.kind === 'arrive' && event.packet > 0);

export const sendsIn = ({events}: Moment, host: string): readonly Send[] =>
  events.filter(
    (event): event is Send =>
      event.kind === 'send' && event.packet > 0 && event.hop === 0 && event.host === host,
  );

const segmentsSent = (
  moment: Moment,
  host: string,
  wanted: (segment: TcpSegment) => boolean,
): readonly TcpSegment[] =>
  sendsIn(moment, host).flatMap(({packet}) => {
    const segment = segmentOf(packetOf(moment.trace, packet));
    return segment && wanted(segment) ? [segment] : [];
  });

const segmentSent = (...of: Parameters<typeof segmentsSent>): TcpSegment | undefined =>
  segmentsSent(...of)[0];

const errorIn = ({events}: Moment, host: string): TcpSignal | undefined =>
  events
    .map((event) => (event.kind === 'signal' && event.host === host ? event.signal : undefined))
    .find((signal) => signal?.startsWith('E'));

/** The other end: who has sent what came, or is sent something. */
const peerIn = (moment: Moment, {host}: TraceEvent): string => {
  const arrival = arrivalIn(moment);
  if (arrival) return packetOf(moment.trace, arrival.packet).from;
  const [send] = sendsIn(moment, host);
  return send ? packetOf(moment.trace, send.packet).to : '';
};

type Saying<Kind extends keyof Facts> = {readonly says: Kind; readonly facts: Facts[Kind]};
type AnySaying = {[Kind in keyof Facts]: Saying<Kind>}[keyof Facts];

const isFin = (segment: TcpSegment): boolean => hasFlag(segment, 'FIN');
const isSyn = (segment: TcpSegment): boolean => hasFlag(segment, 'SYN');
const isAck = (segment: TcpSegment): boolean => hasFlag(segment, 'ACK');

const beginning = (moment: Moment, state: State): AnySaying | undefined => {
  const {host, to, from, connection = ''} = state;
  const ends = {host, peer: peerIn(moment, state)};
  const syn = segmentSent(moment, host, (segment) => hasFlag(segment, 'SYN'));
  if (to === 'SYN-SENT') return syn && {says: 'opens', facts: {...ends, seq: syn.seq}};
  if (to === 'SYN-RECEIVED') {
    if (from === 'SYN-SENT') return {says: 'synsCross', facts: ends};
    return syn && {says: 'answersSyn', facts: {...ends, seq: syn.seq, ack: syn.ack}};
  }
  const peerState = moment.memory.peerStateOf(connection);
  const ack = segmentSent(moment, host, isAck)?.ack;
  if (from === 'SYN-SENT')
    return {
      says: 'opened',
      facts: {...ends, ack, peerOpen: peerState === 'ESTABLISHED', first: peerState === 'SYN-RECEIVED'},
    };
  const acknowledged = state.because !== 'counterfactual:two-step/established';
  return {says: 'accepts', facts: {...ends, peerOpen: peerState === 'ESTABLISHED', acknowledged}};
};

/** What a FIN has waited for that counts now; undefined: it comes now. */
const keptFor = (moment: Moment): 'gap' | 'handshake' | undefined => {
  const segment = segmentComeIn(moment);
  if (segment && isFin(segment)) return undefined;
  return moment.events.some((event) => event.kind === 'state' && event.to === 'ESTABLISHED')
    ? 'handshake'
    : 'gap';
};

const ending = (moment: Moment, state: State): AnySaying | undefined => {
  const {host, to, from, connection = ''} = state;
  const ends = {host, peer: peerIn(moment, state)};
  const fin = segmentSent(moment, host, isFin)?.seq;
  const late = state.because === '9293:3.10.7.4/fin/gap-filled';
  switch (to) {
    case 'FIN-WAIT-1':
      return {says: 'closes', facts: {...ends, seq: fin}};
    case 'CLOSE-WAIT':
      return {
        says: 'peerCloses',
        facts: {
          ...ends,
          late: late ? keptFor(moment) : undefined,
          // After SYN,ACK the FIN that came with the SYN has an ACK of its own.
          ack: segmentsSent(moment, host, isAck).at(-1)?.ack,
        },
      };
    case 'LAST-ACK':
      return {says: 'closesToo', facts: {...ends, seq: fin}};
    case 'FIN-WAIT-2':
      return {says: 'finAcknowledged', facts: {host}};
    case 'CLOSING':
      return {says: 'closing', facts: ends};
    case 'TIME-WAIT': {
      const timer = moment.events.find(
        (event) => event.kind === 'timer' && event.op === 'arm' && event.name === '2MSL',
      );
      const untilUs =
        timer?.kind === 'timer' ? timer.dueUs : moment.memory.running(connection, '2MSL')?.dueUs;
      return {
        says: 'waits',
        facts: {...ends, by: from === 'CLOSING' ? 'ack' : late ? 'late' : 'fin', untilUs},
      };
    }
    case 'LISTEN':
      return from === 'SYN-RECEIVED' ? listening(moment, state) : undefined;
    default:
      return undefined;
  }
};

const segmentCome = (trace: Trace, arrival: Arrival): TcpSegment | undefined =>
  segmentOf({frame: frameCome(trace, arrival)});

const segmentComeIn = (moment: Moment): TcpSegment | undefined => {
  const arrival = arrivalIn(moment);
  return arrival && segmentCome(moment.trace, arrival);
};

/** From SYN-RECEIVED; what ICMP ends is told as what ICMP says. */
const listening = (moment: Moment, {host, because}: State): AnySaying | undefined => {
  if (moment.events[0]?.kind === 'timer') return {says: 'listensAgain', facts: {host, by: 'timer'}};
  if (because === '4987:3.4/recycle/oldest') return {says: 'listensAgain', facts: {host, by: 'room'}};
  if (because === 'linux:accept-queue/reset') return {says: 'listensAgain', facts: {host, by: 'full'}};
  const segment = segmentComeIn(moment);
  if (segment && hasFlag(segment, 'RST')) return {says: 'listensAgain', facts: {host, by: 'rst'}};
  return because === '9293:3.10.7.4/syn/listen'
    ? {says: 'listensAgain', facts: {host, by: 'syn'}}
    : undefined;
};

/** In these both ends have said that they send no more. */
const ended: readonly string[] = ['CLOSING', 'LAST-ACK', 'TIME-WAIT'];

const closed = (moment: Moment, state: State): AnySaying | undefined => {
  const {host, from} = state;
  const error = errorIn(moment, host);
  const [first] = moment.events;
  const segment = segmentComeIn(moment);
  if (state.because === 'counterfactual:no-time-wait/closed') return {says: 'skipsWait', facts: {host}};
  if (first?.kind === 'timer') {
    if (from === 'TIME-WAIT' || from === 'FIN-WAIT-2') return {says: 'waitOver', facts: {host, from}};
    return {says: 'givesUp', facts: {host, error, from}};
  }
  if (first?.kind === 'call') {
    const rst = segmentSent(moment, host, (sent) => hasFlag(sent, 'RST')) !== undefined;
    if (from === 'LISTEN') return undefined;
    return rst || from !== 'SYN-SENT'
      ? {says: 'aborts', facts: {host, rst}}
      : {says: 'closesEarly', facts: {host, from}};
  }
  if (segment && hasFlag(segment, 'RST')) {
    const peer = peerIn(moment, state);
    if (from === 'SYN-SENT' && error) return {says: 'refusedOpen', facts: {host, peer, error}};
    return {says: 'reset', facts: {host, from, ended: ended.includes(from), error}};
  }
  // Another attempt of the same program has won.
  if (from === 'SYN-SENT' && !error) return {says: 'closesEarly', facts: {host, from}};
  return from === 'LAST-ACK' && segment ? {says: 'finished', facts: {host}} : undefined;
};

/** Nobody may miss how a connection breaks; that one is over is the least. */
const rankOf = (says: AnySaying['says']): Told['rank'] => {
  if (says === 'finished' || says === 'waitOver') return 2;
  return ['givesUp', 'refusedOpen', 'reset', 'aborts', 'closesEarly'].includes(says) ? 0 : 1;
};

const stateTold = (moment: Moment, state: State): Told | undefined => {
  const {n, host, to, from, connection = ''} = state;
  const open = to === 'SYN-SENT' || to === 'SYN-RECEIVED' || to === 'ESTABLISHED';
  const saying =
    to === 'CLOSED' ? closed(moment, state) : open ? beginning(moment, state) : ending(moment, state);
  const about = [`${host} ${from} ${to}`, `${connection} ${from} ${to}`];
  return saying && {...saying, n, rank: rankOf(saying.says), about, most: 2};
};

const port = (trace: Trace, arrival: Arrival | undefined): number =>
  (arrival && segmentCome(trace, arrival))?.dstPort ?? 0;

const rstReasons: {readonly [because: string]: Facts['answersRst']['why']} = {
  '9293:3.10.7.1/closed/no-ack': 'no listener',
  '9293:3.10.7.1/closed/ack': 'no connection',
  '9293:3.10.7.2/listen/ack': 'no connection',
  '9293:3.6.1/close/reader-gone': 'no reader',
  '2525:2.17/close/unread-data': 'unread',
  '9293:3.10.7.3/syn-sent/ack-beyond': 'bad ack',
  '9293:3.10.7.3/syn-sent/ack-old': 'bad ack',
  '9293:3.10.7.4/ack/syn-received-unacceptable': 'bad ack',
};

const answers = (moment: Moment, send: Send): Told | undefined => {
  const {trace} = moment;
  const {n, host, packet, because = ''} = send;
  const segment = segmentOf(packetOf(trace, packet));
  const arrival = arrivalIn(moment);
  const came = arrival && thingOf(trace, arrival.packet, frameCome(trace, arrival));
  const common = {n, rank: 0, most: 3} as const;
  if (segment && hasFlag(segment, 'RST')) {
    const why = rstReasons[because];
    if (!why) return undefined;
    const facts = {host, why, port: port(trace, arrival), thing: came};
    return {...common, says: 'answersRst', about: [`rst ${host} ${why}`], facts};
  }
  if (came && /^5961:[345]/.test(because))
    return {...common, says: 'challenges', about: [`challenge ${host}`], facts: {host, thing: came}};
  return undefined;
};

const refusals: {readonly [because: string]: Facts['refusedSegment']['why']} = {
  '9293:3.10.7.4/sequence/duplicate': 'duplicate',
  '9293:3.10.7.4/sequence/repeated-syn': 'duplicate',
  'linux:time-wait/answer': 'duplicate',
  '9293:3.10.7.4/sequence/beyond': 'window',
  '9293:3.10.7.4/sequence/zero-window': 'window',
  '7323:5.3/paws': 'old',
  '5961:5.2/ack/too-old': 'ack',
  '9293:3.10.7.4/ack/beyond': 'ack',
  '9293:3.10.7.3/syn-sent/ack-beyond': 'ack',
  '1337:4/rst/ignored': 'rstLate',
  '5961:3.2/rst/outside': 'rst',
  'linux:syn-queue/full': 'queue',
  'linux:accept-queue/full': 'acceptQueue',
  'linux:accept-queue/syn': 'acceptQueue',
  '9293:3.10.7.1/closed/rst': 'noConnection',
  '9293:3.10.7.2/listen/rst': 'noConnection',
  '1122:4.1.3.1/no-port': 'port',
};

type Drop = Extract<TraceEvent, {kind: 'drop'}>;

/** In an earlier packet. A FIN that somebody else set may have taken up its number. */
const hasFinCome = ({trace, memory}: Moment, number: number): boolean =>
  [...memory.arrived].some((packet) => {
    const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    return segment !== undefined && isFin(segment) && seqAdd(segment.seq, segment.payload.length) === number;
  });

/** In an earlier packet, not in its other form: a SYN,ACK brings the number of a SYN that comes later (RFC 9293 Fig. 7). */
const hasSynCome = ({trace, memory}: Moment, {what, seq: number}: Thing): boolean =>
  [...memory.arrived].some((packet) => {
    const segment = packet > 0 ? segmentOf(packetOf(trace, packet)) : undefined;
    return segment?.seq === number && isSyn(segment) && isAck(segment) === (what === 'SYNACK');
  });

/** States in which a FIN has been taken: the number before the next one is its own. */
const finTaken: ReadonlySet<TcpState> = new Set(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT']);

type Had = 'duplicate' | 'known' | 'below' | 'afterFin';

/** Of what a machine calls old: has it been had, or are these numbers from before the connection's first, or from nowhere? */
const hadOf = (moment: Moment, drop: Drop, thing: Thing): Had => {
  const {trace} = moment;
  const {irs, rcv, state} = operandsOf(trace, drop).before ?? {};
  const {what} = thing;
  const isWritten = segmentOf(packetOf(trace, drop.packet))?.seq !== thing.seq;
  if (what === 'ACK' || what === 'flags' || what === 'probe' || isWritten) return 'below';
  if (what === 'FIN' && !hasFinCome(moment, thing.seq)) return 'below';
  if (irs === undefined || rcv === undefined) return 'duplicate';
  const opens = what === 'SYN' || what === 'SYNACK';
  if (opens ? thing.seq !== irs : seqDiff(seq(thing.seq), irs) < 0) return 'below';
  if (opens && !hasSynCome(moment, thing)) return 'known';
  const fin = state !== undefined && finTaken.has(state) ? seqAdd(rcv.nxt, -1) : undefined;
  const isBehind = fin !== undefined && seqDiff(seqAdd(seq(thing.seq), thing.bytes), fin) > 0;
  return what === 'data' && isBehind ? 'afterFin' : 'duplicate';
};

/** Not what an RST answers, or a challenge: those are told. */
const refusedTold = (moment: Moment, drop: Drop): Told | undefined => {
  const {trace} = moment;
  const {n, host, packet, because, reason} = drop;
  const known = refusals[because ?? ''];
  if (reason !== 'discarded' || packet < 1 || !known) return undefined;
  const arrival = arrivalIn(moment);
  const thing = thingOf(trace, packet, arrival && frameCome(trace, arrival));
  const answer = sendsIn(moment, host).find((send) => {
    const segment = segmentOf(packetOf(trace, send.packet));
    return segment !== undefined && isAck(segment);
  });
  const why = known === 'duplicate' ? hadOf(moment, drop, thing) : known;
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
    },
  };
};

/** Errors only: what hosts ask each other about addresses is not told. */
const icmpTold = (moment: Moment, arrival: Arrival): Told | undefined => {
  const record = packetOf(moment.trace, arrival.packet);
  const transport = ipPacketOf(record)?.transport;
  if (transport?.kind !== 'icmp' || record.to !== arrival.host) return undefined;
  const {type, code} = transport.message;
  const v6 = (ipPacketOf(record)?.src ?? '').includes(':');
  if (v6 ? type > 4 : ![3, 11, 12].includes(type)) return undefined;
  const {n, host} = arrival;
  const error = errorIn(moment, host);
  const facts = {host, peer: record.from, type, code, v6, error};
  return {says: 'icmp', n, rank: 0, most: 3, about: [`icmp ${host} ${type} ${code}`], facts};
};

/** A call that comes to nothing at once; what one comes to later is a signal. */
const callTold = ({n, host, ...event}: TraceEvent): Told | undefined => {
  if (event.kind !== 'call' || !/^(EISCONN|ENOTCONN|EPIPE)$/.test(event.result)) return undefined;
  const {call, result: error} = event;
  return {
    says: 'callFails',
    n,
    rank: 1,
    most: 2,
    about: [`${call} ${host} ${error}`],
    facts: {host, call, error},
  };
};

const powerTold = ({n, host, kind, ...event}: TraceEvent): Told | undefined => {
  const call = kind === 'call' && 'call' in event ? event.call : undefined;
  if (call !== 'crash' && call !== 'reboot') return undefined;
  return {
    says: 'crashes',
    n,
    rank: 0,
    most: 3,
    about: [`${call} ${host}`],
    facts: {host, back: call === 'reboot'},
  };
};

/** A state that the same instant leaves again is not where anybody stands. */
const isPassed = ({events}: Moment, {n, connection}: State): boolean =>
  events.some((event) => event.kind === 'state' && event.n > n && event.connection === connection);

export const statesTold = (moment: Moment): readonly Told[] =>
  moment.events.flatMap((event): readonly Told[] => {
    const told = ((): Told | undefined => {
      if (event.kind === 'state') return isPassed(moment, event) ? undefined : stateTold(moment, event);
      if (event.kind === 'send' && event.packet > 0 && event.hop === 0) return answers(moment, event);
      if (event.kind === 'drop') return refusedTold(moment, event);
      if (event.kind === 'arrive' && event.packet > 0) return icmpTold(moment, event);
      return powerTold(event) ?? callTold(event);
    })();
    return told ? [told] : [];
  });
