// The keys of `play --present`.
import {presentingKeysSentences} from '../words/catalogue/keys-table.ts';
import {type KeyEntry, presenting} from './key-entry.ts';

export const presentingKeys: readonly KeyEntry[] = [
  {
    id: 'onward',
    contexts: [presenting],
    keys: {'page-down': 'onward', right: 'onward'},
    sign: 'PgDn',
    label: presentingKeysSentences.onward.label,
  },
  {
    id: 'blank',
    contexts: [presenting],
    keys: {b: 'blank', '.': 'blank'},
    sign: 'b .',
    label: presentingKeysSentences.blank.label,
  },
];
