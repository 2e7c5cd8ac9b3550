// The handshake of the app's tests as a run that can be altered: simulated again by the simulator itself.
import {identityOf} from '../../source/sim/identity.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {handshakeRun} from './render.ts';
import {handshakeScenario} from './scenarios.ts';
import {run} from './traces.ts';

export const scenario = handshakeScenario();

export const forkableRun = (changes: Partial<OpenedRun> = {}): OpenedRun => {
  const opened = handshakeRun({asks: false});
  return {
    ...opened,
    fork: {
      scenario,
      replay: {
        source: 'handshake',
        identity: identityOf(scenario),
        seed: scenario.seed,
        profile: scenario.profile,
        run: 'base',
        faults: [],
      },
      again: (altered: Scenario) => ({trace: run(altered), beats: () => []}),
    },
    ...changes,
  };
};
