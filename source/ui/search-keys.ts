// The part of the key table for the page that looks things up.
import {searchKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {keyEntries} from './key-entry.ts';

export const searchKeys = keyEntries(['search'], say, {
  search: {
    contexts: ['menu', 'lessons'],
    keys: {'/': 'search'},
    hint: {rank: 4},
  },
  searchMark: {
    keys: {up: 'listUp', down: 'listDown', 'page-up': 'listPageUp', 'page-down': 'listPageDown'},
    sign: '↑ ↓',
    hint: {sign: '↑↓', rank: 1},
  },
  searchOpen: {
    keys: {enter: 'searchOpen'},
    hint: {rank: 2, goesOn: true},
  },
  searchOut: {
    keys: {escape: 'back'},
    sign: 'esc',
    hint: {rank: 95, stays: true},
  },
});
