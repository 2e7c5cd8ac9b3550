// The part of the key table for the page that opens a capture.
import {capturesKeysSentences} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';

const captures = ['captures'] as const;

export const capturesKeys: readonly KeyEntry[] = [
  {
    id: 'capturesMark',
    contexts: captures,
    keys: {up: 'capturesUp', k: 'capturesUp', down: 'capturesDown', j: 'capturesDown'},
    sign: '↑ ↓',
    label: capturesKeysSentences.capturesMark.label,
    hint: {sign: '↑↓', label: capturesKeysSentences.capturesMark.hint.label, rank: 1},
  },
  {
    id: 'capturesPage',
    contexts: captures,
    keys: {'page-up': 'capturesPageUp', 'page-down': 'capturesPageDown'},
    sign: 'PgUp PgDn',
    label: capturesKeysSentences.capturesPage.label,
  },
  {
    id: 'capturesEnds',
    contexts: captures,
    keys: {home: 'capturesFirst', g: 'capturesFirst', end: 'capturesLast', G: 'capturesLast'},
    sign: 'g G',
    label: capturesKeysSentences.capturesEnds.label,
  },
  {
    id: 'capturesOpen',
    contexts: captures,
    keys: {enter: 'capturesOpen', right: 'capturesOpen'},
    sign: 'enter',
    label: capturesKeysSentences.capturesOpen.label,
    hint: {label: capturesKeysSentences.capturesOpen.hint.label, rank: 2, goesOn: true},
  },
  {
    id: 'capturesType',
    contexts: captures,
    keys: {'/': 'capturesType', '~': 'capturesType', '.': 'capturesType'},
    sign: '/',
    label: capturesKeysSentences.capturesType.label,
    hint: {label: capturesKeysSentences.capturesType.hint.label, rank: 3},
  },
  {
    id: 'complete',
    contexts: ['path'],
    keys: {tab: 'complete'},
    sign: 'tab',
    label: capturesKeysSentences.complete.label,
    hint: {label: capturesKeysSentences.complete.hint.label, rank: 3},
  },
  {
    id: 'stopReading',
    contexts: ['reading'],
    keys: {q: 'stopReading', escape: 'stopReading'},
    sign: 'q',
    label: capturesKeysSentences.stopReading.label,
    hint: {label: capturesKeysSentences.stopReading.hint.label, rank: 1, stays: true},
  },
];
