// A system call of a script that blocks; there is at most one at a time, as in a program with a single thread.
import type {Position} from '../../lesson/position.ts';
import {worded} from '../../lesson/text.ts';
import {packetdrillPendingCallSentences} from '../../words/catalogue/drills-packetdrill.ts';
import type {Outcome} from './calls.ts';
import {type Fault, isInTime, resultFault, timeFault} from './failure.ts';
import type {Syscall} from './script.ts';

export type PendingCall = {
  readonly call: Syscall;
  readonly position: Position;
  readonly endUs: number;
  readonly toleranceUs: number;
  outcome: Outcome;
  returnedUs: number | undefined;
};

/** Ends a blocking call whose own timeout is over, such as that of poll(), and tells whether it has done so. */
export const endLate = (pending: PendingCall, nowUs: number): boolean => {
  const ends = pending.outcome.kind === 'blocked' ? pending.outcome.ends : undefined;
  if (ends === undefined || nowUs < ends.dueUs) return false;
  pending.outcome = ends.outcome();
  pending.returnedUs = ends.dueUs;
  return true;
};

/** Tries a blocking call again after a step of the stack, in case what it waits for has happened. */
export const retryCall = (pending: PendingCall, nowUs: number): void => {
  if (pending.outcome.kind !== 'blocked' || endLate(pending, nowUs)) return;
  const {retry} = pending.outcome;
  // Retrying the call may step the stack, which retries the waiting call, so for that time a call that does nothing is put in its place.
  pending.outcome = {kind: 'blocked', retry: () => ({kind: 'blocked', retry})};
  pending.outcome = retry();
  if (pending.outcome.kind !== 'blocked') pending.returnedUs = nowUs;
};

/** Returns the fault of a blocking call whose result, or the time of its return, differs from the script's; undefined if neither does. */
export const callFault = (pending: PendingCall): (Fault & {readonly position: Position}) | undefined => {
  const {call, position, endUs, toleranceUs, outcome, returnedUs} = pending;
  const what = worded(packetdrillPendingCallSentences.callFault.what, {name: call.name});
  const range = {fromUs: endUs, untilUs: endUs, toleranceUs};
  const fault =
    resultFault(call, outcome) ??
    (returnedUs !== undefined && !isInTime(range, returnedUs)
      ? timeFault(what, range, returnedUs)
      : undefined);
  return fault === undefined ? undefined : {...fault, position};
};
