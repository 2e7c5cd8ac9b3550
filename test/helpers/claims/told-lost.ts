// What is told of packets that die on their way, and of who learns of it, judged by raw events.
import type {Facts} from '../../../source/account/told/facts.ts';
import {segLen} from '../../../source/wire/tcp.ts';
import {isOneWay, type Of, type Seen, segmentOf} from './seen.ts';
import {addressesOf, ipOf, isLeft, isPureAck} from './told-left.ts';
import {isNoticed, isToldBy} from './told-notices.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Drop = Of<'drop'>;

/** Of these a packet dies whatever is in it. */
const blind = /^(?:fault|loss|queue|host down|link down)$/;
const held = /^(?:delay|reorder)\b/;
const edited = /^(?:edit|corrupt)\b/;

/** On its first link. */
const faultsOn = (said: Seen, packet: number): readonly string[] =>
  said.ever('send').flatMap((send) => (send.packet === packet && send.hop === 0 ? send.faults : []));

/** Of which fault nothing is seen: it never comes, and dies of something else. */
const idleFault = (said: Seen, {packet, reason}: Drop): Facts['lost']['idle'] => {
  const comes = [...said.past, ...said.future].some(
    (event) => event.kind === 'arrive' && event.packet === packet,
  );
  if (comes || !blind.test(reason)) return undefined;
  const fault = faultsOn(said, packet).find(
    (each) => edited.test(each) || /^dup\b/.test(each) || (held.test(each) && reason !== 'host down'),
  );
  if (fault === undefined) return undefined;
  if (held.test(fault)) return 'late';
  return edited.test(fault) ? 'altered' : 'copy';
};

/** To which address it goes on its last link: a router may have changed that. */
const goalNow = (said: Seen, packet: number): string | undefined =>
  ipOf(said.ever('send').findLast((send) => send.packet === packet)?.frame)?.dst;

/** Behind it at that time, in the same way. */
const diesWith = (said: Seen, {n, packet, reason}: Drop): readonly number[] => {
  const {from, frame} = said.trace.packet(packet);
  return [...said.past, ...said.future].flatMap((each) => {
    if (each.kind !== 'drop' || each.n <= n || each.atUs !== said.atUs || each.packet < 1) return [];
    const other = said.trace.packet(each.packet);
    const isThere = reason !== 'no such host' || ipOf(other.frame)?.dst === ipOf(frame)?.dst;
    return each.reason === reason && other.from === from && isThere ? [each.packet] : [];
  });
};

/** Bytes, or a SYN or FIN, of numbers that have left before. */
const isRepetition = (said: Seen, packet: number): boolean => {
  const own = segmentOf(said.trace, packet);
  const {from, sendEvent} = said.trace.packet(packet);
  if (!own || segLen(own) === 0) return said.trace.packet(packet).retransmission;
  return said
    .sentInAll(from)
    .some(
      ({segment, event}) =>
        event.n < sendEvent &&
        isOneWay(segment, own) &&
        ((own.seq - segment.seq) | 0) >= 0 &&
        ((own.seq - segment.seq) | 0) < segLen(segment),
    );
};

/** An ACK of the same number has left between the same ends. */
const isRepeated = (said: Seen, packet: number): boolean => {
  const own = segmentOf(said.trace, packet);
  return said
    .sentEver(said.trace.packet(packet).from)
    .some(
      ({segment, event}) =>
        event.packet !== packet &&
        own !== undefined &&
        isPureAck(segment) &&
        segment.ack === own.ack &&
        isOneWay(segment, own),
    );
};

const isPassedOnBy = (said: Seen, {packet, host}: Drop, keeper: string): boolean =>
  host === said.trace.packet(packet).to &&
  keeper !== host &&
  said.ever('send', keeper).some((send) => send.packet === packet && send.hop > 0);

const fatesOf = (said: Seen, drop: Drop, {fate}: Facts['lost']): Claims => {
  const {from, frame} = said.trace.packet(drop.packet);
  const isForeign = !addressesOf(said, from).includes(ipOf(frame)?.src ?? '');
  const death = drop.reason === 'firewall' && isForeign ? 'spoofed' : drop.reason;
  return {
    'it is lost, and seen to be': fate.what === 'lost' && fate.how === 'seen' && !fate.estimated,
    'of what it dies': fate.reason === death,
    'when, and by which event': fate.atUs === drop.atUs && fate.event === drop.n && fate.shownBy.length === 0,
  };
};

/** It has come before to whom it is for, or has died before where it dies now. */
const isCopy = (said: Seen, {packet, host}: Drop): boolean =>
  said.earlier('arrive', said.trace.packet(packet).to).some((each) => each.packet === packet) ||
  said.earlier('drop', host).some((each) => each.packet === packet);

const isLost = (facts: Facts['lost'], said: About): Claims => {
  const {event, thing, reason, sender, idle, copy, altered, passedOnBy, by, others, repeated} = facts;
  const {packet} = thing;
  const drop = said.trace.event(event);
  if (event !== said.n || drop.kind !== 'drop') return {'it dies by that event': false};
  const all = [packet, ...others];
  return {
    ...isLeft(said, thing),
    ...fatesOf(said, drop, facts),
    ...isToldBy(said, drop, facts),
    ...isNoticed(said, drop, facts),
    'what dies': drop.packet === packet && drop.reason !== 'discarded',
    why: drop.reason === reason,
    'who has sent it': said.trace.packet(packet).from === sender,
    'whether a copy has come, or died, before': copy === isCopy(said, drop),
    'of which fault nobody sees anything': idle === (copy ? undefined : idleFault(said, drop)),
    'whether a fault altered it, and it dies of that':
      altered ===
      (/^(?:checksum|link check|malformed)$/.test(reason) &&
        faultsOn(said, packet).some((each) => edited.test(each))),
    'past the one, at the other': passedOnBy === undefined ? undefined : isPassedOnBy(said, drop, passedOnBy),
    'which of several': copy
      ? undefined
      : by === (thing.what === 'ACK' && isRepeated(said, packet) ? 'packet' : undefined),
    'none has that address':
      reason === 'no such host'
        ? said.trace.header.hosts.every(({ip}) => !ip.includes(goalNow(said, packet) ?? ''))
        : undefined,
    'what dies with it': others.join() === diesWith(said, drop).join(),
    'what of that repeats':
      repeated.join() === (others.length > 0 ? all.filter((each) => isRepetition(said, each)) : []).join(),
  };
};

/** It goes on like this, and no more is told of it. */
export const goesOn = (says: 'lost' | 'again' | 'askedAgain', said: Seen): Claims => {
  const died = said.deaths();
  const repeats = said.now('send').filter(({retransmission}) => retransmission);
  return {
    'it goes on': said.future.some((event) =>
      says === 'lost'
        ? event.kind === 'drop' && died.some(({reason}) => reason === event.reason)
        : event.kind === 'send' && event.retransmission && repeats.some(({host}) => host === event.host),
    ),
  };
};

export const lostTold = {lost: isLost} satisfies ToldRows;
