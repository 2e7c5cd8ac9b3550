// What is told of packets that a host does not take, judged by raw events: what came, why it is of no use, what goes back.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {says, saysAgain} from './acts.ts';
import {isOfSent, isThrown} from './arrived.ts';
import {flagsOf, isOneWay, type Passing, type Seen, segmentOf, textSeq} from './seen.ts';
import type {Claims, ToldRows} from './told-rows.ts';
import {comesAs, ipOf} from './told-thing.ts';

type Refused = Facts['refusedSegment'];

/** The segments of this packet that come now. */
const segmentsOf = (said: Seen, {host, thing}: Refused): readonly Passing[] =>
  comesAs(said, host, thing).flatMap((event) => said.passing(event));

const ownOf = (said: Seen, host: string, {srcPort, dstPort}: TcpSegment): Connection | undefined =>
  said
    .connections(host, 'before')
    .find(({local, remote}) => local.port === dstPort && remote.port === srcPort);

/** Some number of what came lies in the window that the host had, or would if it were longer than nothing. */
const isInWindow = (segment: TcpSegment, {rcv}: Connection): boolean => {
  const first = (textSeq(segment) - rcv.nxt) | 0;
  const last = first + Math.max(0, segLen(segment) - 1);
  return (first >= 0 && first < Math.max(1, rcv.wnd)) || (first < 0 && last >= 0);
};

const stampOf = ({options}: TcpSegment): number | undefined =>
  options.flatMap((option) => (option.kind === 'timestamps' ? [option.val] : []))[0];

const isRenumbered = (said: Seen, {segment, event}: Passing): boolean =>
  segmentOf(said.trace, event.packet)?.seq !== segment.seq;

/** It goes on behind a FIN that had come from there. */
const isBehindFin = (said: Seen, host: string, {segment: now, event: {n}}: Passing): boolean =>
  said
    .cameEver(host)
    .some(
      ({segment, event}) =>
        event.n < n &&
        segment.srcPort === now.srcPort &&
        hasFlag(segment, 'FIN') &&
        ((now.seq + now.payload.length - segment.seq - segment.payload.length) | 0) > 0,
    );

/** Beyond all that was sent, or below what may still be under way (RFC 5961 §5.2). */
const isBeside = ({ack}: TcpSegment, {snd}: Connection): boolean =>
  ((ack - snd.nxt) | 0) > 0 || ((ack - snd.una) | 0) < 0;

/** Of a number that this end has never sent, or between those of its segments. */
const isNeverSent = (said: Seen, host: string, segment: TcpSegment): boolean => {
  const ends = said.sentSinceItBegan(host, segment).map((own) => (own.seq + segLen(own) - segment.ack) | 0);
  return ends.every((end) => end < 0) || ends.some((end) => end > 0);
};

const udpPort = (said: Seen, packet: number): number | undefined => {
  const transport = ipOf(said, packet)?.transport;
  return transport?.kind === 'udp' ? transport.datagram.dstPort : undefined;
};

/** A whole response that had come to this host before, and had not been thrown away then. */
const isCopyOfTaken = (said: Seen, {host, thing: {packet}}: Refused): boolean => {
  const own = said.ever('arrive', host).filter((each) => each.packet === packet);
  return (
    own.length > 1 &&
    own.some((each) => said.dns(each).some(({flags}) => flags.qr && !flags.tc)) &&
    said.earlier('drop', host).every((each) => each.packet !== packet)
  );
};

const nothingGoesBack = (said: Seen, {host}: Refused): Claims => ({
  'nothing goes back': said
    .came(host)
    .every(({segment}) =>
      said
        .sent(host)
        .every(({segment: {srcPort, dstPort}}) => srcPort !== segment.dstPort || dstPort !== segment.srcPort),
    ),
});

/** Its receiver has had those numbers, as they came: in copies, or in segments cut otherwise. */
const isHad = (said: Seen, host: string, now: Passing): boolean => said.hadCome(host, now);

/** These numbers had come with other flags, or not of this connection. */
const isKnownOtherwise = (said: Seen, host: string, now: Passing): boolean =>
  !isHad(said, host, now) &&
  said.cameEver(host).some(({segment, event}) => event.n < now.event.n && segment.seq === now.segment.seq);

