// The part of the key table for the page that tells what is in a capture.
import {pickerKeysSentences} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';

const picker = ['picker'] as const;

export const pickerKeys: readonly KeyEntry[] = [
  {
    id: 'pickerMark',
    contexts: picker,
    keys: {up: 'pickerUp', k: 'pickerUp', down: 'pickerDown', j: 'pickerDown'},
    sign: '↑ ↓',
    label: pickerKeysSentences.pickerMark.label,
    hint: {sign: '↑↓', label: pickerKeysSentences.pickerMark.hint.label, rank: 3, leaves: 80},
  },
  {
    id: 'pickerPage',
    contexts: picker,
    keys: {'page-up': 'pickerPageUp', 'page-down': 'pickerPageDown'},
    sign: 'PgUp PgDn',
    label: pickerKeysSentences.pickerPage.label,
  },
  {
    id: 'pickerEnds',
    contexts: picker,
    keys: {home: 'pickerFirst', g: 'pickerFirst', end: 'pickerLast', G: 'pickerLast'},
    sign: 'g G',
    label: pickerKeysSentences.pickerEnds.label,
  },
  {
    id: 'pickerPlay',
    contexts: picker,
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    sign: 'enter',
    label: pickerKeysSentences.pickerPlay.label,
    hint: {label: pickerKeysSentences.pickerPlay.hint.label, rank: 1, goesOn: true},
  },
  {
    id: 'pickerLesson',
    contexts: picker,
    keys: {l: 'pickerLesson'},
    sign: 'l',
    label: pickerKeysSentences.pickerLesson.label,
    hint: {label: pickerKeysSentences.pickerLesson.hint.label, rank: 2},
  },
  {
    id: 'pickerFilter',
    contexts: picker,
    keys: {'/': 'pickerFilter'},
    sign: '/',
    label: pickerKeysSentences.pickerFilter.label,
    hint: {label: pickerKeysSentences.pickerFilter.hint.label, rank: 4},
  },
  {
    id: 'pickerSort',
    contexts: picker,
    keys: {s: 'pickerSort'},
    sign: 's',
    label: pickerKeysSentences.pickerSort.label,
    hint: {label: pickerKeysSentences.pickerSort.hint.label, rank: 5},
  },
  {
    id: 'pickerExport',
    contexts: picker,
    keys: {e: 'pickerExport'},
    sign: 'e',
    label: pickerKeysSentences.pickerExport.label,
    hint: {label: pickerKeysSentences.pickerExport.hint.label, rank: 6},
  },
];
