// What TLS computes with, loaded only where a run has TLS.
import type {Lesson} from '../lesson/lesson.ts';
import {needsCrypto} from '../lesson/needs-crypto.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';

/** Undefined: none of the lesson's runs has TLS. */
export const cryptoOf = async ({runs, whatIfs}: Lesson): Promise<CryptoPort | undefined> => {
  const all = [...runs, ...whatIfs.map(({run}) => run)];
  if (!all.some(needsCrypto)) return undefined;
  const {nodeCrypto} = await import('../io/crypto.ts');
  return nodeCrypto;
};