type Said = {readonly host: string; readonly come: Passing; readonly tcb: Connection | undefined};

const isOutside = ({segment: {seq}}: Passing, {rcv}: Connection): boolean => {
  const behind = (seq - rcv.nxt) | 0;
  return behind < 0 || behind >= Math.max(1, rcv.wnd);
};

/** These very numbers of this connection have come, and no others in their place. */
const isHadSo = (said: Seen, host: string, come: Passing): boolean =>
  said.hadCome(host, come) &&
  !isRenumbered(said, come) &&
  !hasFlag(come.segment, 'SYN') &&
  said
    .cameEver(host)
    .every(
      (each) =>
        each.event.n >= come.event.n ||
        !isOneWay(each.segment, come.segment) ||
        (!isRenumbered(said, each) && said.trace.packet(each.event.packet).sentUs >= beganUs(said, each)),
    );

/** When its sender began the connection that it has now. */
const beganUs = (said: Seen, {event}: Passing): number => {
  const {sendEvent, from} = said.trace.packet(event.packet);
  const {connection} = said.trace.event(sendEvent);
  const began = said
    .ever('state', from)
    .findLast((each) => each.connection === connection && /CLOSED|LISTEN/.test(each.from ?? ''));
  return began?.atUs ?? 0;
};

/** A number never sent: the last that was is in the facts, where the connection says so. */
const acksTooMuch = (said: Seen, {sentTo}: Pick<Refused, 'sentTo'>, {host, come, tcb}: Said): Claims => ({
  'a number never sent': isNeverSent(said, host, come.segment),
  'no acceptable ACK': tcb !== undefined && hasFlag(come.segment, 'ACK') && isBeside(come.segment, tcb),
  'the last it sent':
    sentTo === undefined
      ? undefined
      : tcb !== undefined && (tcb.snd.nxt - 1) >>> 0 === sentTo && ((come.segment.ack - tcb.snd.nxt) | 0) > 0,
});

/** Half a second, tcp_invalid_ratelimit. */
const throttled = (said: Seen, {host, off, sentTo}: Refused, {come, tcb}: Said): Claims => ({
  'its number is another':
    tcb !== undefined && off === (come.segment.seq !== tcb.rcv.nxt && sentTo === undefined),
  ...(sentTo === undefined ? {} : acksTooMuch(said, {sentTo}, {host, come, tcb})),
  'it has just answered': said
    .ever('send', host)
    .some(({n, atUs}) => n <= said.n && said.atUs - atUs < 500_000),
});

