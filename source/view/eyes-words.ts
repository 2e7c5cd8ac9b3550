// Whose eyes a run is seen through, in words.
import type {Eyes} from '../account/eyes.ts';
import type {Language} from '../lesson/text.ts';
import {eyesWords} from '../words/catalogue/eyes.ts';
import {displayName} from './ladder/scene-hosts.ts';

const whoIs = (
  eyes: Eyes,
  language: Language,
): {readonly who: 'ends' | 'eavesdropper' | 'thief' | 'host'; readonly host: string} =>
  typeof eyes === 'string' ? {who: eyes, host: ''} : {who: 'host', host: displayName(eyes.host, language)};

export const eyesText = (eyes: Eyes, language: Language): string =>
  eyesWords.seen[language](whoIs(eyes, language));

/** For the first row: short; nothing where all is seen. */
export const watcherText = (eyes: Eyes, language: Language): readonly string[] =>
  eyes === 'ends' ? [] : [eyesWords.watermark[language](whoIs(eyes, language))];
