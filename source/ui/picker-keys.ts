// The part of the key table for the page on the content of a capture.

import {pickerKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {movesMark, ofConversation, opensKeys} from './enabled.ts';
import {keyEntries} from './key-row.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';

export const pickerKeys = keyEntries({contexts: ['picker']}, say, {
  pickerMark: {...markKeys, enabled: movesMark, hint: {sign: '↑↓', rank: 3, leaves: 80}},
  pickerPage: {...pageKeys, enabled: movesMark},
  pickerEnds: {...endKeys, enabled: movesMark},
  pickerPlay: {
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    enabled: ofConversation,
    hint: {rank: 1, goesOn: true},
  },
  pickerLesson: {
    keys: {l: 'pickerLesson'},
    enabled: ofConversation,
    hint: {rank: 2},
  },
  openKeys: {
    contexts: ['picker', 'player'],
    keys: {K: 'openKeys'},
    enabled: opensKeys,
    hint: {rank: 27, leaves: 4},
  },
  pickerFilter: {
    keys: {'/': 'pickerFilter'},
    hint: {rank: 4},
  },
  pickerSort: {
    keys: {s: 'pickerSort'},
    hint: {rank: 5},
  },
  pickerExport: {
    keys: {e: 'pickerExport'},
    enabled: ofConversation,
    hint: {rank: 6},
  },
});
