// When a connection began whose ends may have had another one before, by the same ports.

import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {entriesOf} from '../entries.ts';

export const beganUs = (trace: Trace, {n, connection}: Pick<TraceEvent, 'n' | 'connection'>): number =>
  [...entriesOf(trace, 'state')].findLast(
    (event) => event.n < n && event.connection === connection && /CLOSED|LISTEN/.test(event.from),
  )?.atUs ?? 0;

/** By the same ports its host has had another connection before the one that begins here. */
export const hasHadOne = (trace: Trace, {n, connection}: Pick<TraceEvent, 'n' | 'connection'>): boolean =>
  [...entriesOf(trace, 'state')].some(
    (event) => event.n < n && event.connection === connection && /CLOSED|LISTEN/.test(event.from),
  );
