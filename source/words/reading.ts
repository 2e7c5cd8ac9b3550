// The words shown while a capture is read, and about one that is still being written.
import {worded} from '../lesson/text.ts';
import {readingSentences} from './catalogue/reading.ts';
import type {Problem} from './problem.ts';

/** Returns the warning that the learner stopped the reading of a capture, with the packets and the part of the file that were read. */
export const captureStopped = (file: string, packets: number, share: number | undefined): Problem => {
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return {
    what: worded(readingSentences.what, {file, packets, percent}),
    remedy: readingSentences.whatFollowsIs.remedy,
  };
};
