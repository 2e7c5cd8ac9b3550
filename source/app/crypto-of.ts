// What TLS computes with, loaded only where a run has TLS.

import type {Lesson} from '../lesson/lesson.ts';
import {needsCrypto} from '../lesson/needs-crypto.ts';
import type {Simulate} from '../lesson/run-budget.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';

/** Undefined: none of the lesson's runs has TLS. */
export const cryptoOf = async ({runs, whatIfs}: Lesson): Promise<CryptoPort | undefined> => {
  const all = [...runs, ...whatIfs.map(({run}) => run)];
  if (!all.some(needsCrypto)) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return nodeCrypto;
};

export const cryptoFor = async (lessons: readonly Lesson[]): Promise<CryptoPort | undefined> => {
  for (const lesson of lessons) {
    const crypto = await cryptoOf(lesson);
    if (crypto) return crypto;
  }
  return undefined;
};

/** As the check of these lessons needs it. */
export const simulator = async (lessons: readonly Lesson[]): Promise<Simulate> => {
  const {simulate} = await import('../sim/simulate.ts');
  const crypto = await cryptoFor(lessons);
  return (scenario, about) => simulate({...scenario, ...(crypto ? {crypto} : {})}, about);
};
