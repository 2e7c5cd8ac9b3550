// Checks the faults requested for a run before the run is shown: impossible ones fail, ones without effect are reported.

import type {Fault} from '../sim/fault.ts';
import {formatFault} from '../sim/fault-text.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {idleFault, sameEdit} from '../words/catalogue/errors.ts';
import {type Problem, problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';

/**
 * Returns a failure if a fault is impossible in this run. If a fault merely changes nothing, the run is shown and a problem is returned for
 * reporting.
 */
export const judgedFaults = async (
  trace: Trace,
  faults: readonly Fault[] = [],
): Promise<Result<Problem | undefined, Failure>> => {
  if (faults.length === 0) return ok(undefined);
  const {vainFaults} = await import('../account/vain-faults.ts');
  const vain = vainFaults(trace, faults);
  for (const each of vain)
    if (each.kind === 'impossible') {
      const {message, remedy} = (await import('../lesson/impossible-edit.ts')).impossibleEdit(each);
      return err({what: message, remedy, exit: 2});
    }
  const [first] = vain;
  if (first === undefined || first.kind === 'impossible') return ok(undefined);
  const fault = formatFault(first.fault);
  return ok(
    first.kind === 'unmet'
      ? problemOf(idleFault, {fault, count: trace.packetCount})
      : problemOf(sameEdit, {
          fault,
          packet: first.packet,
          field: first.fault.field,
          value: first.fault.value,
        }),
  );
};
