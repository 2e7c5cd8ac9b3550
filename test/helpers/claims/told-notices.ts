// Who learns of a packet that dies on its way, judged by raw events: whoever is told, whose timer runs, or nobody.
import type {Facts} from '../../../source/account/told/facts.ts';
import type {Notice} from '../../../source/account/told/path-facts.ts';
import {farEndOf} from '../../../source/wire/connection-id.ts';
import {hasFlag, segLen} from '../../../source/wire/tcp.ts';
import {isOfSent} from './arrived.ts';
import {isOneWay, type Of, repairTimers, type Seen, segmentOf} from './seen.ts';
import {connectionOf, dnsOf, givesUpThen, ipOf, isPureAck} from './told-left.ts';
import type {Claims} from './told-rows.ts';

type Drop = Of<'drop'>;

type Timed = {readonly host: string; readonly atUs: number};

const timerSet = (
  said: Seen,
  {host, atUs, last}: Timed & {readonly last?: boolean},
  {names, connection}: {readonly names: readonly string[]; readonly connection: string | undefined},
): Claims => ({
  'a timer is set for then': said
    .running(host)
    .some(
      ({dueUs, name, ...each}) => dueUs === atUs && names.includes(name) && each.connection === connection,
    ),
  'it is still to come': atUs >= said.atUs,
  'whether it gives up then': last === undefined ? undefined : last === givesUpThen(said, connection, atUs),
});

/** Another packet that has all of it and is not dead itself has left by now. */
const leftAgain = (said: Seen, packet: number): number | undefined => {
  const lost = segmentOf(said.trace, packet);
  const dead = new Set(said.ever('drop').map((drop) => drop.packet));
  const later = said.future.filter((event) => event.kind === 'drop' && event.atUs === said.atUs);
  for (const event of later) if (event.kind === 'drop') dead.add(event.packet);
  return said.sentEver(said.trace.packet(packet).from).find(({segment, event}) => {
    if (!lost || !isOneWay(segment, lost) || event.packet <= packet || dead.has(event.packet)) return false;
    const place = (lost.seq - segment.seq) | 0;
    return place >= 0 && place + segLen(lost) <= segLen(segment);
  })?.event.packet;
};

/** RFC 8305 §5: beside an attempt that gets no answer the next address is tried, long before a SYN is sent again. */
const triesNext = (said: Seen, packet: number, nextUs: number | undefined): Claims => {
  const {from, frame} = said.trace.packet(packet);
  const set = said.ever('app-timer', from).filter(({because}) => because === '8305:5/delay');
  const tries = said.future.find(
    (event) =>
      event.kind === 'note' &&
      event.note.kind === 'attempt' &&
      event.note.op === 'next' &&
      event.note.other === ipOf(frame)?.dst &&
      set.some(({dueUs}) => dueUs === event.atUs),
  );
  return {
    'that the next address is to be tried':
      nextUs === undefined
        ? tries === undefined
        : set.some(({dueUs}) => dueUs > said.atUs && dueUs === nextUs),
    'it is what happens': tries && tries.atUs === nextUs,
  };
};

const ownTimer = (
  said: Seen,
  drop: Drop,
  facts: Facts['lost'],
  notice: Extract<Notice, {by: 'timer'}>,
): Claims => {
  const {packet, reason} = drop;
  const {what} = facts.thing;
  return {
    ...timerSet(said, notice, {names: [notice.timer], connection: connectionOf(said, packet)}),
    ...triesNext(said, packet, notice.nextUs),
    'its own timer': notice.host === said.trace.packet(packet).from,
    'whether later ACKs, or the SYN that comes again, may tell':
      notice.data === (what === 'data' || (what === 'SYNACK' && reason !== 'no such host')),
    'in which packet it has left again':
      notice.resent === (facts.others.length > 0 ? undefined : leftAgain(said, packet)),
  };
};

