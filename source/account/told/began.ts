// Finds when a TCP connection began, because its ends may have had an earlier one with the same ports.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';

type Now = Pick<TraceEvent, 'n' | 'connection'>;

const lastBegin = (trace: Trace, {n, connection}: Now): EventOf<'state'> | undefined =>
  [...entriesOf(trace, 'state')].findLast(
    (event) => event.n < n && event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''),
  );

export const beganUs = (trace: Trace, now: Now): number => lastBegin(trace, now)?.atUs ?? 0;

/** Tells whether the host has had another TCP connection with the same ports before this one. */
export const hasHadOne = (trace: Trace, now: Now): boolean => lastBegin(trace, now) !== undefined;
