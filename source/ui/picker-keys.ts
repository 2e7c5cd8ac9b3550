// The part of the key table for the page that tells what is in a capture.
import {pickerKeysSentences as say} from '../words/catalogue/keys-table.ts';
import {keyEntries} from './key-entry.ts';
import {endKeys, markKeys, pageKeys} from './list-moves.ts';

const picker = ['picker'] as const;

export const pickerKeys = keyEntries(say, {
  pickerMark: {contexts: picker, ...markKeys, hint: {sign: '↑↓', rank: 3, leaves: 80}},
  pickerPage: {contexts: picker, ...pageKeys},
  pickerEnds: {contexts: picker, ...endKeys},
  pickerPlay: {
    contexts: picker,
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    hint: {rank: 1, goesOn: true},
  },
  pickerLesson: {
    contexts: picker,
    keys: {l: 'pickerLesson'},
    hint: {rank: 2},
  },
  pickerFilter: {
    contexts: picker,
    keys: {'/': 'pickerFilter'},
    hint: {rank: 4},
  },
  pickerSort: {
    contexts: picker,
    keys: {s: 'pickerSort'},
    hint: {rank: 5},
  },
  pickerExport: {
    contexts: picker,
    keys: {e: 'pickerExport'},
    hint: {rank: 6},
  },
});
