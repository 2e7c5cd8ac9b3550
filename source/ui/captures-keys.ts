// The part of the key table for the page that opens a capture.
import {capturesKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';
import {farKeys, markKeys} from './list-moves.ts';

const captures = ['captures'] as const;

export const capturesKeys: readonly KeyEntry[] = [
  markKeys('capturesMark', captures, say.capturesMark, {rank: 1}),
  ...farKeys('captures', captures, {page: say.capturesPage, ends: say.capturesEnds}),
  {
    id: 'capturesOpen',
    contexts: captures,
    keys: {enter: 'capturesOpen', right: 'capturesOpen'},
    sign: 'enter',
    label: say.capturesOpen.label,
    hint: {label: say.capturesOpen.hint.label, rank: 2, goesOn: true},
  },
  {
    id: 'capturesType',
    contexts: captures,
    keys: {'/': 'capturesType', '~': 'capturesType', '.': 'capturesType'},
    sign: '/',
    label: say.capturesType.label,
    hint: {label: say.capturesType.hint.label, rank: 3},
  },
  {
    id: 'complete',
    contexts: ['path'],
    keys: {tab: 'complete'},
    sign: 'tab',
    label: say.complete.label,
    hint: {label: say.complete.hint.label, rank: 3},
  },
  {
    id: 'stopReading',
    contexts: ['reading'],
    keys: {q: 'stopReading', escape: 'stopReading'},
    sign: 'q',
    label: say.stopReading.label,
    hint: {label: say.stopReading.hint.label, rank: 1, stays: true},
  },
];
