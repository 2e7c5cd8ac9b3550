// Tells about a host whose power fails and returns, and what its TCP loses with it.
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf, worldAt} from '../entries.ts';
import type {Facts, Told} from './facts.ts';

type At = {readonly n: number; readonly host: string};

/** Returns the event with which the power of this host last failed before event `n`; undefined if it did not. */
export const crashBefore = (trace: Trace, {n, host}: At): EventOf<'call'> | undefined =>
  [...entriesOf(trace, 'call')].findLast(
    (event) => event.n < n && event.host === host && event.call === 'crash',
  );

const tcpAt = (trace: Trace, n: number, host: string) => worldAt(trace, n)?.hosts[host]?.tcp;

/** Returns what the host's TCP had after event `n`: connections first, because the host forgets them when its power fails. */
const hadAt = (trace: Trace, n: number, host: string): Facts['crashes']['had'] => {
  const tcp = tcpAt(trace, n, host);
  if (!tcp || tcp.connections.size > 0) return 'connections';
  return tcp.listeners.size > 0 ? 'listener' : 'nothing';
};

/**
 * Returns what the host's TCP had before its power failed; `nothing` if it only had a listener and listens again, which is not worth
 * telling.
 */
const hadBefore = (trace: Trace, {n, host}: TraceEvent): Facts['crashes']['had'] => {
  const crash = crashBefore(trace, {n, host});
  const had = crash ? hadAt(trace, crash.n - 1, host) : 'connections';
  return had === 'listener' && (tcpAt(trace, n, host)?.listeners.size ?? 0) > 0 ? 'nothing' : had;
};

export const powerTold = (trace: Trace, event: TraceEvent): Told | undefined => {
  const {n, host} = event;
  const call = event.kind === 'call' ? event.call : undefined;
  if (call !== 'crash' && call !== 'reboot') return undefined;
  const back = call === 'reboot';
  const had = back ? hadBefore(trace, event) : hadAt(trace, n - 1, host);
  return {says: 'crashes', n, rank: 0, most: 3, about: [`${call} ${host}`], facts: {host, back, had}};
};
