// What is told of segments that are sent again and that only both ends together show, and of what leaves with them: judged number by number.
import type {Facts} from '../../../source/account/told/facts.ts';
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isOneWay, type Of, opening, type Passing, segmentOf} from './seen.ts';
import type {About, Claims} from './told-rows.ts';

type Again = Facts['again'];

const isIn = (number: number, {seq}: TcpSegment, length: number): boolean =>
  ((number - seq) | 0) >= 0 && ((number - seq) | 0) < length;

/** Each number of it, in one of these. */
const isAllIn = (segment: TcpSegment, parts: readonly TcpSegment[]): boolean =>
  Array.from({length: segLen(segment)}, (_, nth) => segment.seq + nth).every((number) =>
    parts.some((part) => isOneWay(part, segment) && isIn(number, part, segLen(part))),
  );

/** Of these what left since the connection began, and before this one. */
const before = (
  said: About,
  own: Passing,
  of: readonly Pick<Of<'arrive'>, 'packet'>[],
): readonly TcpSegment[] => {
  const from = Math.max(1, opening(said, own));
  return of.flatMap(({packet}) => {
    const segment = segmentOf(said.trace, packet);
    return packet >= from && packet < own.event.packet && segment ? [segment] : [];
  });
};

/** Of all of that: as a whole (RFC 9293 §3.4), or within one block of SACK (RFC 2018 §3); a SYN is answered by another one. */
const isAckOf = ({ack, options, ...answer}: TcpSegment, asked: TcpSegment): boolean => {
  const end = asked.seq + segLen(asked);
  const isOpening = hasFlag(asked, 'SYN') && !hasFlag(asked, 'ACK');
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    (!isOpening || hasFlag({...answer, ack, options}, 'SYN')) &&
    (((ack - end) | 0) >= 0 ||
      blocks.some(({left, right}) => ((asked.seq - left) | 0) >= 0 && ((right - end) | 0) >= 0))
  );
};

/** Thrown away there, and not because who hears it is done with what it says: it is as if it had not come. */
const isRefused = (events: About['future'], {packet, instant}: Of<'arrive'>): boolean =>
  events.some(
    (event) =>
      event.kind === 'drop' &&
      event.packet === packet &&
      event.instant === instant &&
      !/[/:](?:closed|listen|sequence\/duplicate|time-wait\/answer)/.test(event.because ?? ''),
  );

const isBack = (answer: TcpSegment | undefined, {segment}: Passing): boolean =>
  answer?.srcPort === segment.dstPort && answer.dstPort === segment.srcPort;

/** Of the segments that arrive in these events, and left by now, one at least acknowledges it. */
const acksIn = (said: About, own: Passing, events: About['future']): boolean => {
  const from = Math.max(1, opening(said, own));
  return events.some((each) => {
    if (each.kind !== 'arrive' || each.packet < from || each.host !== own.event.host || each.altered)
      return false;
    // What came damaged is no segment any more.
    const ack = said.passing(each)[0]?.segment;
    const left = said.trace.packet(each.packet).sendEvent;
    return (
      ack !== undefined &&
      isBack(ack, own) &&
      left <= said.n &&
      isAckOf(ack, own.segment) &&
      !isRefused(events, each)
    );
  });
};

/** What has left by now, never comes before the run is over, and is neither lost nor to be altered. */
const beyondEnd = (said: About): readonly Of<'send'>[] =>
  said.ever('send').filter(({packet, hop, faults}) => {
    if (packet < 1 || hop > 0 || faults.some((fault) => /^(?:edit|corrupt)/.test(fault))) return false;
    const {endEvent, lost} = said.trace.packet(packet);
    return endEvent === undefined && !lost;
  });

const isAckedBeyondEnd = (said: About, own: Passing): boolean =>
  beyondEnd(said).some(({packet}) => {
    const ack = segmentOf(said.trace, packet);
    return ack && isBack(ack, own) && packet >= opening(said, own) && isAckOf(ack, own.segment);
  });

/** One has left, and neither come nor died. */
const isAckUnderWay = (said: About, own: Passing): boolean =>
  said.ever('send').some(({packet, hop}) => {
    if (packet < Math.max(1, opening(said, own)) || hop > 0) return false;
    const ack = segmentOf(said.trace, packet);
    const {endEvent = Number.POSITIVE_INFINITY} = said.trace.packet(packet);
    return ack !== undefined && isBack(ack, own) && isAckOf(ack, own.segment) && endEvent > said.n;
  });

