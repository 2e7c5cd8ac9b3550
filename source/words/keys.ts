// Lists that the keys panel tells.
import type {Language} from '../lesson/text.ts';
import {keysWords} from './catalogue/keys.ts';

/** More packets than these are counted. */
const framesNamed = 12;

/** Under a secret: which records it has opened. */
export const recordsOpened = (frames: readonly number[], language: Language): string => {
  const named = [...new Set(frames)];
  return keysWords.opened[language]({
    records: frames.length,
    packets: named.length,
    list: named.slice(0, framesNamed),
    more: Math.max(0, named.length - framesNamed),
  });
};
