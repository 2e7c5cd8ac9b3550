// What is told of packets that come late, twice, altered or never, and of what is asked once more, judged by raw events.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Thing} from '../../../source/account/told/packet-name.ts';
import {parseDuration} from '../../../source/sim/fault-text.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {flagsOf, isOneWay, type Of, type Passing, segmentOf} from './seen.ts';
import {dnsOf, ipOf, isLeft, isPureAck} from './told-left.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Arrival = Of<'arrive'>;

const arrivalAt = (said: About, event: number, packet: number): Arrival | undefined => {
  const arrival = event > 0 ? said.trace.event(event) : undefined;
  return arrival?.kind === 'arrive' && arrival.packet === packet && event === said.n ? arrival : undefined;
};

/** Routers pass on; what dies at one of them has come as far as it gets. */
const isThere = ({trace, future, instant}: About, {packet, host}: Arrival): boolean =>
  host === trace.packet(packet).to ||
  [...instant, ...future].every(
    (event) => event.kind !== 'send' || event.packet !== packet || event.hop === 0 || event.host !== host,
  );

/** Nothing happens, no number and no window of its receiver moves, and what came had said so before. */
const saysNothing = (said: About): boolean => {
  const stands = said.came().every(({event: {host}}) => {
    const after = said.connections(host, 'after');
    return said
      .connections(host, 'before')
      .every((tcb) =>
        after.some(
          ({id, snd, rcv, cwnd, loss, flight}) =>
            id === tcb.id &&
            loss.dupAcks === tcb.loss.dupAcks &&
            flight.sacked === tcb.flight.sacked &&
            snd.una === tcb.snd.una &&
            snd.wnd === tcb.snd.wnd &&
            rcv.nxt === tcb.rcv.nxt &&
            cwnd === tcb.cwnd,
        ),
      );
  });
  const wasSaid = said
    .came()
    .every(({segment, event}) =>
      said
        .cameEver(event.host)
        .some((each) => each.event.n < event.n && ((each.segment.ack - segment.ack) | 0) >= 0),
    );
  return stands && wasSaid && said.instant.every(({kind}) => kind === 'arrive');
};

const nothingNew = (said: About, {packet, idle}: Facts['heldUp'] | Facts['copied']): Claims => ({
  'whether it says anything new': idle === (saysNothing(said) && isPureAck(segmentOf(said.trace, packet))),
});

/** How long those took that their sender sent behind it and that have come there, by their packets. */
const othersTook = (said: About, {packet, host, n}: Arrival) =>
  said
    .ever('arrive', host)
    .filter((each) => each.packet > packet && each.n < n)
    .map((each) => ({...said.trace.packet(each.packet), cameUs: each.atUs}));

const isOfOneConnection = ({trace}: About, one: number, other: number): boolean => {
  const [own, far] = [segmentOf(trace, one), segmentOf(trace, other)];
  return own && far ? isOneWay(own, far) : own === far;
};

/** Whose they are that overtook it, and how many. */
const overtakers = (said: About, arrival: Arrival): Pick<Facts['heldUp'], 'of' | 'overtaken'> => {
  const all = othersTook(said, arrival);
  const its = all.filter(({from}) => from === said.trace.packet(arrival.packet).from);
  const packets = new Set(its.map(({id}) => id));
  const own = [...packets].filter((id) => isOfOneConnection(said, id, arrival.packet));
  if (own.length === packets.size)
    return {of: its.length === all.length ? 'all' : 'sender', overtaken: packets.size};
  return own.length > 0 ? {of: 'own', overtaken: own.length} : {of: 'others', overtaken: packets.size};
};

/** What goes by its flags alone. */
const unnumbered: ReadonlySet<Thing['what']> = new Set(['SYN', 'SYNACK', 'FIN', 'RST']);

/** A FIN may bear data, and goes by them then. */
const nameOf = (segment: TcpSegment): string => {
  const flags = flagsOf(segment);
  if (segment.payload.length > 0 && !flags.includes('RST') && !flags.includes('SYN')) return 'data';
  return /RST|FIN/.exec(flags)?.[0] ?? flags;
};

