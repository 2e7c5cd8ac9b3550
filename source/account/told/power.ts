// A host whose power goes and comes back: what of its TCP goes with that.
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf, worldAt} from '../entries.ts';
import type {Facts, Told} from './facts.ts';

type At = {readonly n: number; readonly host: string};

/** When the power of this host went last. */
export const crashBefore = (trace: Trace, {n, host}: At): EventOf<'call'> | undefined =>
  [...entriesOf(trace, 'call')].findLast(
    (event) => event.n < n && event.host === host && event.call === 'crash',
  );

const tcpAt = (trace: Trace, n: number, host: string) => worldAt(trace, n)?.hosts[host]?.tcp;

/** Connections first: whoever had some has forgotten them. */
const hadAt = (trace: Trace, n: number, host: string): Facts['crashes']['had'] => {
  const tcp = tcpAt(trace, n, host);
  if (!tcp || tcp.connections.size > 0) return 'connections';
  return tcp.listeners.size > 0 ? 'listener' : 'nothing';
};

/** What it had before its power went; a program that listens again needs no word. */
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
