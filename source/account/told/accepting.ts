// Tells that a program accepts TCP connections, which had waited in the accept queue; no packet shows that.
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import type {Listener} from '../../stack/tcp/connection.ts';
import {listenerOf} from '../../wire/connection-id.ts';
import {entriesOf, worldAt} from '../entries.ts';
import type {Told} from './facts.ts';

const listenerAt = (trace: Trace, n: number, {host, connection}: EventOf<'call'>): Listener | undefined =>
  connection === undefined
    ? undefined
    : worldAt(trace, n)?.hosts[host]?.tcp.listeners.get(listenerOf(connection));

/** Tells whether a listener's accept queue is full. Linux holds one more connection than the backlog (sk_acceptq_is_full). */
const isFull = (listener: Listener | undefined): boolean =>
  listener !== undefined && listener.ready.length > listener.backlog;

/** Tells about all TCP connections that a program accepts at one time, together with the last of them. */
export const acceptTold = (trace: Trace, event: TraceEvent): Told | undefined => {
  const isTake = ({host, because, atUs}: TraceEvent): boolean =>
    host === event.host && because === 'linux:accept/take' && atUs === event.atUs;
  if (event.kind !== 'call' || !isTake(event)) return undefined;
  const taken = [...entriesOf(trace, 'call')].filter(isTake);
  const [first = event] = taken;
  if (taken.at(-1)?.n !== event.n) return undefined;
  const {n, host} = event;
  const frees = isFull(listenerAt(trace, first.n - 1, event)) && !isFull(listenerAt(trace, n, event));
  return {
    ...{says: 'takesConnections', n, rank: 1, most: 2, about: [`takes ${host}`]},
    facts: {host, taken: taken.length, frees},
  };
};