/** Of several that its sender has sent, and that are called the same, one says which it is. */
const apartBy = (said: About, {packet, what}: Thing): Facts['heldUp']['by'] => {
  const own = segmentOf(said.trace, packet);
  if (!own || !(what === 'ACK' || unnumbered.has(what))) return undefined;
  const alike = said
    .ever('send', said.trace.packet(packet).from)
    .filter((send) => send.n <= said.n && send.hop === 0 && send.packet > 0 && send.packet !== packet)
    .flatMap((send) => segmentOf(said.trace, send.packet) ?? [])
    .filter((segment) => nameOf(segment) === nameOf(own));
  if (what === 'ACK')
    return alike.some((each) => isPureAck(each) && each.ack === own.ack && isOneWay(each, own))
      ? 'packet'
      : undefined;
  if (alike.some((each) => each.seq !== own.seq && isOneWay(each, own))) return 'seq';
  return alike.length > 0 ? 'packet' : undefined;
};

const heldUp = (facts: Facts['heldUp'], said: About): Claims => {
  const {packet, event, thing, agoUs, overtaken, of, isLate, by} = facts;
  const arrival = arrivalAt(said, event, packet);
  if (!arrival) return {'it comes now': false};
  const {sentUs, from} = said.trace.packet(packet);
  const seen = overtakers(said, arrival);
  const longest = Math.max(
    0,
    ...othersTook(said, arrival).flatMap((each) => (each.from === from ? [each.cameUs - each.sentUs] : [])),
  );
  return {
    ...isLeft(said, thing),
    ...nothingNew(said, facts),
    'what comes': thing.packet === packet,
    'the path was to delay it': said
      .ever('send')
      .some(
        (send) =>
          send.packet === packet &&
          send.dueUs > send.atUs &&
          send.faults.some((fault) => /^(?:delay|reorder)=/.test(fault)),
      ),
    'it is not a copy': said.earlier('arrive', arrival.host).every((each) => each.packet !== packet),
    'to whom it is for': isThere(said, arrival),
    'when it left': agoUs === said.atUs - sentUs,
    // By less than a tenth of its way more, only its place has changed.
    'whether others took less': isLate === 1.1 * longest < said.atUs - sentUs,
    'so many got there first': overtaken === seen.overtaken,
    'whose they are': overtaken === 0 ? undefined : of === seen.of,
    'which of several': by === apartBy(said, thing),
  };
};

/** It has come there before, and not like this, or like this. */
const copied = (facts: Facts['copied'], said: About): Claims => {
  const {packet, event, apart} = facts;
  const arrival = arrivalAt(said, event, packet);
  if (!arrival) return {'it comes now': false};
  const before = said.earlier('arrive', arrival.host).filter((each) => each.packet === packet);
  const last = before.at(-1)?.altered !== undefined;
  const now = arrival.altered !== undefined;
  return {
    ...nothingNew(said, facts),
    'at whom it is for': isThere(said, arrival),
    again: before.length > 0,
    'whether it alone is altered': apart === (now === last ? undefined : now ? 'altered' : 'whole'),
  };
};

/** It takes it, and has nothing that the window could hold back. */
const holdsNothing = (said: About, host: string, {srcPort, dstPort}: TcpSegment): boolean =>
  said
    .connections(host, 'after')
    .some(
      ({snd, sendBuffer, sendWaiting, local, remote}) =>
        local.port === dstPort &&
        remote.port === srcPort &&
        snd.una === snd.nxt &&
        sendBuffer.length === 0 &&
        sendWaiting.length === 0,
    ) && said.sent(host).every(({segment}) => segment.payload.length === 0);

const altered = ({packet, event, idle}: Facts['altered'], said: About): Claims => {
  const arrival = arrivalAt(said, event, packet);
  if (!arrival) return {'it comes now': false};
  const came = said.passing(arrival)[0]?.segment;
  const left = segmentOf(said.trace, packet);
  return {
    'it comes otherwise than it left': arrival.altered !== undefined,
    'for the first time': said.earlier('arrive', arrival.host).every((each) => each.packet !== packet),
    'what came says another window': idle ? came?.window !== left?.window : undefined,
    'nothing is held back': idle && came ? holdsNothing(said, arrival.host, came) : idle ? false : undefined,
  };
};

const lagUs = (fault: string): number => parseDuration(/^dup=([^@]+)/.exec(fault)?.[1] ?? '0us') ?? 0;

const faultsOf: {readonly [what in Facts['beyondEnd']['what']]: RegExp} = {
  late: /^(?:delay|reorder)\b/,
  copy: /^dup\b/,
  altered: /^(?:edit|corrupt)\b/,
  lost: /^drop\b/,
};

