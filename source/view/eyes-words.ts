// Whose eyes a run is seen through, in words.
import type {Eyes} from '../account/eyes.ts';
import type {Speech} from '../lesson/host-names.ts';
import {eyesWords} from '../words/catalogue/eyes.ts';

const whoIs = (
  eyes: Eyes,
  {called}: Speech,
): {readonly who: 'ends' | 'eavesdropper' | 'thief' | 'host'; readonly host: string} =>
  typeof eyes === 'string' ? {who: eyes, host: ''} : {who: 'host', host: called(eyes.host)};

export const eyesText = (eyes: Eyes, speech: Speech): string =>
  eyesWords.seen[speech.language](whoIs(eyes, speech));

/** For the first row: short; nothing where all is seen. */
export const watcherText = (eyes: Eyes, speech: Speech): readonly string[] =>
  eyes === 'ends' ? [] : [eyesWords.watermark[speech.language](whoIs(eyes, speech))];
