// Tells whether an event restarts a timer that was already running, as each ACK of new data restarts the RTO timer (RFC 6298 §5).
import {connectionAt, instantOf} from '../../account/entries.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';

/** Tells whether an event restarts a timer: it ran when the instant began, or started, stopped or expired earlier in the instant. */
export const startsAgain = (trace: Trace, event: TraceEvent): boolean => {
  if (event.kind !== 'timer' || event.op !== 'arm' || event.connection === undefined) return false;
  const {host, connection, name, n} = event;
  const instant = instantOf(trace, n);
  const isSame = (each: TraceEvent): boolean =>
    each.kind === 'timer' && each.name === name && each.host === host && each.connection === connection;
  if (instant.some((each) => each.n < n && isSame(each))) return true;
  const before = connectionAt(trace, (instant[0]?.n ?? n) - 1, {host, connection});
  return before?.timers[name] !== undefined;
};