/** It has left behind it, and says no less. */
const isNext = (said: Seen, packet: number, ack: number): boolean => {
  const lost = segmentOf(said.trace, packet)?.ack ?? 0;
  return said
    .sentEver(said.trace.packet(packet).from)
    .some(
      ({segment, event}) =>
        event.packet > packet &&
        segment.ack === ack &&
        isOfSent(said, segment) &&
        ((segment.ack - lost) | 0) >= 0,
    );
};

/** Where the connection of an RST of this host stood last; undefined: it never had one by these ports. */
const lastStateFor = (said: Seen, host: string, packet: number): string | undefined => {
  const segment = segmentOf(said.trace, packet);
  return said.ever('state', host).findLast(({connection = ''}) => {
    const [own = '', far = ''] = connection.split(' > ');
    return own.endsWith(`:${segment?.srcPort}`) && far.endsWith(`:${segment?.dstPort}`);
  })?.to;
};

const hasNone = (said: Seen, host: string, packet: number): boolean => {
  const segment = segmentOf(said.trace, packet);
  return said
    .connections(host, 'after')
    .every(({local, remote}) => local.port !== segment?.srcPort || remote.port !== segment.dstPort);
};

/** None runs for what this ACK was to acknowledge. */
const noneWaits = (said: Seen, packet: number): boolean => {
  const {to} = said.trace.packet(packet);
  const ack = segmentOf(said.trace, packet)?.ack;
  const due = said
    .sentEver(to)
    .some(({segment}) => ack !== undefined && segment.seq + segment.payload.length === ack);
  return !due || said.running(to).every(({name}) => !repairTimers.has(name));
};

/** It is no RST, no ACK, nothing of which its sender never had a record, and no timer runs for it. */
const isUnknown = (said: Seen, {packet}: Drop): boolean => {
  const {from} = said.trace.packet(packet);
  const segment = segmentOf(said.trace, packet);
  if (!segment) return true;
  const isSyn = hasFlag(segment, 'SYN') && lastStateFor(said, from, packet) === undefined;
  return (
    !(isSyn || hasFlag(segment, 'RST') || isPureAck(segmentOf(said.trace, packet))) &&
    said
      .running(from)
      .every(({name, connection}) => !repairTimers.has(name) || connection !== connectionOf(said, packet))
  );
};

const toNobody = (
  said: Seen,
  drop: Drop,
  {sender, copy, thing}: Facts['lost'],
  why: Extract<Notice, {by: 'nobody'}>['why'],
): Claims => {
  const {packet} = drop;
  const segment = segmentOf(said.trace, packet);
  const isRst = segment !== undefined && hasFlag(segment, 'RST');
  const isEnd = why === 'rst' || why === 'ended' || why === 'gone';
  return {
    'it is an RST': isEnd ? isRst : undefined,
    'it has that connection': why === 'rst' ? !hasNone(said, sender, packet) : undefined,
    // A crash says of no connection that it is over.
    'it had it, or not':
      isEnd && why !== 'rst'
        ? (why === 'ended') === (lastStateFor(said, sender, packet) !== undefined)
        : undefined,
    'it has none': why === 'ended' || why === 'gone' ? hasNone(said, sender, packet) : undefined,
    // A SYN under a forged address, or a SYN,ACK that is a cookie.
    'it keeps no record':
      why === 'forgotten'
        ? thing.what.startsWith('SYN') && (thing.forged !== undefined || hasNone(said, sender, packet))
        : undefined,
    'it is an ACK': why === 'ack' ? isPureAck(segmentOf(said.trace, packet)) : undefined,
    'none waits for it': why === 'ack' ? noneWaits(said, packet) : undefined,
    'it is a copy, or no timer of it runs': why === 'other' ? copy || isUnknown(said, drop) : undefined,
  };
};

