// Which timer of a connection runs at the end of an instant.

import type {Moment} from './memory.ts';
import type {RepairTimer} from './path-facts.ts';

/** What happens in the instant may have set it anew, or stopped it. */
export const setAfter = <Name extends string>(
  {events, memory}: Moment,
  connection: string,
  name: Name,
): {readonly host: string; readonly dueUs: number; readonly name: Name} | undefined => {
  const last = events.findLast(
    (event) => event.kind === 'timer' && event.connection === connection && event.name === name,
  );
  const timer = last?.kind === 'timer' ? last.op === 'arm' && last : memory.running(connection, name);
  return timer ? {host: timer.host, dueUs: timer.dueUs, name} : undefined;
};

/** Whichever of its timers would send again: a probe or the reordering timer runs in place of the RTO (RFC 8985). */
export const repairAfter = (moment: Moment, connection: string): ReturnType<typeof setAfter<RepairTimer>> =>
  setAfter(moment, connection, 'RTO') ??
  setAfter(moment, connection, 'TLP') ??
  setAfter(moment, connection, 'reordering');
