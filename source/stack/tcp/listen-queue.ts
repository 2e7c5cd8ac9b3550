// A listener's two queues as in Linux: half-open connections, and complete ones that nobody has accepted (listen(2)).
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection, EarlyQueue, Listener, Tcp} from './connection.ts';
import type {TcpEnv} from './effect.ts';
import type {RuleId} from './rules.ts';
import type {TcpSettings} from './settings.ts';

/** Tells whether a segment begins a connection at a listener; with Linux's settings a SYN that also carries FIN does not. */
export const dials = (segment: TcpSegment, {listenerText}: TcpSettings): boolean =>
  hasFlag(segment, 'SYN') &&
  !hasFlag(segment, 'ACK') &&
  !hasFlag(segment, 'RST') &&
  !(hasFlag(segment, 'FIN') && listenerText === 'drop-unless-fin');

/**
 * The reasons for which a listener forgets a half-open connection: no ACK arrived in time, an RST arrived, another SYN arrived, another SYN
 * arrived and is answered with an RST, a newer handshake needs the room, or the accept queue is full.
 */
export const forgetsBy = ['timer', 'rst', 'syn', 'refused', 'room', 'full'] as const;

export const forgotten = <Rule extends RuleId>(rule: Rule, forgets: (typeof forgetsBy)[number]) => ({
  rule,
  facts: {forgets},
});

export type Admission = 'queue' | 'cookie' | 'recycle' | 'syn-queue-full' | 'accept-queue-full';

/** Tells whether the accept queue is full; Linux holds one more than the backlog. */
const acceptQueueFull = ({ready, backlog}: Listener): boolean => ready.length > backlog;

/**
 * Returns what happens to a SYN at a listener: it is queued, is answered with a SYN cookie, replaces the oldest half-open connection, or is
 * dropped because a queue is full.
 */
export function admission(listener: Listener, settings: TcpSettings): Admission {
  if (acceptQueueFull(listener)) return 'accept-queue-full';
  if (settings.synCookies === 'always') return 'cookie';
  if (listener.halfOpen < listener.synLimit) return 'queue';
  if (settings.synCookies === 'onOverflow') return 'cookie';
  return settings.synOverflow === 'recycle' ? 'recycle' : 'syn-queue-full';
}

/**
 * Returns the most half-open connections of a listener with this backlog: one more than the backlog, as in Linux
 * (inet_csk_reqsk_queue_is_full, 6.14), but no more than `synQueue`; or the size of the SYN cache.
 */
export const halfOpenLimit = (backlog: number, {synQueue, synCache}: TcpSettings): number =>
  Math.max(1, synCache === 'off' ? Math.min(backlog + 1, synQueue) : synCache);

/** Tells whether a segment is the third of a handshake whose connection has no room in the accept queue. */
export function overflows(listener: Listener | undefined, tcb: Connection, segment: TcpSegment): boolean {
  if (listener === undefined || !isHalfOpen(tcb)) return false;
  if (!acceptQueueFull(listener) || !hasFlag(segment, 'ACK')) return false;
  return !hasFlag(segment, 'RST') && !hasFlag(segment, 'SYN') && seqDiff(segment.ack, tcb.snd.nxt) === 0;
}

/**
 * Tells whether a listener's connection is half-open, that is, waits for the third segment. A Fast Open connection does not count, because
 * it is in the accept queue already.
 */
export const isHalfOpen = (tcb: Connection | undefined): boolean =>
  tcb?.state === 'SYN-RECEIVED' && tcb.origin === 'passive' && tcb.early === undefined;

const isHalfOpenOf =
  ({local}: Listener) =>
  (tcb: Connection): boolean =>
    isHalfOpen(tcb) && tcb.local.port === local.port && tcb.local.ip === local.ip;

/** Returns the listener's half-open connections, in the order of their SYNs. */
export const halfOpenChildren = ({connections}: Tcp, listener: Listener): readonly Connection[] =>
  [...connections.values()].filter(isHalfOpenOf(listener));

export const oldestHalfOpen = ({connections}: Tcp, listener: Listener): Connection | undefined =>
  connections.first(isHalfOpenOf(listener));

type Change = {
  /** A connection of the listener before the change (undefined if it is new); `after` is undefined if it is gone. */
  readonly before: Connection | undefined;
  readonly after: Connection | undefined;
  readonly distrusts: boolean;
  readonly env: TcpEnv;
};

/** Returns the listener with its queues corrected after one of its connections has changed. */
export function recount(listener: Listener, change: Change): Listener {
  const {before, after, env} = change;
  const halfOpen = listener.halfOpen + Number(isHalfOpen(after)) - Number(isHalfOpen(before));
  const id = (after ?? before)?.id;
  let {ready} = listener;
  const waits = after !== undefined && !after.accepted && !isHalfOpen(after);
  const stays = env.settings.endedInQueue === 'stays';
  if (waits && (before === undefined || isHalfOpen(before))) ready = [...ready, after.id];
  else if (after === undefined && !stays && ready.some((each) => each === id))
    ready = ready.filter((each) => each !== id);
  const fastOpen = earlyAfter(listener, change);
  const same = halfOpen === listener.halfOpen && ready === listener.ready && fastOpen === listener.fastOpen;
  return same ? listener : {...listener, halfOpen, ready, fastOpen};
}

/**
 * The time for which the reset of an accepted Fast Open connection counts as a pending connection (RFC 7413 §5.1; Linux,
 * reqsk_fastopen_remove).
 */
const DISTRUST_US = 60_000_000;

const pends = (tcb: Connection | undefined): number => Number(tcb?.early?.waits === true);

function earlyAfter({fastOpen}: Listener, {before, after, distrusts, env}: Change): EarlyQueue {
  const more = pends(after) - pends(before);
  if (more === 0) return fastOpen;
  const {nowUs} = env;
  const fresh = fastOpen.resetUntilUs.filter((untilUs) => untilUs > nowUs);
  const resetUntilUs = distrusts ? [...fresh, nowUs + DISTRUST_US] : fresh;
  return {...fastOpen, pending: fastOpen.pending + more, resetUntilUs};
}
