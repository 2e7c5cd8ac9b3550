// Finds which retransmission timer of a connection runs at the end of an instant, and whether the connection ends when it expires.

import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entriesOf, ofKind} from '../entries.ts';
import type {Moment} from './memory.ts';
import type {RepairTimer} from './path-facts.ts';

/** Returns a connection's timer of this name as the instant's events leave it; undefined if it does not run. */
export const setAfter = <Name extends string>(
  {events, memory}: Moment,
  connection: string,
  name: Name,
): {readonly host: string; readonly dueUs: number; readonly name: Name} | undefined => {
  const last = ofKind(events, 'timer').findLast(
    (event) => event.connection === connection && event.name === name,
  );
  const timer = last ? last.op === 'arm' && last : memory.running(connection, name);
  return timer ? {host: timer.host, dueUs: timer.dueUs, name} : undefined;
};

/**
 * Returns the timer that would retransmit on a connection: the RTO, or the probe or reordering timer that runs instead of it (RFC 8985).
 */
export const repairAfter = (moment: Moment, connection: string): ReturnType<typeof setAfter<RepairTimer>> =>
  setAfter(moment, connection, 'RTO') ??
  setAfter(moment, connection, 'TLP') ??
  setAfter(moment, connection, 'reordering');

const whenOf = (connection: string, us: number): string => `${connection} ${us}`;

/**
 * The times at which a retransmission timer expires and TCP gives the connection up instead of sending again (RFC 9293 §3.8.3), found from
 * the rest of the trace.
 */
const gaveUp = oncePer(
  (trace: Trace): ReadonlySet<string> =>
    new Set(
      [...entriesOf(trace, 'timer')]
        .filter(({op, because}) => op === 'fire' && givingUp.has(because ?? ''))
        .map(({connection = '', atUs}) => whenOf(connection, atUs)),
    ),
);

const givingUp: ReadonlySet<string> = new Set([
  '9293:3.8.3/give-up',
  '9293:3.8.3/give-up/listen',
  '1122:4.2.3.9/soft/told',
]);

/** Tells whether TCP gives the connection up when the retransmission timer that is due at `dueUs` expires. */
export const isLastWait = (trace: Trace, connection: string, dueUs: number): boolean =>
  gaveUp(trace).has(whenOf(connection, dueUs));
