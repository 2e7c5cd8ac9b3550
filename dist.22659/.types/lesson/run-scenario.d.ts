import type { Scenario } from '../sim/scenario.ts';
import type { CryptoPort } from '../stack/tls/crypto-port.ts';
import type { Run } from './lesson.ts';
/** `crypto`: what TLS computes with, for runs that have it. */
export declare const scenarioOf: ({ until, ...run }: Run, crypto?: CryptoPort) => Scenario;
