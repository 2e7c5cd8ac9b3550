// What is told of segments that are sent again, judged by raw events: which, by whom, what brought it about.
import type {Facts} from '../../../source/account/told/facts.ts';
import {hasFlag, segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import {flagsOf, isOneWay, type Of, type Passing} from './seen.ts';
import {isLeft, leaving} from './told-left.ts';
import {deadAcks, isNeedless, isThrownBy, leaveWithIt} from './told-needless.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Again = Facts['again'];

/** What this host had sent between the same ports before, in order. */
const sentBefore = (said: About, own: Passing): readonly Passing[] =>
  said
    .sentEver(own.event.host)
    .filter(({segment, event}) => event.n < own.event.n && isOneWay(segment, own.segment));

/** The last of them that had its first byte, or its FIN. */
const lastOf = (said: About, own: Passing): Passing | undefined =>
  sentBefore(said, own).findLast(({segment}) => {
    const place = (own.segment.seq - segment.seq) | 0;
    return place >= 0 && place < segLen(segment);
  });

/** The connection as it was before this instant, or after it. */
const tcbOf = (said: About, {event}: Passing, when: 'before' | 'after') =>
  said.connections(event.host, when).find(({id}) => id === event.connection);

type Fired = {
  readonly name: string;
  readonly ranUs: number;
  readonly armedUs: number;
  readonly anew: boolean;
};

/** The timer of this connection that runs out now; `anew`: since it ran out or was stopped it has been set more than once. */
const firedOf = (said: About, {event}: Passing): Fired | undefined => {
  const isIts = ({name, connection}: Of<'timer'>): boolean =>
    name !== 'delayed-ACK' && connection === event.connection;
  const fire = said.now('timer', event.host).find((each) => each.op === 'fire' && isIts(each));
  if (!fire) return undefined;
  const all = said.earlier('timer', event.host).filter((each) => isIts(each) && each.name === fire.name);
  const armedUs = all.findLast(({op}) => op === 'arm')?.atUs ?? Number.NaN;
  const sets = all.length - 1 - all.findLastIndex(({op}) => op !== 'arm');
  return {name: fire.name, armedUs, ranUs: said.atUs - armedUs, anew: sets > 1};
};

const timers: {readonly [why in Again['why']]?: string} = {timer: 'RTO', probe: 'TLP', waited: 'reordering'};

/** Before this one, of one SYN; undefined: some waited longer than others. */
const equalWaits = (said: About, own: Passing): number | undefined => {
  const times = [...sentBefore(said, own), own].flatMap(({segment, event}) =>
    segment.seq === own.segment.seq && flagsOf(segment) === 'SYN' ? [event.atUs] : [],
  );
  const waits = new Set(times.slice(1).map((atUs, nth) => atUs - (times[nth] ?? 0)));
  return waits.size === 1 ? times.length - 2 : undefined;
};

/** When its retransmission timer is set to run out, where nothing of that time stops it or sets it anew. */
const dueOf = (said: About, {event}: Passing): number | undefined => {
  const own = [...said.instant, ...said.future].filter(
    (each): each is Of<'timer'> =>
      each.kind === 'timer' &&
      each.name === 'RTO' &&
      each.connection === event.connection &&
      each.atUs === said.atUs,
  );
  const last = own.at(-1);
  return last?.op === 'arm' && said.instant.includes(last) ? last.dueUs : undefined;
};

/** Nothing is sent at that time, and the connection is over (RFC 9293 §3.8.3). */
const givesUpThen = (said: About, {event}: Passing, atUs: number): boolean =>
  said.future.some(
    (each) =>
      each.kind === 'state' &&
      each.connection === event.connection &&
      each.atUs === atUs &&
      /^9293:3\.8\.3\/give-up|^1122:4\.2\.3\.9\/soft\/told/.test(each.because ?? '') &&
      (each.to === 'CLOSED' || each.to === 'LISTEN'),
  );

const byTimer = (said: About, own: Passing, facts: Again): Claims => {
  const {why, waitUs, anewUs, overdue, dueUs, doubled, last, linear, equal} = facts;
  const fired = firedOf(said, own);
  const before = lastOf(said, own);
  if (!fired)
    return {
      'no timer runs out': timers[why] === undefined && waitUs === undefined && anewUs === undefined,
      'and none is set that is told of': dueUs === undefined && !doubled && !last && !overdue,
    };
  const {name, ranUs, armedUs} = fired;
  const agoUs = before ? said.atUs - before.event.atUs : Number.NaN;
  const isLater = ranUs < agoUs;
  // A timer that is due already is set to the shortest time.
  const isOverdue = name === 'RTO' && isLater && ranUs <= 1;
  const wait = isOverdue ? agoUs - ranUs : name === 'TLP' ? agoUs : ranUs;
  const isAnew = name === 'reordering' ? fired.anew : isLater;
  return {
    'that timer runs out': why === 'held' || timers[why] === name,
    'how long it ran, or since when it is under way': waitUs === wait,
    'whether it was due already': overdue === isOverdue,
    'when it was set anew': anewUs === (isAnew ? armedUs : undefined),
    'until when it waits now': dueUs === dueOf(said, own),
    'twice as long': doubled === (dueUs !== undefined && dueUs - said.atUs === 2 * wait),
    'as long as before': linear ? dueUs === said.atUs + ranUs : undefined,
    'after so many equal waits': equal === undefined ? undefined : equalWaits(said, own) === equal,
    'the first longer one behind equal ones is told as such':
      flagsOf(own.segment) === 'SYN' && said.trace.header.profile === 'linux' && dueUs !== undefined
        ? linear || equal !== undefined || dueUs !== said.atUs + ranUs
        : undefined,
    'whether it gives up then': last === (dueUs !== undefined && givesUpThen(said, own, dueUs)),
  };
};

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

/** By times: what left later came before it, SACKed or not, of how many are named, and for how long it has been on its way. */
const byWindow = (said: About, own: Passing, {window, sacked, cut}: Again): Claims => {
  const [before, after] = [tcbOf(said, own, 'before'), tcbOf(said, own, 'after')];
  const isRepairing = before?.episode.state === 'recovery' || before?.episode.state === 'loss';
  const agoUs = said.atUs - (lastOf(said, own)?.event.atUs ?? said.atUs);
  const isSpecial = window === 'third' || window === 'recovery';
  const isCut = sentBefore(said, own).some(({segment}) => segment.payload.length > (after?.mss ?? 0));
  return {
    'packets and segments of the wire are not the same': window === 'third' ? cut === isCut : undefined,
    'nothing was seen out of order': isSpecial ? after?.rack.reordered === false : undefined,
    'so many are named': window === 'third' ? sacked >= 3 && after?.flight.sacked === sacked : undefined,
    'a recovery goes on': isSpecial ? isRepairing === (window === 'recovery') : undefined,
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

const acksSeen = (said: About, own: Passing): readonly number[] =>
  said
    .cameEver(own.event.host)
    .flatMap(({segment}) =>
      segment.srcPort === own.segment.dstPort && segment.dstPort === own.segment.srcPort ? [segment.ack] : [],
    );

/** What came to its host since it left last, acknowledges it, and did not count. */
const whatDied = (said: About, own: Passing): Again['thrown'] => {
  const sinceUs = lastOf(said, own)?.event.atUs ?? Number.POSITIVE_INFINITY;
  const dead = deadAcks(said, own).filter((drop) => drop.atUs >= sinceUs && isThrownBy(own, drop));
  if (new Set(dead.map(({packet}) => packet)).size > 1) return 'several';
  const [drop] = dead;
  return drop && (drop.reason === 'discarded' ? 'refused' : 'damaged');
};

/** A SYN without ACK; a FIN in it changes nothing once the connection has begun (tcp_check_req). */
const isAsking = ({segment}: Passing): boolean => hasFlag(segment, 'SYN') && !hasFlag(segment, 'ACK');

/** By what it is sent again, where no timer says so. */
const byReason = (said: About, own: Passing, facts: Again): Claims => {
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

const tellsCwnd: ReadonlySet<Again['why']> = new Set([
  'timer',
  'duplicates',
  'waited',
  'later',
  'held',
  'sack',
]);

/** Below ssthresh for good only a time-out puts it (RFC 5681 §3.1). */
const isSlower = (said: About, own: Passing, {cwnd, why}: Again): Claims => {
  if (!cwnd || !tellsCwnd.has(why)) return {};
  const {before, after, goal, back, threshold} = cwnd;
  const [was, tcb] = [tcbOf(said, own, 'before'), tcbOf(said, own, 'after')];
  const {ssthresh = 0, mss = 0} = tcb ?? {};
  const isTimeOut = firedOf(said, own)?.name === 'RTO';
  const isRepairing = tcb?.episode.state === 'recovery';
  return {
    'cwnd: before': was?.cwnd === before,
    'cwnd: after': tcb?.cwnd === after,
    'cwnd: falls': after < before,
    'cwnd: where it ends, for whoever watches the time':
      goal === undefined ? undefined : goal === ssthresh && isRepairing,
    'cwnd: on which side of that': goal === undefined ? back === false : back ? goal > after : goal < after,
    'cwnd: it comes back up, but not from a time-out': back ? !isTimeOut : undefined,
    // RFC 5681 §3.2 step 3.
    'cwnd: ssthresh and three segments':
      threshold === undefined ? undefined : threshold === ssthresh && after === ssthresh + 3 * mss,
    'cwnd: three duplicates have come':
      threshold === undefined
        ? undefined
        : acksSeen(said, own).filter((ack, _, all) => ack === all.at(-1)).length > 3,
    'cwnd: that is all':
      goal === undefined && threshold === undefined ? isTimeOut || ssthresh === after : undefined,
  };
};

const again = (facts: Again, said: About): Claims => {
  const {host, peer, thing, why, begins} = facts;
  const own = leaving(said, thing.packet);
  if (own?.event.kind !== 'send') return {'it leaves': false};
  const [before, after] = [tcbOf(said, own, 'before'), tcbOf(said, own, 'after')];
  return {
    ...isLeft(said, thing),
    'who sends it, now': own.event.host === host && own.event.n === said.n && own.event.retransmission,
    'for whom it is': said.trace.packet(thing.packet).to === peer,
    'it was sent before': lastOf(said, own) !== undefined,
    ...byTimer(said, own, facts),
    ...byReason(said, own, facts),
    ...isSlower(said, own, facts),
    ...isNeedless(said, own, facts),
    ...leaveWithIt(said, own, facts),
    'what came meanwhile and did not count': facts.thrown === whatDied(said, own),
    'whether a recovery begins':
      why === 'later' || why === 'waited'
        ? begins === (after?.episode.state === 'recovery' && before?.episode.state !== 'recovery')
        : undefined,
  };
};

export const againTold: ToldRows = {again};
