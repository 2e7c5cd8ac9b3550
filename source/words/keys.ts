// The lists in the keys panel.
import type {Language} from '../lesson/text.ts';
import {keysWords} from './catalogue/keys.ts';

/** The most packets that are named; further ones are counted. */
const framesNamed = 12;

/** Returns the records that a secret has decrypted. */
export const recordsOpened = (frames: readonly number[], language: Language): string => {
  const named = [...new Set(frames)];
  return keysWords.opened[language]({
    records: frames.length,
    packets: named.length,
    list: named.slice(0, framesNamed),
    more: Math.max(0, named.length - framesNamed),
  });
};
