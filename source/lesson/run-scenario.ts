// Makes a scenario for the simulator from a compiled run: the selector at which the run ends becomes a function.
import type {Scenario} from '../sim/scenario.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {Run} from './lesson.ts';
import {watchFor} from './match.ts';

/** Returns the simulator's scenario for a run of a lesson; `crypto` is the cryptography, which runs with TLS need. */
export const scenarioOf = ({until, ...run}: Run, crypto?: CryptoPort): Scenario => {
  const port = crypto ? {crypto} : {};
  if (until === 'quiet' || 'atUs' in until) return {...run, ...port, until};
  const {selector} = until;
  return {...run, ...port, until: {watch: () => watchFor(selector), awaits: selector}};
};
