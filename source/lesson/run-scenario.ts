// Makes a scenario for the simulator from a compiled run: data in the lesson becomes code in the scenario.
import type {Scenario} from '../sim/scenario.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {Run} from './lesson.ts';
import {watchFor} from './match.ts';

/** Returns the scenario of a run; `crypto` is the cryptography for runs with TLS. */
export const scenarioOf = ({until, ...run}: Run, crypto?: CryptoPort): Scenario => {
  const port = crypto ? {crypto} : {};
  if (until === 'quiet' || 'atUs' in until) return {...run, ...port, until};
  const {selector} = until;
  return {...run, ...port, until: {watch: () => watchFor(selector), awaits: selector}};
};
