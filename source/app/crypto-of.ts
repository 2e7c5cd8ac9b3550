// What TLS computes with, loaded only where a run has TLS.

import type {Lesson} from '../lesson/lesson.ts';
import {needsCrypto} from '../lesson/needs-crypto.ts';
import type {Simulate} from '../lesson/run-budget.ts';
import {allRuns} from '../lesson/run-variant.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';

/** Undefined: none of these lessons' runs has TLS. */
export const cryptoFor = async (lessons: readonly Lesson[]): Promise<CryptoPort | undefined> => {
  if (!lessons.flatMap(allRuns).some(needsCrypto)) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return nodeCrypto;
};

/** As the check of these lessons needs it. */
export const simulator = async (lessons: readonly Lesson[]): Promise<Simulate> => {
  const {simulate} = await import('../sim/simulate.ts');
  const crypto = await cryptoFor(lessons);
  return (scenario, about) => simulate({...scenario, ...(crypto ? {crypto} : {})}, about);
};
