// The part of the key table for presentations (`play --present`).
import {presentingKeysSentences} from '../words/catalogue/keys-table.ts';
import {presenting} from './key-entry.ts';
import {keyEntries} from './key-row.ts';

export const presentingKeys = keyEntries({contexts: [presenting]}, presentingKeysSentences, {
  onward: {
    keys: {'page-down': 'onward', right: 'onward'},
    sign: 'PgDn',
  },
  answerNumbered: {
    keys: {
      1: 'answerNumbered',
      2: 'answerNumbered',
      3: 'answerNumbered',
      4: 'answerNumbered',
      5: 'answerNumbered',
    },
    sign: '1–5',
  },
  blank: {
    keys: {b: 'blank', '.': 'blank'},
    sign: 'b .',
  },
});
