// A listener's two queues as Linux keeps them: half-open connections, and complete ones that nobody has accepted (listen(2)).
import {seqDiff} from '../../wire/seq.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import type {Connection, Listener, Tcp} from './connection.ts';
import type {TcpSettings} from './settings.ts';

export type Admission = 'queue' | 'cookie' | 'recycle' | 'syn-queue-full' | 'accept-queue-full';

/** Linux holds one more than the backlog. */
const acceptQueueFull = ({ready, backlog}: Listener): boolean => ready.length > backlog;

/** What becomes of a SYN. */
export function admission(listener: Listener, settings: TcpSettings): Admission {
  if (acceptQueueFull(listener)) return 'accept-queue-full';
  if (settings.synCookies === 'always') return 'cookie';
  if (listener.halfOpen < listener.synLimit) return 'queue';
  if (settings.synCookies === 'onOverflow') return 'cookie';
  return settings.synOverflow === 'recycle' ? 'recycle' : 'syn-queue-full';
}

/** Of a listener with that backlog. */
export const halfOpenLimit = (backlog: number, {synQueue, synCache}: TcpSettings): number =>
  Math.max(1, synCache === 'off' ? Math.min(backlog, synQueue) : synCache);

/** Would this segment complete a handshake for which the accept queue has no room? */
export function overflows(listener: Listener | undefined, tcb: Connection, segment: TcpSegment): boolean {
  if (listener === undefined || tcb.state !== 'SYN-RECEIVED' || tcb.origin === 'active') return false;
  if (!acceptQueueFull(listener) || !hasFlag(segment, 'ACK')) return false;
  return !hasFlag(segment, 'RST') && !hasFlag(segment, 'SYN') && seqDiff(segment.ack, tcb.snd.nxt) === 0;
}

const isHalfOpen = (tcb: Connection | undefined): boolean =>
  tcb?.state === 'SYN-RECEIVED' && tcb.origin === 'passive';

const isHalfOpenOf =
  ({local}: Listener) =>
  (tcb: Connection): boolean =>
    isHalfOpen(tcb) && tcb.local.port === local.port && tcb.local.ip === local.ip;

/** The listener's children in SYN-RECEIVED, in the order of their SYNs. */
export const halfOpenChildren = ({connections}: Tcp, listener: Listener): readonly Connection[] =>
  [...connections.values()].filter(isHalfOpenOf(listener));

export const oldestHalfOpen = ({connections}: Tcp, listener: Listener): Connection | undefined =>
  connections.first(isHalfOpenOf(listener));

/** The queues after one of the listener's children has changed; `after` is undefined if it is gone. */
export function recount(
  listener: Listener,
  before: Connection | undefined,
  after: Connection | undefined,
): Listener {
  const halfOpen = listener.halfOpen + Number(isHalfOpen(after)) - Number(isHalfOpen(before));
  const id = (after ?? before)?.id;
  let {ready} = listener;
  const waits = after !== undefined && !after.accepted && !isHalfOpen(after);
  if (waits && (before === undefined || isHalfOpen(before))) ready = [...ready, after.id];
  else if (after === undefined && ready.some((each) => each === id))
    ready = ready.filter((each) => each !== id);
  return halfOpen === listener.halfOpen && ready === listener.ready
    ? listener
    : {...listener, halfOpen, ready};
}
