// The part of the key table for the page that tells what is in a capture.
import {pickerKeysSentences as say} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';
import {farKeys, markKeys} from './list-moves.ts';

const picker = ['picker'] as const;

export const pickerKeys: readonly KeyEntry[] = [
  markKeys('pickerMark', picker, say.pickerMark, {rank: 3, leaves: 80}),
  ...farKeys('picker', picker, {page: say.pickerPage, ends: say.pickerEnds}),
  {
    id: 'pickerPlay',
    contexts: picker,
    keys: {enter: 'pickerPlay', right: 'pickerPlay'},
    sign: 'enter',
    label: say.pickerPlay.label,
    hint: {label: say.pickerPlay.hint.label, rank: 1, goesOn: true},
  },
  {
    id: 'pickerLesson',
    contexts: picker,
    keys: {l: 'pickerLesson'},
    sign: 'l',
    label: say.pickerLesson.label,
    hint: {label: say.pickerLesson.hint.label, rank: 2},
  },
  {
    id: 'pickerFilter',
    contexts: picker,
    keys: {'/': 'pickerFilter'},
    sign: '/',
    label: say.pickerFilter.label,
    hint: {label: say.pickerFilter.hint.label, rank: 4},
  },
  {
    id: 'pickerSort',
    contexts: picker,
    keys: {s: 'pickerSort'},
    sign: 's',
    label: say.pickerSort.label,
    hint: {label: say.pickerSort.hint.label, rank: 5},
  },
  {
    id: 'pickerExport',
    contexts: picker,
    keys: {e: 'pickerExport'},
    sign: 'e',
    label: say.pickerExport.label,
    hint: {label: say.pickerExport.hint.label, rank: 6},
  },
];
