// A compiled run as the simulator takes it: what is data in a lesson and code in a scenario is made here.
import type {Scenario} from '../sim/scenario.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {Run} from './lesson.ts';
import {watchFor} from './match.ts';

/** `crypto`: what TLS computes with, for runs that have it. */
export const scenarioOf = ({until, ...run}: Run, crypto?: CryptoPort): Scenario => {
  const port = crypto ? {crypto} : {};
  if (until === 'quiet' || 'atUs' in until) return {...run, ...port, until};
  const {selector} = until;
  return {...run, ...port, until: {watch: () => watchFor(selector), awaits: selector}};
};