/** What died by now with an ACK of it, where SACK is none; only a SYN,ACK answers a SYN. */
export const deadAcks = (said: About, own: Passing): readonly Of<'drop'>[] =>
  said.ever('drop').filter(({packet, n}) => {
    const ack = packet >= Math.max(1, opening(said, own)) ? segmentOf(said.trace, packet) : undefined;
    return (
      n < own.event.n && ack !== undefined && isBack(ack, own) && isAckOf({...ack, options: []}, own.segment)
    );
  });

export const isThrownBy = (own: Passing, {host, reason}: Of<'drop'>): boolean =>
  host === own.event.host && /^(?:checksum|link check|malformed|discarded)$/.test(reason);

/** One, and nothing but the ACK; of a SYN the SYN,ACK is the answer itself. */
const isOneAck = (said: About, own: Passing): boolean => {
  const packets = new Set(deadAcks(said, own).map(({packet}) => packet));
  const [packet = 0] = packets;
  const ack = packet > 0 ? segmentOf(said.trace, packet) : undefined;
  if (packets.size > 1) return false;
  return ack === undefined || segLen(ack) === 0 || hasFlag(ack, 'SYN');
};

type Bearers = NonNullable<Again['bearers']>;

/** These are all that bore it, and all ended so. */
const areBearers = (said: About, own: Passing, {packets, ended}: Bearers): boolean => {
  const dead = deadAcks(said, own);
  const all = [...new Set(dead.map(({packet}) => packet))].toSorted((a, b) => a - b);
  const thrown = dead.filter((drop) => isThrownBy(own, drop)).length;
  const how =
    thrown === 0 ? (dead.length === 0 ? 'either' : 'lost') : thrown === dead.length ? 'thrown' : 'either';
  return ended === how && packets.join() === all.join();
};

/** It is still on its way, alone of several or not. */
const isLate = (said: About, own: Passing, late: Again['late']): Claims => {
  const coming = [
    ...said.future.flatMap((event) => (event.kind === 'arrive' ? [event] : [])),
    ...beyondEnd(said),
  ];
  const parts = before(said, own, coming);
  const named = late && segmentOf(said.trace, late.packet);
  const from = Math.max(1, opening(said, own));
  const whole = said
    .sentEver(own.event.host)
    .filter(
      ({segment, event}) => event.packet >= from && event.n < own.event.n && isAllIn(own.segment, [segment]),
    );
  const timer = said
    .ever('timer', own.event.host)
    .some(
      ({op, atUs}) =>
        op === 'fire' && atUs === said.atUs && late && atUs === said.trace.packet(late.packet).sentUs,
    );
  return {
    'it is to come': isAllIn(own.segment, named ? parts.filter((part) => part === named) : parts),
    // Two that left before had all of it: it would not be clear which is meant.
    'there is one, or it is named': named !== undefined || whole.length < 2,
    'a timer has run out now, and that has just left': late && late.byTimer === timer,
  };
};

/** Its receiver took it as it left: neither altered nor thrown away. */
const takenBy = (said: About, own: Passing, peer: string): readonly Of<'arrive'>[] =>
  said
    .ever('arrive', peer)
    .filter(
      ({n, altered, packet, instant}) =>
        n < own.event.n &&
        !altered &&
        !said.ever('drop', peer).some((drop) => drop.packet === packet && drop.instant === instant),
    );

/** Its receiver has it: what the ACK of it has come to. */
const isHad = (said: About, own: Passing, facts: Again): Claims => {
  const {needless, bearers, peer, why, thrown} = facts;
  const all = {'all of it had come': isAllIn(own.segment, before(said, own, takenBy(said, own, peer)))};
  if (needless === 'acknowledged')
    return {
      ...all,
      'an ACK of it is to come': acksIn(said, own, said.future) || isAckedBeyondEnd(said, own),
    };
  // That it was thrown away is told of the probe already.
  const isTold = needless === 'thrown' && why === 'probe' && thrown !== undefined;
  const isAlone = bearers === undefined || bearers.packets.length === 0;
  const dead = deadAcks(said, own);
  return {
    ...all,
    'an ACK of it is under way, or none is': isAckUnderWay(said, own) === (bearers?.coming ?? false),
    'none is to come that will do': !acksIn(said, own, said.future),
    'none has come': needless === 'unheard' ? !acksIn(said, own, said.past) : undefined,
    'none was thrown away, or one was':
      (needless === 'thrown') === dead.some((drop) => isThrownBy(own, drop)),
    // RFC 9293 §3.4: what takes up no number has nothing but its ACK to lose.
    'one ACK at most has died, and nothing else with it':
      bearers === undefined && !isTold ? isOneAck(said, own) : undefined,
    'those bore it, and ended so': bearers && areBearers(said, own, bearers),
    'it says which bore it': isAlone && !isTold && bearers ? dead.length === 0 : undefined,
  };
};

