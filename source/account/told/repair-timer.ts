// Finds which timer of a connection runs at the end of an instant.

import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entriesOf, ofKind} from '../entries.ts';
import type {Moment} from './memory.ts';
import type {RepairTimer} from './path-facts.ts';

/** Returns the timer, which the events of the instant may have restarted or stopped. */
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

/** Returns the timer that would retransmit: a probe or the reordering timer runs in place of the RTO (RFC 8985). */
export const repairAfter = (moment: Moment, connection: string): ReturnType<typeof setAfter<RepairTimer>> =>
  setAfter(moment, connection, 'RTO') ??
  setAfter(moment, connection, 'TLP') ??
  setAfter(moment, connection, 'reordering');

const whenOf = (connection: string, us: number): string => `${connection} ${us}`;

/** The times at which a timer expires and sends nothing any more (RFC 9293 §3.8.3), which is known afterwards. */
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

/** Tells whether the connection ends when this timer expires. */
export const isLastWait = (trace: Trace, connection: string, dueUs: number): boolean =>
  gaveUp(trace).has(whenOf(connection, dueUs));
