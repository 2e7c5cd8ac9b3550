// What is told of segments that are sent again, judged by raw events: which, by whom, what brought it about.
import type {Facts} from '../../../source/account/told/facts.ts';
import {flagsOf, type Of, type Passing} from './seen.ts';
import {acksSeen, byReason, isRepairing, lastOf, ruled, sentBefore, tcbOf} from './told-again-why.ts';
import {givesUpThen, isLeft, leaving} from './told-left.ts';
import {deadAcks, isNeedless, isThrownBy, leaveWithIt} from './told-needless.ts';
import type {About, Claims, ToldRows} from './told-rows.ts';

type Again = Facts['again'];

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
      doubled && (equalWaits(said, own) ?? 0) > 0 ? equal !== undefined : undefined,
    'the next equal one is told as such':
      flagsOf(own.segment) === 'SYN' && dueUs === said.atUs + ranUs ? linear : undefined,
    'whether it gives up then':
      last === (dueUs !== undefined && givesUpThen(said, own.event.connection, dueUs)),
  };
};

/** What came to its host since it left last, acknowledges it, and did not count. */
const whatDied = (said: About, own: Passing): Again['thrown'] => {
  const sinceUs = lastOf(said, own)?.event.atUs ?? Number.POSITIVE_INFINITY;
  const dead = deadAcks(said, own).filter((drop) => drop.atUs >= sinceUs && isThrownBy(own, drop));
  if (new Set(dead.map(({packet}) => packet)).size > 1) return 'several';
  const [drop] = dead;
  return drop && (drop.reason === 'discarded' ? 'refused' : 'damaged');
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
    'the rule by which it leaves': ruled(own, why),
    'it was sent before': lastOf(said, own) !== undefined,
    ...byTimer(said, own, facts),
    ...byReason(said, own, facts),
    ...isSlower(said, own, facts),
    ...isNeedless(said, own, facts),
    ...leaveWithIt(said, own, facts),
    'what came meanwhile and did not count': facts.thrown === whatDied(said, own),
    'whether a recovery begins':
      why === 'later' || why === 'waited' || why === 'sack'
        ? begins ===
          (isRepairing(after) &&
            !(
              isRepairing(before) &&
              before?.episode.point === after?.episode.point &&
              before?.loss.point === after?.loss.point
            ))
        : undefined,
  };
};

export const againTold = {again} satisfies ToldRows;
