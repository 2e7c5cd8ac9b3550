// The part of the key table for the page that opens a capture.
import {capturesKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {keyEntries} from './key-entry.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';

export const capturesKeys = keyEntries(['captures'], say, {
  capturesMark: {...markKeys, hint: {sign: '↑↓', rank: 1}},
  capturesPage: {...pageKeys},
  capturesEnds: {...endKeys},
  capturesOpen: {
    keys: {enter: 'capturesOpen', right: 'capturesOpen'},
    hint: {rank: 2, goesOn: true},
  },
  capturesType: {
    keys: {'/': 'capturesType', '~': 'capturesType', '.': 'capturesType'},
    hint: {rank: 3},
  },
  complete: {
    contexts: ['path'],
    keys: {tab: 'complete'},
    hint: {rank: 3},
  },
  stopReading: {
    contexts: ['reading'],
    keys: {q: 'stopReading', escape: 'stopReading'},
    hint: {rank: 1, stays: true},
  },
});
