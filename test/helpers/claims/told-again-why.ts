// By what a segment is sent again, and what that does to cwnd, as the raw events show it.
import type {Facts} from '../../../source/account/told/facts.ts';
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {isOneWay, type Passing} from './seen.ts';
import type {About, Claims} from './told-rows.ts';

type Again = Facts['again'];

/** What this host had sent between the same ports before, in order. */
export const sentBefore = (said: About, own: Passing): readonly Passing[] =>
  said
    .sentEver(own.event.host)
    .filter(({segment, event}) => event.n < own.event.n && isOneWay(segment, own.segment));

/** The last of them that had its first byte, or its FIN. */
export const lastOf = (said: About, own: Passing): Passing | undefined =>
  sentBefore(said, own).findLast(({segment}) => {
    const place = (own.segment.seq - segment.seq) | 0;
    return place >= 0 && place < segLen(segment);
  });

/** The connection as it was before this instant, or after it. */
export const tcbOf = (said: About, {event}: Passing, when: 'before' | 'after') =>
  said.connections(event.host, when).find(({id}) => id === event.connection);

/** What SACK has reported to a host. */
const blocksSeen = (said: About, host: string) =>
  said
    .cameEver(host)
    .flatMap(({segment}) =>
      segment.options.flatMap((option) => (option.kind === 'sack' ? option.blocks : [])),
    );

/** An acknowledgment or a SACK block of anything there. */
const tells = ({ack, options}: TcpSegment, {seq, end}: Numbers): boolean => {
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    ((ack - seq) | 0) > 0 || blocks.some(({left, right}) => ((right - seq) | 0) > 0 && ((end - left) | 0) > 0)
  );
};

type Numbers = {readonly seq: number; readonly end: number};

const numbersOf = (segment: TcpSegment): Numbers => ({seq: segment.seq, end: segment.seq + segLen(segment)});

/** The last before it that had any of its numbers. */
const lastTouching = (said: About, own: Passing): Passing | undefined => {
  const {seq, end} = numbersOf(own.segment);
  return sentBefore(said, own).findLast(({segment}) => {
    const its = numbersOf(segment);
    return ((its.end - seq) | 0) > 0 && ((end - its.seq) | 0) > 0;
  });
};

/**
 * What left after the last sending of any of these numbers, and of what left with them what has higher ones (RFC 8985 §6.2,
 * RACK_sent_after); a large packet of an offloading host carries several segments, one that is sent again several that were lost.
 */
const isOvertaken = (said: About, own: Passing): boolean => {
  const {end} = numbersOf(own.segment);
  const before = lastTouching(said, own);
  if (!before) return false;
  const later = said
    .sentEver(own.event.host)
    .filter(({segment}) => isOneWay(segment, own.segment))
    .flatMap((each): readonly Numbers[] => {
      const its = numbersOf(each.segment);
      if (each.event.atUs > before.event.atUs || each.event.n > before.event.n) return [its];
      return each.event.n === before.event.n && ((its.end - end) | 0) > 0 ? [{seq: end, end: its.end}] : [];
    });
  const heard = said.cameEver(own.event.host).map(({segment}) => segment);
  return later.some((each) => heard.some((ack) => tells(ack, each)));
};

/** Of what has been repeated before it is the last repetition that is lost. */
const repetitionOf = (said: About, own: Passing): number | undefined => {
  const last = lastOf(said, own)?.event;
  return last?.kind === 'send' && last.retransmission ? last.packet : undefined;
};

/** Before this instant, by what its sender keeps (Tag of flight.ts: 2 lost, 4 sent again since). */
const wasMarked = (said: About, own: Passing): boolean =>
  tcbOf(said, own, 'before')
    ?.retransmissionQueue.slice()
    .some((entry) => entry.seq === own.segment.seq && (entry.tags & 6) === 2) ?? false;

/** A loss is repaired without a time-out: by either way to keep that in mind. */
export const isRepairing = (tcb: ReturnType<typeof tcbOf>): boolean =>
  tcb?.episode.state === 'recovery' || tcb?.loss.phase === 'fast';

/** By times: what left later came before it, SACKed or not, of how many are named, and for how long it has been on its way. */
const byWindow = (said: About, own: Passing, {window, sacked, cut, why}: Again): Claims => {
  const [before, after] = [tcbOf(said, own, 'before'), tcbOf(said, own, 'after')];
  const goesOn = before?.episode.state === 'recovery' || before?.episode.state === 'loss';
  const agoUs = said.atUs - (lastOf(said, own)?.event.atUs ?? said.atUs);
  const isSpecial = window === 'third' || window === 'recovery';
  const isCut = sentBefore(said, own).some(({segment}) => segment.payload.length > (after?.mss ?? 0));
  return {
    'packets and segments of the wire are not the same': window === 'third' ? cut === isCut : undefined,
    'nothing was seen out of order': isSpecial ? after?.rack.reordered === false : undefined,
    'so many are named': window === 'third' ? sacked >= 3 && after?.flight.sacked === sacked : undefined,
    'a recovery goes on': isSpecial ? goesOn === (window === 'recovery') : undefined,
    'how long others may overtake it': why === 'later' ? window !== undefined : undefined,
    'it has to wait':
      window === 'over' ? after?.rack.reordered || (!goesOn && (after?.flight.sacked ?? 0) < 3) : undefined,
    // A quarter of the least round trip at least (RFC 8985 §6.2).
    'so long ago': window === 'over' ? agoUs >= (after?.rack.minRttUs ?? 0) * 1.25 : undefined,
  };
};