/** The reasons that lie in a segment and in the connection that it is for. */
const ofSegment = (
  said: Seen,
  facts: Refused,
  each: Said,
): {readonly [why in Refused['why']]?: () => Claims} => {
  const {host, come, tcb} = each;
  const {segment} = come;
  const {state} = tcb ?? {};
  const isReset = hasFlag(segment, 'RST');
  const listeners = [...(said.trace.stateAt(said.before.length)?.hosts[host]?.tcp.listeners.values() ?? [])];
  const listener = listeners.find(({local}) => local.port === segment.dstPort);
  return {
    duplicate: () => ({
      'its numbers had come': isHad(said, host, come),
      'they are its own': !isRenumbered(said, come),
      'it has that connection': tcb !== undefined && !isReset,
    }),
    written: () => ({
      'another number': isRenumbered(said, come),
      'those numbers lie behind':
        tcb !== undefined && ((segment.seq + segment.payload.length - tcb.rcv.nxt) | 0) <= 0,
    }),
    below: () => ({
      'it expects other numbers': tcb !== undefined && segment.seq !== tcb.rcv.nxt && !isReset,
      // Numbers from rcv.nxt on have never been accepted, though a copy of them may have been discarded before.
      'nothing the same came':
        (tcb !== undefined && ((segment.seq - tcb.rcv.nxt) | 0) >= 0) || !isHadSo(said, host, come),
      'the number it expects': facts.answers === undefined || facts.answers === tcb?.rcv.nxt,
    }),
    afterFin: () => ({
      'beyond a FIN': tcb !== undefined && isBehindFin(said, host, come),
    }),
    window: () => ({
      'outside the window': tcb !== undefined && !isInWindow(segment, tcb) && !isReset,
      'it lies ahead': tcb !== undefined && ((textSeq(segment) - tcb.rcv.nxt) | 0) > 0,
      'the number it expects': facts.answers === undefined || facts.answers === tcb?.rcv.nxt,
    }),
    old: () => ({
      'its timestamp is older':
        tcb !== undefined && (((stampOf(segment) ?? tcb.tsRecent) - tcb.tsRecent) | 0) < 0,
    }),
    noStamp: () => ({
      'it has none': stampOf(segment) === undefined,
      'both have agreed': tcb?.timestampsOn === true,
    }),
    ack: () => acksTooMuch(said, facts, each),
    throttled: () => throttled(said, facts, each),
    rst: () => ({
      'an RST': isReset,
      'its number lies outside': tcb !== undefined && isOutside(come, tcb),
      'no connection ends': said.now('state', host).every(({to}) => to !== 'CLOSED'),
    }),
    rstLate: () => ({'an RST': isReset, 'it waits': state === 'TIME-WAIT'}),
    rstNext: () => ({
      'an RST': isReset,
      'it waits': state === 'TIME-WAIT',
      'it has another number': segment.seq !== tcb?.rcv.nxt,
    }),
    rstAlone: () => ({
      'an RST': isReset,
      'no ACK of SYN': state === 'SYN-SENT' && (!hasFlag(segment, 'ACK') || segment.ack !== tcb?.snd.nxt),
    }),
    known: () => ({
      'a SYN': hasFlag(segment, 'SYN') && tcb !== undefined,
      'known by other flags': isKnownOtherwise(said, host, come),
    }),
    acceptQueue: () => ({
      'connections wait there': listener !== undefined && listener.ready.length > listener.backlog,
    }),
    queue: () => ({
      'a SYN': flagsOf(segment) === 'SYN',
      'the queue is full': listener !== undefined && listener.halfOpen >= listener.synLimit,
    }),
    noConnection: () => ({
      'an RST': isReset,
      'it has none': said
        .connections(host, 'after')
        .every(
          ({local, remote}) =>
            local.port !== segment.dstPort ||
            remote.port !== segment.srcPort ||
            remote.ip !== ipOf(said, come.event.packet)?.src,
        ),
    }),
    listener: () => ({
      'somebody listens': listener !== undefined,
      'none of these flags': !['SYN', 'ACK', 'RST'].some((flag) =>
        flagsOf(segment).split(',').includes(flag),
      ),
    }),
    synFin: () => ({
      'it carries both': hasFlag(segment, 'SYN') && hasFlag(segment, 'FIN'),
      'somebody listens': listener !== undefined,
    }),
    noAck: () => ({
      'it has no ACK': !hasFlag(segment, 'ACK'),
      'no RST, no SYN': !isReset && !hasFlag(segment, 'SYN'),
    }),
    noSyn: () => ({
      'it is in SYN-SENT': state === 'SYN-SENT',
      'no SYN': !hasFlag(segment, 'SYN'),
      'no RST': !isReset,
    }),
  };
};

/** And those of datagrams. */
const ofDatagram = (said: Seen, facts: Refused): {readonly [why in Refused['why']]?: () => Claims} => {
  const {host, peer, thing, port} = facts;
  const come = comesAs(said, host, thing);
  const questions = come.flatMap((event) => said.dns(event).filter(({flags}) => !flags.qr));
  const asked = said
    .earlier('arrive', host)
    .filter(
      ({n, packet}) => packet > 0 && said.trace.packet(packet).from === peer && n < (come.at(-1)?.n ?? 0),
    )
    .flatMap((event) => said.dns(event));
  return {
    port: () => ({
      'the datagram’s port': udpPort(said, thing.packet) === port && port !== undefined,
    }),
    mismatch: () => ({
      'no copy': !isCopyOfTaken(said, facts),
      'a response': thing.what === 'response',
    }),
    settled: () => ({'a copy of one': isCopyOfTaken(said, facts)}),
    sameQuestion: () => ({
      'the same id before': questions.some(({id}) => asked.some((each) => each.id === id && !each.flags.qr)),
    }),
  };
};

/** The ACK behind one that is refused has left, and says no less. */
const isCoveredBy = (said: Seen, packet: number, next: number): boolean =>
  said
    .sentEver(said.trace.packet(packet).from)
    .some(
      ({segment, event}) =>
        event.packet > packet &&
        event.atUs <= said.atUs &&
        segment.ack === next &&
        isOfSent(said, segment) &&
        ((segment.ack - (segmentOf(said.trace, packet)?.ack ?? 0)) | 0) >= 0,
    );

