// Runs a script against the stack: its events in order on a clock of its own, every expectation checked.

import {usualEvents} from '../../sim/budget.ts';
import type {Trace} from '../../sim/trace.ts';
import type {ProfileName, TcpSettings} from '../../stack/tcp/settings.ts';
import {addressesOf} from './addresses.ts';
import {type Fault, type ScriptFailure, tooManySteps} from './failure.ts';
import {type Stack, StepsSpent} from './host.ts';
import {Recorder} from './record.ts';
import {Runner} from './runner.ts';
import type {Script, ScriptProfile} from './script.ts';

export type RunOptions = {
  readonly stack: Stack;
  readonly profiles: Readonly<Record<ProfileName, TcpSettings>>;
  /** Instead of the profile that the script's own words name. */
  readonly profile?: ScriptProfile;
  /** What it may cost. @default usualEvents */
  readonly mostEvents?: number;
  /** What the trace is called. @default 'script' */
  readonly source?: string;
};

export type ScriptRun = {
  /** The first expectation that was not met. */
  readonly failure: ScriptFailure | undefined;
  /** What happened, up to the failure. */
  readonly trace: Trace;
};

export const runScript = (script: Script, options: RunOptions): ScriptRun => {
  const profile = options.profile ?? script.profile;
  const settings = options.profiles[profile];
  const isLinux = profile === 'linux' && !script.profileNamed;
  const addresses = addressesOf(script.options);
  const recorder = new Recorder(options.stack.empty, addresses);
  const {mostEvents: mostSteps = usualEvents} = options;
  const {stack} = options;
  const runner = new Runner({
    stack,
    settings,
    profile,
    isLinux,
    addresses,
    recorder,
    mostSteps,
  });
  const {source = 'script'} = options;
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

/** A blocking call fails at its own line, not at the event that was waiting for it. */
const placed = (
  fault: Fault & Partial<Pick<ScriptFailure, 'position'>>,
  {position}: Pick<ScriptFailure, 'position'>,
): ScriptFailure => ({
  position,
  ...fault,
});
