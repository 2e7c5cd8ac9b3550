// Once for each run: what to set to have it again.
import type {TestProject} from 'vitest/node';
import {seedOfRun} from './tiers.ts';

export default (project: TestProject): void => {
  const {seed, from} = seedOfRun(project.getProvidedContext().tier);
  if (project.isRootProject()) console.log(`TEST_SEED=${seed} (${from})`);
};
