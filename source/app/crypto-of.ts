// Loads the cryptography of TLS if a run needs it.

import type {Lesson} from '../lesson/lesson.ts';
import {needsCrypto} from '../lesson/needs-crypto.ts';
import type {Simulate} from '../lesson/run-budget.ts';
import {allRuns} from '../lesson/run-variant.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';

/** Returns the cryptographic functions for TLS; undefined if no run of these lessons has TLS. */
export const cryptoFor = async (lessons: readonly Lesson[]): Promise<CryptoPort | undefined> => {
  if (!lessons.flatMap(allRuns).some(needsCrypto)) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return nodeCrypto;
};

/** Returns the simulator that the check of these lessons needs. */
export const simulator = async (lessons: readonly Lesson[]): Promise<Simulate> => {
  const {simulate} = await import('../sim/simulate.ts');
  const crypto = await cryptoFor(lessons);
  return (scenario, about) => simulate({...scenario, ...(crypto ? {crypto} : {})}, about);
};