/** TIME-WAIT of that connection begins anew now (RFC 9293 §3.10.7.4). */
const restartsUs = (said: Seen, host: string): number | undefined =>
  said.now('timer', host).find(({name, op, connection}) => {
    const ran = said
      .connections(host, 'before')
      .some(({id, timers}) => id === connection && timers['2MSL'] !== undefined);
    return name === '2MSL' && op === 'arm' && ran;
  })?.dueUs;

/** Nothing is said in return to these. */
const silent: ReadonlySet<Refused['why']> = new Set([
  ...(['throttled', 'rst', 'rstLate', 'rstNext', 'rstAlone', 'acceptQueue', 'queue'] as const),
  ...(['noConnection', 'port', 'listener', 'synFin', 'noSyn', 'settled', 'mismatch'] as const),
]);

export const refusedRows = {
  refusedSegment: (facts, said) => {
    const {host, peer, thing, why, answers, again, next, off, port, restartsUs: us} = facts;
    const [come] = segmentsOf(said, facts);
    const tcb = come && ownOf(said, host, come.segment);
    const own = come ? ofSegment(said, facts, {host, come, tcb}) : ofDatagram(said, facts);
    return {
      'what comes': comesAs(said, host, thing).length > 0,
      'it is thrown away': said.thrownAway(host).some(({packet}) => packet === thing.packet),
      'from whom': comesAs(said, host, thing).some(({packet}) => said.trace.packet(packet).from === peer),
      'what goes back': says(said, host, answers),
      ...(silent.has(why) ? nothingGoesBack(said, facts) : {}),
      'said before': answers === undefined ? !again : saysAgain(said, host) === again,
      'the next ACK':
        next === undefined ? undefined : come !== undefined && isCoveredBy(said, thing.packet, next),
      'to which port': port === undefined ? undefined : port === udpPort(said, thing.packet),
      'off, where throttled': why === 'throttled' || !off,
      'when TIME-WAIT begins anew': restartsUs(said, host) === us,
      'whether sentTo is told':
        (why === 'ack' || why === 'throttled' || facts.sentTo === undefined) &&
        (why !== 'ack' ||
          come === undefined ||
          tcb === undefined ||
          (facts.sentTo !== undefined) === ((come.segment.ack - tcb.snd.nxt) | 0) > 0),
      'that reason fits': own[why] !== undefined,
      ...own[why]?.(),
    };
  },
  ofEarlier: ({host, thing}, said) => {
    const came = comesAs(said, host, thing).flatMap((event) => said.passing(event));
    const [now] = came;
    const left = said.ever('send').find((send) => send.hop === 0 && send.packet === thing.packet);
    const stands = (when: 'before' | 'after') =>
      said
        .connections(host, when)
        .filter(
          ({local, remote}) => local.port === now?.segment.dstPort && remote.port === now.segment.srcPort,
        )
        .map(({state, rcv, snd, reassembly}) => `${state} ${rcv.nxt} ${snd.una} ${reassembly.length}`);
    return {
      'it comes': now !== undefined,
      'another one since': said
        .earlier('state', left?.host)
        .some(
          ({n, from, connection}) =>
            n > (left?.n ?? 0) && /CLOSED|LISTEN/.test(from ?? '') && connection === left?.connection,
        ),
      'this one is there': stands('before').length === 1,
      'it counts': stands('before')[0] !== stands('after')[0],
      'nobody throws it away': came.every(({event}) => !isThrown(said, event)),
    };
  },
  urgentApart: ({host, byte}, said) => ({
    'its system does so': said.trace.header.profile === 'linux',
    // tcp_check_urg: a pointer of 0 names a byte, too.
    'URG names that byte': said
      .came(host)
      .some(
        ({segment: {seq, urgent, ...rest}}) =>
          hasFlag({seq, urgent, ...rest}, 'URG') && ((seq + Math.max(urgent, 1) - 1 - byte) | 0) === 0,
      ),
    'its program hears': said.now('signal', host).some(({signal}) => signal === 'urgent'),
  }),
} satisfies ToldRows;
