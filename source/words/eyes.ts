// The words for whose eyes a run is seen through, in both languages.
import type {Eyes} from '../account/eyes.ts';
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const eyesTexts = {
  /** In the first row: short. */
  watermark: text('eavesdropper', '窃听者'),
  /** In place of keys. */
  noSecret: text(
    'No secret: all that can be seen are public values, and no key follows from them.',
    '没有秘密：看得到的都是公开的值，由它们推不出密钥。',
  ),
} as const;

export const eyesWords: {readonly [eyes in Eyes]: Text} = {
  ends: text('as the ends see it', '两端看到的'),
  eavesdropper: text('as an eavesdropper sees it', '窃听者看到的'),
};
