// What is said while a capture is being read, and of one that somebody is still making.
import {worded} from '../lesson/text.ts';
import {readingSentences} from './catalogue/reading.ts';
import type {Problem} from './problem.ts';

/** A warning: whoever waited did not want to wait any longer. */
export const captureStopped = (file: string, packets: number, share: number | undefined): Problem => {
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return {
    what: worded(readingSentences.what, {file, packets, percent}),
    remedy: readingSentences.whatFollowsIs.remedy,
  };
};
