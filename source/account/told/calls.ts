// Tells about TCP calls that fail at once, and why: because of the state of their connection, or because there is none.
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf, worldAt} from '../entries.ts';
import {wordOf} from '../reason.ts';
import type {CallFailure, Told} from './facts.ts';
import type {Moment} from './memory.ts';

/** Tells whether a host has a connection whose handshake is not finished; no program has such a connection yet (RFC 9293 §3.10.1). */
const hasHalfOpen = (trace: Trace, {n, host}: EventOf<'call'>): boolean =>
  [...(worldAt(trace, n - 1)?.hosts[host]?.tcp.connections.values() ?? [])].some(
    ({state}) => state === 'SYN-RECEIVED',
  );

/** Returns a test for events of the call's connection that precede the call. */
const isBefore =
  (call: EventOf<'call'>) =>
  ({n, host, connection}: TraceEvent): boolean =>
    n < call.n && host === call.host && connection === call.connection;

/** Tells whether the program has given up the connection's descriptor with close() or abort() before this call. */
const hasGivenBack = (trace: Trace, event: EventOf<'call'>): boolean =>
  [...entriesOf(trace, 'call')].some(
    (each) =>
      isBefore(event)(each) && each.result === 'ok' && (each.call === 'close' || each.call === 'abort'),
  );

type Failure = {readonly why: CallFailure; readonly sinceUs: number | undefined};

/** The reasons for a failed call that the TCP machine names itself, in the fact `fails`. */
const known = ['exists', 'listener', 'ended', 'closed'] as const satisfies CallFailure[];

const failureOf = (trace: Trace, event: EventOf<'call'>): Failure => {
  const {because, connection} = event;
  const only = (why: CallFailure): Failure => ({why, sinceUs: undefined});
  const why = wordOf(trace, event.n, 'fails', known);
  if (why) return only(why);
  if (connection === undefined) return only(hasHalfOpen(trace, event) ? 'halfOpen' : 'none');
  if (because === 'posix:descriptor/none') return only(hasGivenBack(trace, event) ? 'closed' : 'none');
  const end = [...entriesOf(trace, 'state')].findLast(
    (each) => isBefore(event)(each) && each.to === 'CLOSED',
  );
  if (!end) return only('none');
  if (end.from !== 'SYN-SENT') return {why: 'over', sinceUs: end.atUs};
  return only(end.because === '9293:3.10.4/close/syn-sent' ? 'gaveUp' : 'never');
};

/** Tells about a TCP call that fails at once; a later failure is a signal. */
export const callTold = ({trace}: Moment, event: TraceEvent): Told | undefined => {
  if (event.kind !== 'call' || !/^E(ISCONN|NOTCONN|PIPE|BADF|ADDR\w+)$/.test(event.result)) return undefined;
  const {n, host, call, result: error} = event;
  return {
    ...{says: 'callFails', n, rank: 1, most: 2},
    about: [`${call} ${host} ${error}`],
    facts: {host, call, error, ...failureOf(trace, event)},
  };
};