/** What its program has given to it, less what has left; or a FIN that has not. */
const isKept = (said: About, own: Passing): boolean => {
  const tcb = tcbOf(said, own, 'after');
  if (!tcb) return false;
  const {sendBuffer, sendWaiting, retransmissionQueue, closeCalled, finSeq} = tcb;
  const left = retransmissionQueue.slice().reduce((sum, {lengthBytes}) => sum + lengthBytes, 0);
  return sendBuffer.length + sendWaiting.length > left || (closeCalled && finSeq === undefined);
};

const nothingNew = (said: About, own: Passing, {unsent}: Again): Claims => ({
  'whether something new is there': isKept(said, own) === unsent,
  'nothing new leaves then': said
    .now('send', own.event.host)
    .every(({n, retransmission}) => n <= said.n || retransmission),
});

/** No byte of it, or all. */
const isNamed = (said: About, {event, segment}: Passing): boolean =>
  blocksSeen(said, event.host).some(
    ({left, right}) =>
      ((segment.seq - left) | 0) >= 0 && ((right - segment.seq - segment.payload.length) | 0) >= 0,
  );

export const acksSeen = (said: About, own: Passing): readonly number[] =>
  said
    .cameEver(own.event.host)
    .flatMap(({segment}) =>
      segment.srcPort === own.segment.dstPort && segment.dstPort === own.segment.srcPort ? [segment.ack] : [],
    );

/** A SYN without ACK; a FIN in it changes nothing once the connection has begun (tcp_check_req). */
const isAsking = ({segment}: Passing): boolean => hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');

/** The rule by which it leaves. */
const rules: {readonly [why in Again['why']]?: RegExp} = {
  duplicates: /^5681:3\.2\/fast-retransmit$/,
  sack: /^5681:3\.2\/fast-retransmit$|^6675:4\/next-seg\/lost$/,
  doubtful: /^6675:4\/next-seg\/doubtful$/,
  rescue: /^6675:4\/next-seg\/rescue$/,
  later: /^8985:6\.2\/lost$/,
  partial: /^6582:3\.2\/partial-ack$/,
  rest: /^9293:3\.8\.1\/retransmit\/next$/,
  size: /^1191:6\.4\/path-mtu\/retransmit$/,
  asked: /^linux:syn-received\/repeated-syn$/,
};

export const ruled = ({event}: Passing, why: Again['why']): boolean | undefined =>
  rules[why]?.test(event.because ?? '');

/** By what it is sent again, where no timer says so. */
export const byReason = (said: About, own: Passing, facts: Again): Claims => {
  const {host, why} = facts;
  const {segment} = own;
  const {seq, payload} = segment;
  switch (why) {
    case 'waited':
    case 'later':
      return {
        ...byWindow(said, own, facts),
        'what left later is acknowledged or SACKed': isOvertaken(said, own),
        'which sending of it is lost': facts.repetition === repetitionOf(said, own),
        'it is now that it takes it for lost': !wasMarked(said, own),
      };
    case 'held':
      return {
        'what left later is acknowledged or SACKed': isOvertaken(said, own),
        'it took it for lost before': wasMarked(said, own),
      };
    case 'duplicates':
      return {'ACKs ask for it': acksSeen(said, own).filter((ack) => ack === seq).length >= 3};
    case 'sack':
      return {'SACK has come': blocksSeen(said, host).length > 0};
    case 'doubtful':
      return {
        ...nothingNew(said, own, facts),
        'something behind it has arrived': blocksSeen(said, host).some(
          ({right}) => ((right - seq - payload.length) | 0) > 0,
        ),
      };
    case 'rescue':
      return {
        ...nothingNew(said, own, facts),
        'what is behind it is named': sentBefore(said, own).every(
          (each) =>
            each.segment.payload.length === 0 ||
            ((each.segment.seq - seq - payload.length) | 0) < 0 ||
            isNamed(said, each),
        ),
        'it is not': !isNamed(said, own),
      };
    case 'partial': {
      const acks = acksSeen(said, own);
      const last = acks.at(-1) ?? 0;
      return {
        'it moves on': acks.slice(0, -1).every((ack) => ((last - ack) | 0) >= 0) && acks.at(-2) !== last,
        'not to the end': sentBefore(said, own).some(
          (each) => ((each.segment.seq + each.segment.payload.length - last) | 0) > 0,
        ),
      };
    }
    case 'rest':
      return {
        'a timer had run out': said.ever('timer', host).some(({name, op}) => name === 'RTO' && op === 'fire'),
      };
    case 'asked':
      return {
        'a SYN comes': said.came(host).some(isAsking),
        'it came before': said.cameEver(host).filter(isAsking).length > 1,
        'the same numbers': sentBefore(said, own).some(
          (each) => each.segment.seq === seq && each.segment.ack === segment.ack,
        ),
      };
    case 'size':
      return {
        'it is cut anew': sentBefore(said, own).some(
          (each) =>
            each.segment.payload.length > payload.length &&
            ((seq - each.segment.seq) | 0) >= 0 &&
            ((each.segment.seq + each.segment.payload.length - seq) | 0) > 0,
        ),
      };
    case 'probe':
    case 'timer':
    case 'other':
      return {};
  }
};