/** Nothing that this fault does to that packet is seen by the end of the run. */
const beyondEnd = ({packet, what, atUs, router}: Facts['beyondEnd'], said: About): Claims => {
  const {trace} = said;
  const isIt = (fault: string): boolean => faultsOf[what].test(fault);
  // Where the lesson speaks of that, it is told an instant later.
  const send = said.ever('send').findLast((each) => each.packet === packet && each.faults.some(isIt));
  if (!send) return {'such a fault acts on it': false};
  const landings = [...said.past, ...said.future].filter(
    (each) =>
      (each.kind === 'arrive' || each.kind === 'drop') && each.packet === packet && each.hop === send.hop,
  );
  const lags = send.faults.filter((fault) => /^dup\b/.test(fault)).map(lagUs);
  const dueUs = send.dueUs + (what === 'copy' ? Math.max(0, ...lags) : 0);
  return {
    'the run is cut': trace.endReason !== 'quiet',
    'it, or its copy, never gets there': landings.length <= (what === 'copy' ? lags.length : 0),
    'when that would be': atUs === dueUs,
    'where that is': send.to === (router ?? trace.packet(packet).to),
    'a router is none for whom it is': router !== trace.packet(packet).to,
    'that is not before the end': atUs >= trace.event(trace.length).atUs,
  };
};

const isBareSyn = ({segment}: Passing): boolean => /^SYN(?:,FIN)?$|^FIN,SYN$/.test(flagsOf(segment));

const crossedAgain = ({host, seq}: Facts['crossedAgain'], said: About): Claims => ({
  'a SYN comes, and acknowledges nothing': said.came(host).some(isBareSyn),
  'SYN,ACK of that number': said
    .sent(host)
    .some(({segment}) => flagsOf(segment) === 'SYN,ACK' && segment.seq === seq),
  'the same number': said
    .sentEver(host)
    .some(({segment}) => flagsOf(segment) === 'SYN' && segment.seq === seq),
});

/** By its sender, to that address, in whatever letters. */
const questionOf = (said: About, packet: number): string | undefined => {
  const {from, frame} = said.trace.packet(packet);
  const [message] = dnsOf(said, packet);
  const [question] = message?.questions ?? [];
  if (!message || message.flags.qr || !question) return undefined;
  return `${from} ${ipOf(frame)?.dst} ${question.name.toLowerCase()} ${question.type}`;
};

/** What came for that query before it was asked again. */
const repliesTo = (said: About, id: number, {host, from, to}: {host: string; from: number; to: number}) => {
  const isReply = (packet: number): boolean =>
    packet > from &&
    packet < to &&
    dnsOf(said, packet).some((message) => message.flags.qr && message.id === id);
  const isWhole = (packet: number): boolean =>
    said.ever('arrive').every((each) => each.packet !== packet || each.altered === undefined);
  return {
    whole: said.earlier('arrive', host).some((each) => isReply(each.packet) && isWhole(each.packet)),
    damaged: said
      .earlier('drop', host)
      .some((each) => isReply(each.packet) && /^(?:link check|checksum|malformed)$/.test(each.reason)),
  };
};

const askedAgain = (facts: Facts['askedAgain'], said: About): Claims => {
  const {host, peer, packet, type, id, same, waitUs, replied} = facts;
  const record = said.trace.packet(packet);
  const [message] = dnsOf(said, packet);
  const own = questionOf(said, packet);
  const last = said
    .earlier('send', host)
    .filter((each) => each.packet > 0 && each.hop === 0 && each.packet < packet)
    .findLast((each) => each.atUs === said.atUs - waitUs && questionOf(said, each.packet) === own);
  const lastId = last && dnsOf(said, last.packet)[0]?.id;
  const reply = repliesTo(said, lastId ?? -1, {host, from: last?.packet ?? packet, to: packet});
  return {
    'who asks whom': record.from === host && record.to === peer && record.sendEvent === said.n,
    'what it asks for': own !== undefined && message?.questions[0]?.type === type,
    id: message?.id === id,
    'so long ago it asked the same': last !== undefined,
    'the same id or not': (lastId === id) === same,
    'whether something came for it': replied === (reply.whole ? 'reply' : reply.damaged ? 'damaged' : 'none'),
  };
};

export const onPathTold = {heldUp, copied, altered, beyondEnd, crossedAgain, askedAgain} satisfies ToldRows;
