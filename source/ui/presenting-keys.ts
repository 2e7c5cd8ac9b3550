// The keys of `play --present`.
import {presentingKeysSentences} from '../words/catalogue/keys-table.ts';
import {keyEntries, presenting} from './key-entry.ts';

export const presentingKeys = keyEntries(presentingKeysSentences, {
  onward: {
    contexts: [presenting],
    keys: {'page-down': 'onward', right: 'onward'},
    sign: 'PgDn',
  },
  blank: {
    contexts: [presenting],
    keys: {b: 'blank', '.': 'blank'},
    sign: 'b .',
  },
});
