// The part of the key table for the page that opens a capture.

import {capturesKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {movesMark, opensCapture} from './enabled.ts';
import {keyEntries} from './key-row.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';

export const capturesKeys = keyEntries({contexts: ['captures']}, say, {
  capturesMark: {...markKeys, enabled: movesMark, hint: {sign: '↑↓', rank: 1}},
  capturesPage: {...pageKeys, enabled: movesMark},
  capturesEnds: {...endKeys, enabled: movesMark},
  capturesOpen: {
    keys: {enter: 'capturesOpen', right: 'capturesOpen'},
    enabled: opensCapture,
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
