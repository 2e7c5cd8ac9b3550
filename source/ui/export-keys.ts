// The part of the key table for the page that asks how to export a conversation of a capture.

import {exportKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {movesMark} from './enabled.ts';
import {keyEntries} from './key-row.ts';
import {markKeys} from './list-moves.ts';

export const exportKeys = keyEntries({contexts: ['export']}, say, {
  exportMark: {...markKeys, enabled: movesMark, hint: {sign: '↑↓', rank: 1}},
  exportWrite: {
    keys: {enter: 'exportWrite'},
    hint: {rank: 2, goesOn: true},
  },
  exportName: {
    contexts: ['export', 'replace'],
    keys: {n: 'exportName'},
    hint: {rank: 3},
  },
  exportReplace: {
    contexts: ['replace'],
    keys: {y: 'exportReplace'},
    hint: {rank: 2},
  },
});
