// The part of the key table for the page that tells what is in a capture.
import {pickerKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {keyEntries} from './key-entry.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';

export const pickerKeys = keyEntries(['picker'], say, {
  pickerMark: {...markKeys, hint: {sign: '↑↓', rank: 3, leaves: 80}},
  pickerPage: {...pageKeys},
  pickerEnds: {...endKeys},
  pickerPlay: {
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    hint: {rank: 1, goesOn: true},
  },
  pickerLesson: {
    keys: {l: 'pickerLesson'},
    hint: {rank: 2},
  },
  openKeys: {
    contexts: ['picker', 'player'],
    keys: {K: 'openKeys'},
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
    hint: {rank: 6},
  },
});