/** What had all of it, came last as a whole, and counted for nothing. */
const wasRefused = (said: About, own: Passing, peer: string): boolean => {
  const from = Math.max(1, opening(said, own));
  const last = said
    .sentEver(own.event.host)
    .findLast(
      ({segment, event}) =>
        event.packet >= from &&
        event.n < own.event.n &&
        event.connection === own.event.connection &&
        isAllIn(own.segment, [segment]),
    );
  if (!last || own.segment.payload.length === 0) return false;
  const {endEvent = Number.POSITIVE_INFINITY} = said.trace.packet(last.event.packet);
  return (
    endEvent < own.event.n &&
    said
      .ever('arrive', peer)
      .some((each) => each.n === endEvent && isRefused(said.past, each) && isDiscarded(said, each))
  );
};

/** By TCP for what it says, not by a check, nor for want of room. */
const isDiscarded = (said: About, {packet, instant, host}: Of<'arrive'>): boolean =>
  said
    .ever('drop', host)
    .some(
      (drop) =>
        drop.packet === packet &&
        drop.instant === instant &&
        drop.reason === 'discarded' &&
        !/queue/.test(drop.because ?? ''),
    );

/** It is there, or comes, as it left: nobody says that it was not needed. */
const wasNotNeeded = (said: About, own: Passing, peer: string): boolean => {
  const end = (own.segment.seq + segLen(own.segment)) | 0;
  const thrown = new Set(
    said.future.flatMap((event) =>
      event.kind === 'drop' && event.host === peer ? [`${event.packet} ${event.instant}`] : [],
    ),
  );
  const coming = said.future.flatMap((event) =>
    event.kind === 'arrive' &&
    event.host === peer &&
    !event.altered &&
    !thrown.has(`${event.packet} ${event.instant}`)
      ? [event]
      : [],
  );
  if (isAllIn(own.segment, before(said, own, coming))) return true;
  const has = said
    .connections(peer, 'before')
    .some(
      ({rcv, local, remote}) =>
        local.port === own.segment.dstPort &&
        remote.port === own.segment.srcPort &&
        ((rcv.nxt - end) | 0) >= 0,
    );
  return (
    has && isAllIn(own.segment, before(said, own, takenBy(said, own, peer))) && !acksIn(said, own, said.past)
  );
};

export const isNeedless = (said: About, own: Passing, facts: Again): Claims => {
  const {needless, refused, late, peer} = facts;
  const refusal = {'whether it was thrown away when it came': refused === wasRefused(said, own, peer)};
  if (refused) return refusal;
  if (needless === undefined)
    return {...refusal, 'it was needed': segLen(own.segment) === 0 || !wasNotNeeded(said, own, peer)};
  return {...refusal, ...(needless === 'late' ? isLate(said, own, late) : isHad(said, own, facts))};
};

/** All of it is in what left before it and has come, or is to come. */
const isThereOnce = (said: About, packet: number): boolean => {
  const segment = segmentOf(said.trace, packet);
  const comes = new Set(
    [...said.past, ...said.future].flatMap((event) => (event.kind === 'arrive' ? [event.packet] : [])),
  );
  const earlier = said
    .sentEver()
    .filter(({event}) => event.packet < packet && comes.has(event.packet))
    .map((each) => each.segment);
  return segment !== undefined && isAllIn(segment, earlier);
};

/** One behind the other; undefined: with a gap, or none. */
const rangeOf = (segments: readonly TcpSegment[]): Again['others']['range'] => {
  const [first] = segments;
  const end = segments.reduce(
    (next, {seq, payload}) =>
      seq === next && payload.length > 0 ? (next + payload.length) >>> 0 : Number.NaN,
    first?.seq ?? Number.NaN,
  );
  return first && !Number.isNaN(end) ? {seq: first.seq, bytes: (end - first.seq) >>> 0} : undefined;
};

export const leaveWithIt = (said: About, own: Passing, {others}: Again): Claims => {
  const {host, connection, packet} = own.event;
  const again = said
    .now('send', host)
    .filter((send) => send.retransmission && send.connection === connection && send.packet !== packet);
  const range = rangeOf(again.flatMap((send) => segmentOf(said.trace, send.packet) ?? []));
  return {
    'others: these are sent again': again.map((send) => send.packet).join() === others.packets.join(),
    'others: which bytes': others.range?.seq === range?.seq && others.range?.bytes === range?.bytes,
    'others: by RACK': others.marked === again.every(({because}) => /^8985:6\.2\/lost$/.test(because ?? '')),
    'others: none of them was lost': others.needless
      ? again.length > 0 && [packet, ...others.packets].every((each) => isThereOnce(said, each))
      : undefined,
  };
};
