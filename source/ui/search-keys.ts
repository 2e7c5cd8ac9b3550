// The part of the key table for the page that looks things up.
import {searchKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';

const search = ['search'] as const;

export const searchKeys: readonly KeyEntry[] = [
  {
    id: 'search',
    contexts: ['menu', 'lessons'],
    keys: {'/': 'search'},
    sign: '/',
    label: say.search.label,
    hint: {label: say.search.hint.label, rank: 4},
  },
  {
    id: 'searchMark',
    contexts: search,
    keys: {up: 'listUp', down: 'listDown', 'page-up': 'listPageUp', 'page-down': 'listPageDown'},
    sign: '↑ ↓',
    label: say.searchMark.label,
    hint: {sign: '↑↓', label: say.searchMark.hint.label, rank: 1},
  },
  {
    id: 'searchOpen',
    contexts: search,
    keys: {enter: 'searchOpen'},
    sign: 'enter',
    label: say.searchOpen.label,
    hint: {label: say.searchOpen.hint.label, rank: 2, goesOn: true},
  },
  {
    id: 'searchOut',
    contexts: search,
    keys: {escape: 'back'},
    sign: 'esc',
    label: say.searchOut.label,
    hint: {label: say.searchOut.hint.label, rank: 95, stays: true},
  },
];
