// The part of the key table for the page for looking things up.

import {searchKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {movesMark, opensFound, searches} from './enabled.ts';
import {keyContexts} from './key-entry.ts';
import {keyEntries} from './key-row.ts';

export const searchKeys = keyEntries({contexts: ['search']}, say, {
  search: {
    contexts: ['menu', 'lessons'],
    keys: {'/': 'search'},
    enabled: searches,
    hint: {rank: 4},
  },
  searchAnywhere: {
    contexts: keyContexts.filter((context) => !['search', 'reading', 'presenting'].includes(context)),
    keys: {'ctrl-f': 'search'},
    enabled: searches,
  },
  searchMark: {
    keys: {up: 'listUp', down: 'listDown', 'page-up': 'listPageUp', 'page-down': 'listPageDown'},
    enabled: movesMark,
    sign: '↑ ↓',
    hint: {sign: '↑↓', rank: 1},
  },
  searchOpen: {
    keys: {enter: 'searchOpen'},
    enabled: opensFound,
    hint: {rank: 2, goesOn: true},
  },
  searchOut: {
    keys: {escape: 'back'},
    sign: 'esc',
    hint: {rank: 95, stays: true},
  },
});
