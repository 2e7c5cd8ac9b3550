// The texts of the panel for TLS keys: which records and packets a secret has decrypted.
import type {Language} from '../lesson/text.ts';
import {keysWords} from './catalogue/keys.ts';

/** The largest number of packets that are named as decrypted by a secret; further ones are only counted. */
const framesNamed = 12;

/** Returns the text on how many records a TLS secret has decrypted and in which packets. `frames`: the packet of each record. */
export const recordsOpened = (frames: readonly number[], language: Language): string => {
  const named = [...new Set(frames)];
  return keysWords.opened[language]({
    records: frames.length,
    packets: named.length,
    list: named.slice(0, framesNamed),
    more: Math.max(0, named.length - framesNamed),
  });
};