/** Of an RST: it is for somebody who has a connection that no timer ends, and that its sender has not. */
const keeps = (said: Seen, {packet}: Drop, host: string): Claims => {
  const segment = segmentOf(said.trace, packet);
  const {from, to} = said.trace.packet(packet);
  return {
    'an RST to it dies': segment !== undefined && hasFlag(segment, 'RST') && to === host,
    'it has one, of which no timer runs': said
      .connections(host, 'after')
      .some(
        ({timers, local, remote}) =>
          local.port === segment?.dstPort &&
          remote.port === segment.srcPort &&
          Object.values(timers).every((dueUs) => dueUs === undefined),
      ),
    'the other has no such one': hasNone(said, from, packet),
  };
};

/** What whoever threw it away says in the same instant, and to whom. */
const answersTo = (said: Seen, {host}: Drop) =>
  said
    .now('send', host)
    .flatMap(({packet, hop}) => (packet > 0 && hop === 0 ? [said.trace.packet(packet)] : []));

export const isToldBy = (said: Seen, drop: Drop, {notice, sender}: Facts['lost']): Claims => {
  const answers = answersTo(said, drop);
  if (notice.by !== 'refusal' && notice.by !== 'host') return {'nobody tells of it': answers.length === 0};
  const errors = answers.flatMap(({frame}) => {
    const transport = ipOf(frame)?.transport;
    return transport?.kind === 'icmp' ? [transport.message] : [];
  });
  const icmp = notice.by === 'refusal' ? notice.icmp : undefined;
  return {
    'who is told': answers.some(({to}) => to === sender),
    'who tells':
      notice.by === 'host'
        ? notice.host === drop.host && drop.reason !== 'firewall'
        : drop.reason === 'firewall',
    'by what':
      notice.by === 'host'
        ? undefined
        : icmp
          ? errors.some(({type, code}) => type === icmp.type && code === icmp.code)
          : errors.length === 0,
  };
};

export const isNoticed = (said: Seen, drop: Drop, facts: Facts['lost']): Claims => {
  const {notice} = facts;
  const {packet} = drop;
  const {from, to} = said.trace.packet(packet);
  const connection = connectionOf(said, packet);
  const far = farEndOf(connection ?? '');
  switch (notice.by) {
    case 'timer':
      return ownTimer(said, drop, facts, notice);
    case 'peer':
      return {
        ...timerSet(said, notice, {names: [notice.timer], connection: far}),
        'it is an ACK': isPureAck(segmentOf(said.trace, packet)),
      };
    case 'window':
      return {
        ...timerSet(said, notice, {names: ['persist'], connection: far}),
        'it is an ACK': isPureAck(segmentOf(said.trace, packet)),
      };
    case 'prober':
      return {
        ...timerSet(said, notice, {names: ['persist', 'keep-alive'], connection}),
        'it has asked': notice.host === from,
      };
    case 'next':
      return {
        'it is an ACK': isPureAck(segmentOf(said.trace, packet)),
        'the next one has left, and says no less': isNext(said, packet, notice.ack),
      };
    case 'asker':
      return {
        'a timer is set for then': said.running(notice.host).some(({dueUs}) => dueUs === notice.atUs),
        'it is still to come': notice.atUs >= said.atUs,
        'it is a datagram': segmentOf(said.trace, packet) === undefined,
        'who has asked': notice.host === (dnsOf(said, packet).some(({flags}) => flags.qr) ? to : from),
      };
    case 'unheard':
      return {
        'it is ICMP': /^icmp/.test(ipOf(said.trace.packet(packet).frame)?.transport.kind ?? ''),
        'for that host': to === notice.host,
        'it never comes': said.future.every(
          (event) => event.kind !== 'arrive' || event.packet !== packet || event.host !== notice.host,
        ),
      };
    case 'keeper':
      return keeps(said, drop, notice.host);
    case 'nobody':
      return toNobody(said, drop, facts, notice.why);
    case 'refusal':
    case 'host':
      return {};
  }
};
