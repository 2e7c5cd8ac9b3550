// A compiled run as the simulator takes it: what is data in a lesson and code in a scenario is made here.
import type {Scenario} from '../sim/scenario.ts';
import type {Run} from './lesson.ts';
import {watchFor} from './match.ts';

export const scenarioOf = ({until, ...run}: Run): Scenario => {
  if (until === 'quiet' || 'atUs' in until) return {...run, until};
  const {selector} = until;
  return {...run, until: {watch: () => watchFor(selector)}};
};
