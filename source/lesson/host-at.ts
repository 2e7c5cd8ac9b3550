// Returns the state of a host at an instant of a Trace; if the run has no such host, the expression that asks has no value.
import {worldAt} from '../account/entries.ts';
import type {Trace} from '../sim/trace.ts';
import type {Host} from '../sim/world.ts';
import {hostAtSentences} from '../words/catalogue/lesson-values.ts';
import {problemWith} from './problem.ts';
import {noValue} from './value.ts';

/** An instant of a Trace: `atUs` is not before the time of the event, and before that of the next one. */
export type When = {readonly trace: Trace; readonly event: number; readonly atUs: number};

export const hostAt = (host: string, {trace, event}: When): Host =>
  worldAt(trace, event)?.hosts[host] ?? noValue(problemWith(hostAtSentences.hostAt, {host}));
