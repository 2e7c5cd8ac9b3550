// When a connection began whose ends may have had another one before, by the same ports.

import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';

type Now = Pick<TraceEvent, 'n' | 'connection'>;

const lastBegin = (trace: Trace, {n, connection}: Now): EventOf<'state'> | undefined =>
  [...entriesOf(trace, 'state')].findLast(
    (event) => event.n < n && event.connection === connection && /CLOSED|LISTEN/.test(event.from ?? ''),
  );

export const beganUs = (trace: Trace, now: Now): number => lastBegin(trace, now)?.atUs ?? 0;

/** By the same ports its host has had another connection before the one that begins here. */
export const hasHadOne = (trace: Trace, now: Now): boolean => lastBegin(trace, now) !== undefined;
