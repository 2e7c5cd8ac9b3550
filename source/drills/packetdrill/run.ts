// Runs a packetdrill script against the stack: carries out its events in order, with a clock of its own, and checks every expectation.

import {usualEvents} from '../../sim/budget.ts';
import type {Trace} from '../../sim/trace.ts';
import {profiles} from '../../stack/tcp/profiles.ts';
import type {ProfileName} from '../../stack/tcp/settings.ts';
import {addressesOf} from './addresses.ts';
import {type Fault, type ScriptFailure, tooManySteps} from './failure.ts';
import {StepsSpent} from './host.ts';
import {Recorder} from './record.ts';
import {Runner} from './runner.ts';
import type {Script} from './script.ts';

type RunOptions = {
  /** The profile to run the script with, instead of the one that the script names; absent: the script's. */
  readonly profile?: ProfileName;
  /** How many steps of the stack a script may take before it fails. @default usualEvents */
  readonly mostEvents?: number;
  /** The name that the script's trace shows as its source. @default 'script' */
  readonly source?: string;
};

export type ScriptRun = {
  /** The first expectation of the script that was not met; undefined if the script passes. */
  readonly failure: ScriptFailure | undefined;
  /** Tells what happened in the script's run, up to the failure if there is one. */
  readonly trace: Trace;
};

export const runScript = (
  script: Script,
  {profile = script.profile, mostEvents: mostSteps = usualEvents, source = 'script'}: RunOptions = {},
): ScriptRun => {
  const addresses = addressesOf(script.options);
  const recorder = new Recorder(addresses);
  const isLinux = profile === 'linux' && !script.profileNamed;
  const runner = new Runner({settings: profiles[profile], profile, isLinux, addresses, recorder, mostSteps});
  const finish = (failure: ScriptFailure | undefined): ScriptRun => ({
    failure,
    trace: recorder.trace({source, profile}),
  });
  for (const option of script.options) {
    const fault = runner.setOption(option.name, option.value);
    if (fault !== undefined) return finish({...fault, position: option.position});
  }
  let at: Pick<ScriptFailure, 'position'> = {position: {line: 1, column: 1}};
  try {
    for (const event of script.events) {
      at = event;
      const fault = runner.perform(event);
      if (fault !== undefined) return finish(placed(fault, event));
    }
    const fault = runner.end();
    return finish(fault && placed(fault, {position: {line: 1, column: 1}}));
  } catch (error) {
    if (!(error instanceof StepsSpent)) throw error;
    return finish(placed(tooManySteps(mostSteps, error.nowUs), at));
  }
};

/** Returns a script's failure with its line and column; a blocking call has its own line, not that of the event that waited for it. */
const placed = (
  fault: Fault & Partial<Pick<ScriptFailure, 'position'>>,
  {position}: Pick<ScriptFailure, 'position'>,
): ScriptFailure => ({
  position,
  ...fault,
});
