// Finds why an HTTP server closes by itself: no request has come on that connection for the time that it waits for one (RFC 9112 §9.5).
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf, ofKind} from '../entries.ts';
import type {Facts} from './facts.ts';
import type {Moment} from './memory.ts';

const hasAnswered = (trace: Trace, {n, host, connection}: TraceEvent): boolean =>
  [...entriesOf(trace, 'note')].some(
    (event) =>
      event.n < n && event.host === host && event.connection === connection && event.note.kind === 'response',
  );

/** Returns how long the server has waited for a request before it closes; undefined if something else makes it close. */
export const idleOf = ({trace, events, memory}: Moment, closing: TraceEvent): Facts['closes']['idle'] => {
  const {host, connection} = closing;
  const timer = ofKind(events, 'app-timer').find(
    (event) => event.op === 'fire' && event.timer === `idle ${connection}`,
  );
  if (!timer) return undefined;
  const set = memory.running(`${host} app`, timer.timer);
  return set && {us: timer.atUs - set.armedUs, answered: hasAnswered(trace, closing)};
};
