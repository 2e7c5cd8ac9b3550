// The part of the key table for the page that asks how a conversation of a capture is to be written.
import {exportKeysSentences} from '../words/catalogue/keys-table.ts';
import type {KeyEntry} from './key-entry.ts';

const form = ['export'] as const;

export const exportKeys: readonly KeyEntry[] = [
  {
    id: 'exportMark',
    contexts: form,
    keys: {up: 'exportUp', k: 'exportUp', down: 'exportDown', j: 'exportDown'},
    sign: '↑ ↓',
    label: exportKeysSentences.exportMark.label,
    hint: {sign: '↑↓', label: exportKeysSentences.exportMark.hint.label, rank: 1},
  },
  {
    id: 'exportWrite',
    contexts: form,
    keys: {enter: 'exportWrite'},
    sign: 'enter',
    label: exportKeysSentences.exportWrite.label,
    hint: {label: exportKeysSentences.exportWrite.hint.label, rank: 2, goesOn: true},
  },
  {
    id: 'exportName',
    contexts: ['export', 'replace'],
    keys: {n: 'exportName'},
    sign: 'n',
    label: exportKeysSentences.exportName.label,
    hint: {label: exportKeysSentences.exportName.hint.label, rank: 3},
  },
  {
    id: 'exportReplace',
    contexts: ['replace'],
    keys: {y: 'exportReplace'},
    sign: 'y',
    label: exportKeysSentences.exportReplace.label,
    hint: {label: exportKeysSentences.exportReplace.hint.label, rank: 2},
  },
];
